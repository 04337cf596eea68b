"""Accounts are opened by an office for its subtree, each with a slip: a one-time password on paper."""

from collections.abc import Sequence
from itertools import chain, count
from string import digits

from django.db.models import CharField, F, Func, Value

from branches.models import Grant, Kind, Organisation
from branches.services.grants import give_first_grant, give_grant
from branches.services.organisations import found_root
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.roles import Role
from portal.accounts.models import Account
from portal.accounts.services.accounts import Slip, open_account, reissue
from portal.accounts.services.second_factor import take_away_second_factor
from portal.history.actions import action
from portal.words.errors import NotAllowed
from portal.words.text import search_key


@action("cấp tài khoản")
def open_account_for(
    *, full_name: str, phone: str, email: str, organisation: Organisation, role: Role, by: Actor
) -> Slip:
    """An account, its first role, and the slip to hand over. The user name is made from the person's name."""
    by.need(Permission.MANAGE_ACCOUNTS, organisation.path)
    slip = open_account(username=free_usernames([full_name])[0], full_name=full_name, phone=phone, email=email)
    give_grant(account=slip.account, organisation=organisation, role=role, by=by)
    return slip


@action("lập cổng")
def open_first_administrator(*, username: str, full_name: str, code: str, name: str) -> Slip:
    """From the command line: an administrator over the root of the tree, which is founded when there is none yet."""
    root = Organisation.objects.everywhere(reason="set-up, before anybody signed in").filter(parent=None).first()
    slip = open_account(username=username, full_name=full_name)
    place = root or found_root(code=code, name=name, kind=Kind.PROVINCE)
    give_first_grant(account=slip.account, organisation=place, role=Role.ADMINISTRATOR)
    return slip


@action("cấp lại mật khẩu")
def reissue_slip(account: Account, *, by: Actor) -> Slip:
    """A forgotten password: the office prints a new slip. The person is told, and all their sessions end."""
    need_care_of(account, by)
    return reissue(account)


@action("gỡ xác thực hai lớp")
def remove_lost_second_factor(account: Account, *, by: Actor) -> None:
    """A lost phone: the password alone lets the person in, who sets up anew as everybody does. The person is told."""
    need_care_of(account, by)
    take_away_second_factor(account, by=by)


def need_care_of(account: Account, by: Actor) -> None:
    if account == by.account:
        raise NotAllowed("Mật khẩu và xác thực hai lớp của chính mình thì đổi ở trang Tài khoản.")
    if not in_care_of(account, by):
        raise NotAllowed(f"Đ/c {account.full_name} còn giữ vai trò ở nơi khác: việc này do cấp trên làm.")


def in_care_of(account: Account, by: Actor) -> bool:
    """Everything the account holds lies within the office's reach: a commune does not reset the province's password."""
    held = Grant.objects.everywhere(reason="whether any of it lies beyond the office's reach").filter(account=account)
    places = list(held.values_list("organisation__path", flat=True))
    return bool(places) and all(by.may(Permission.MANAGE_ACCOUNTS, path) for path in places)


def free_usernames(full_names: Sequence[str]) -> list[str]:
    """Nguyễn Thị Hoà → hoant, hoant2 …: short enough to be read out on the telephone. One query, however many names."""
    stems = [username_stem(full_name) for full_name in full_names]
    taken = _taken_like(stems)
    names = []
    for stem in stems:
        numbered = chain([stem], (f"{stem}{number}" for number in count(2)))
        names.append(next(name for name in numbered if name not in taken))
        taken.add(names[-1])
    return names


def username_stem(full_name: str) -> str:
    *others, given = search_key(full_name).split() or ["nguoidung"]
    return (given + "".join(word[0] for word in others))[:40]


def _taken_like(stems: Sequence[str]) -> set[str]:
    """User names that are one of these but for a number at the end."""
    bare = Func(F("username"), Value("[0-9]+$"), Value(""), function="REGEXP_REPLACE", output_field=CharField())
    alike = Account.objects.annotate(bare=bare).filter(bare__in={stem.rstrip(digits) for stem in stems})
    return set(alike.values_list("username", flat=True))
