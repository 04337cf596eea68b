"""The people of a sheet: each line understood by itself, then beside the others, then beside the accounts there are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils import timezone

from branches.models import Grant, Organisation
from branches.services.accounts import free_usernames, username_stem
from branches.services.grants import roles_to_give
from branches.services.named_places import QUOTED, NamedPlaces
from branches.services.role_words import role_said
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.roles import Role
from portal.accounts.models import Account
from portal.accounts.services.accounts import USERNAME, checked_email, checked_full_name, checked_phone
from portal.files.sheets.headings import Column, Line
from portal.words.errors import DomainError
from portal.words.text import person_sort_key

COLUMNS = {
    "full_name": Column("Họ và tên", ("ho va ten", "ho ten", "ho va ten dang vien", "ten dang vien"), required=True),
    "phone": Column("Số điện thoại", ("so dien thoai", "dien thoai", "sdt", "so dt", "di dong", "so di dong", "dt")),
    "email": Column("Thư điện tử", ("thu dien tu", "email", "e mail", "mail", "hop thu")),
    "role": Column("Vai trò", ("vai tro", "chuc vu", "chuc danh"), required=True),
    "organisation": Column("Chi bộ", ("to chuc", "to chuc dang", "chi bo", "ten chi bo", "ten to chuc", "don vi")),
    "code": Column("Mã", ("ma", "ma to chuc", "ma chi bo", "ma tc")),
}
TWIN = "Trùng với dòng {}: cùng tên, cùng nơi, cùng vai trò. Nếu là hai người, hãy ghi số điện thoại của cả hai."


@dataclass(frozen=True)
class Person:
    """One line as it was understood: will be opened, is wrong, or is known already."""

    line: Line
    full_name: str = ""
    phone: str = ""
    email: str = ""
    role: Role | None = None
    organisation: Organisation | None = None
    wrong: tuple[str, ...] = ()
    known: str = ""
    username: str = ""

    @property
    def is_right(self) -> bool:
        return not self.wrong and not self.known

    @property
    def who(self) -> tuple[str, int | None, Role | None]:
        """Whom one takes for the same person in the same place."""
        return person_sort_key(self.full_name), self.organisation.pk if self.organisation else None, self.role

    def is_wrong(self, sentence: str) -> "Person":
        return replace(self, wrong=(*self.wrong, sentence))


def understood(line: Line, places: NamedPlaces, by: Actor) -> Person:
    """Every cell by itself, so that all that is wrong in a line is said at once."""
    person = Person(line)
    for read in (_read_name, _read_phone, _read_email):
        try:
            person = read(person)
        except DomainError as refusal:
            person = person.is_wrong(refusal.sentence)
    try:
        place = places.named(code=line.cells["code"], name=line.cells["organisation"])
    except DomainError as refusal:
        return person.is_wrong(refusal.sentence)
    return _with_role(replace(person, organisation=place), place, by)


def _read_name(person: Person) -> Person:
    full_name = checked_full_name(person.line.cells["full_name"])
    if not USERNAME.fullmatch(username_stem(full_name)):
        raise DomainError(f"“{full_name[:QUOTED]}” chưa đủ là họ và tên.")
    return replace(person, full_name=full_name)


def _read_phone(person: Person) -> Person:
    """Excel takes a telephone number for a number, and its first zero away."""
    typed = person.line.cells["phone"].lstrip("'’ ")
    digits = "".join(char for char in typed if char not in " .-()")
    if digits.isascii() and digits.isdigit() and not digits.startswith("0"):
        typed = "0" + (digits[2:] if len(digits) == 11 and digits.startswith("84") else digits)
    return replace(person, phone=checked_phone(typed) or "")


def _read_email(person: Person) -> Person:
    return replace(person, email=checked_email(person.line.cells["email"]))


def _with_role(person: Person, place: Organisation, by: Actor) -> Person:
    offered = roles_to_give(place, by)
    labels = "; ".join(role.label for role in offered)
    typed = person.line.cells["role"]
    if not offered:
        return person.is_wrong(f"Vai trò đang dùng không cấp được tài khoản ở {place.name}.")
    if not typed:
        return person.is_wrong(f"Thiếu vai trò. Ở {place.name} cấp được: {labels}.")
    role = role_said(typed, offered, place=place.name)
    if role is None:
        return person.is_wrong(f"Vai trò “{typed[:QUOTED]}” không cấp được ở {place.name}. Cấp được: {labels}.")
    return replace(person, role=role)


def without_twins(people: Sequence[Person]) -> list[Person]:
    """Two lines of one sheet about the same person. Two people of one name in one branch have two telephones."""
    checked: list[Person] = []
    by_phone: dict[str, Person] = {}
    by_who: dict[tuple, Person] = {}
    for person in people:
        twin, namesake = by_phone.get(person.phone), by_who.get(person.who)
        if twin:
            checked.append(person.is_wrong(f"Số điện thoại trùng với dòng {twin.line.number}."))
        elif namesake and not (person.phone and namesake.phone):
            checked.append(person.is_wrong(TWIN.format(namesake.line.number)))
        else:
            checked.append(person)
        if person.phone:
            by_phone.setdefault(person.phone, person)
        if person.full_name and person.role:
            by_who.setdefault(person.who, person)
    return checked


def without_known(people: Sequence[Person], by: Actor) -> list[Person]:
    phones = set(Account.objects.filter(phone__in={p.phone for p in people if p.phone}).values_list("phone", flat=True))
    holders = _holders(people, by)
    return [replace(person, known=_known(person, phones, holders)) for person in people]


def _known(person: Person, phones: set[str | None], holders: dict[tuple, str]) -> str:
    if person.who in holders:
        return f"Đã có tài khoản {holders[person.who]}. Nếu là người khác cùng tên, hãy dùng trang “Cấp tài khoản”."
    if person.phone in phones:
        return "Đã có tài khoản dùng số điện thoại này. Nếu đồng chí ấy nhận thêm vai trò, hãy dùng “Giao vai trò”."
    return ""


def _holders(people: Sequence[Person], by: Actor) -> dict[tuple, str]:
    """User names by whom one takes for the same person; those whose role begins later count too."""
    rows = Grant.objects.allowed(by, Permission.MANAGE_ACCOUNTS).filter(
        Q(until__isnull=True) | Q(until__gte=timezone.localdate()),
        organisation__in={p.organisation.pk for p in people if p.organisation},
        account__sort_key__in={person_sort_key(p.full_name) for p in people if p.full_name},
    )
    found = rows.values_list("account__sort_key", "organisation", "role", "account__username")
    return {(key, place, Role(role)): username for key, place, role, username in found}


def with_usernames(people: Sequence[Person]) -> list[Person]:
    names = iter(free_usernames([person.full_name for person in people if person.is_right]))
    return [replace(person, username=next(names)) if person.is_right else person for person in people]
