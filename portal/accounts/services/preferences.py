from portal.accounts.models import Account
from portal.history.actions import action


@action("chọn cỡ chữ")
def choose_text_size(account: Account, *, size: int) -> None:
    """The reader's own choice, kept with the account so that it holds on every device."""
    Account.objects.filter(pk=account.pk).update(text_size=size)
    account.text_size = size
