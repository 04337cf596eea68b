from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.accounts.models import Account, SavedView
from portal.history.actions import action
from portal.words.errors import DomainError

VIEWS_A_PAGE = 20


@action("chọn cỡ chữ")
def choose_text_size(account: Account, *, size: int) -> None:
    """The reader's own choice, kept with the account so that it holds on every device."""
    Account.objects.filter(pk=account.pk).update(text_size=size)
    account.text_size = size


@action("lưu bộ lọc")
def save_view(*, page: str, name: str, query: str, by: Actor) -> SavedView:
    """Under a name that is there already, the filters are replaced."""
    own = SavedView.objects.allowed(by, Permission.SEE_OWN_RECORD).of_page(page)
    kept = own.filter(name=name).first()
    if kept is None and own.count() >= VIEWS_A_PAGE:
        raise DomainError(f"Đã lưu {VIEWS_A_PAGE} bộ lọc cho danh sách này: bỏ bớt một bộ rồi lưu lại.", field="name")
    view = kept or SavedView(account=by.account, page=page, name=name)
    view.query = query
    view.save()
    return view


@action("bỏ bộ lọc đã lưu")
def drop_view(view: SavedView, *, by: Actor) -> None:
    view.delete()
