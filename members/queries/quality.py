"""What is missing in the records of an organisation, what cannot be right, and who may stand in them twice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import ExtractYear

from branches.models import Organisation
from branches.rules.definitions import admission
from branches.rules.reading import Rulebook
from members.models import Member, Membership, MembershipKind, Precision
from members.models.member import MemberQuerySet
from members.party_age import months_later
from portal.access.actor import Actor

DOUBLES = "trung"


class MonthsLater(Func):
    """The database's own count of months, which ends on the last day of a short month as ours does."""

    template = "(%(expressions)s)::date"
    arg_joiner = " + "

    def __init__(self, day: str, months: int) -> None:
        super().__init__(F(day), Func(Value(months), template="make_interval(months => %(expressions)s)"))


@dataclass(frozen=True)
class Measures:
    """What the rules of this organisation ask today."""

    least_age: int
    probation_months: int
    today: date

    @classmethod
    def of(cls, organisation: Organisation, actor: Actor, today: date) -> "Measures":
        book = Rulebook.of(actor)
        return cls(
            book.value(admission.AGE_LEAST, organisation, on=today),
            book.value(admission.PROBATION, organisation, on=today),
            today,
        )


def _no_birth(rows: MemberQuerySet, measures: Measures) -> MemberQuerySet:
    return rows.filter(born_on=None)


def _no_party_dates(rows: MemberQuerySet, measures: Measures) -> MemberQuerySet:
    return rows.filter(Q(decided_on=None) | Q(admitted_on=None) | Q(official_on=None, state="full"))


def _impossible(rows: MemberQuerySet, measures: Measures) -> MemberQuerySet:
    memberships = Membership.objects.everywhere(reason="of members who are read through the door")
    before_birth = memberships.filter(member=OuterRef("pk"), since__lt=OuterRef("born_on"))
    return rows.filter(
        Q(admitted_on__lt=MonthsLater("born_on", 12 * measures.least_age))
        | Q(official_on__lt=MonthsLater("admitted_on", measures.probation_months))
        | Q(decided_on__gt=F("admitted_on"))
        | Q(born_on__gt=measures.today)
        | Q(admitted_on__gt=measures.today)
        | Exists(before_birth)
    )


def _nowhere(rows: MemberQuerySet, measures: Measures) -> MemberQuerySet:
    memberships = Membership.objects.everywhere(reason="of members who are read through the door")
    here = memberships.on(measures.today).filter(member=OuterRef("pk"), kind=MembershipKind.MAIN)
    return rows.filter(~Exists(here))


@dataclass(frozen=True)
class Flaw:
    slug: str
    title: str
    none: str  # said when nobody has it
    rows: Callable[[MemberQuerySet, Measures], MemberQuerySet]


FLAWS = [
    Flaw("ngay-sinh", "Thiếu ngày sinh", "Ai cũng đã có ngày sinh.", _no_birth),
    Flaw("ngay-dang", "Thiếu ngày vào Đảng", "Ai cũng đã đủ ngày kết nạp, quyết định, chính thức.", _no_party_dates),
    Flaw("ngay-sai", "Ngày không thể đúng", "Các ngày trong hồ sơ đều hợp lý.", _impossible),
    Flaw("chi-bo", "Chưa có chi bộ", "Ai cũng đang sinh hoạt ở một chi bộ.", _nowhere),
]


def what_is_wrong(member: Member, measures: Measures) -> list[str]:
    """In sentences, for the row of somebody whose dates cannot be right."""
    return list(_wrong_dates(member, measures))


def _wrong_dates(member: Member, measures: Measures) -> Iterator[str]:
    born, admitted, official = member.born_on, member.admitted_on, member.official_on
    if born and born > measures.today:
        yield "Ngày sinh ở tương lai."
    if admitted and admitted > measures.today:
        yield "Ngày kết nạp ở tương lai."
    if born and admitted and admitted < months_later(born, 12 * measures.least_age):
        yield f"Kết nạp khi chưa đủ {measures.least_age} tuổi."
    if admitted and official and official < months_later(admitted, measures.probation_months):
        yield f"Chính thức khi dự bị chưa đủ {measures.probation_months} tháng."
    if member.decided_on and admitted and member.decided_on > admitted:
        yield "Quyết định kết nạp ghi sau ngày lễ kết nạp."
    if born and any(row.since and row.since < born for row in member.memberships.all()):
        yield "Sinh hoạt ở chi bộ trước ngày sinh."


def missing_dates(member: Member) -> list[str]:
    asked = [("ngày kết nạp", member.admitted_on), ("ngày quyết định", member.decided_on)]
    if member.state == "full":
        asked.append(("ngày chính thức", member.official_on))
    missing = [name for name, day in asked if day is None]
    return [f"Thiếu {', '.join(missing)}."] if missing else []


def doubles_among(rows: MemberQuerySet) -> list[list[int]]:
    """Groups of records that may be one person: the same name and year of birth, or the same name in one branch.

    Two queries, each a single pass over the rows.
    """
    by_year = rows.exclude(born_on=None).annotate(year=ExtractYear("born_on"))
    together: dict[int, set[int]] = {}
    for group in [*_groups(by_year, "search_key", "year"), *_groups(rows, "search_key", "branch")]:
        joined = set(group).union(*(together.get(number, ()) for number in group))
        together |= dict.fromkeys(joined, joined)
    unique = {min(group): group for group in together.values()}
    return [sorted(unique[first]) for first in sorted(unique)]


def _groups(rows: MemberQuerySet, *same: str) -> list[tuple[int, ...]]:
    found = rows.order_by().values(*same).annotate(n=Count("pk"), numbers=ArrayAgg("pk", order_by="pk"))
    return [tuple(group["numbers"]) for group in found.filter(n__gt=1).order_by(*same)]


def alike(one: Member, other: Member) -> str:
    """Why two records may be one person."""
    born = one.born_on and other.born_on
    if born and one.born_on == other.born_on and one.born_known_to == other.born_known_to == Precision.DAY:
        return "Cùng tên, cùng ngày sinh."
    if born and one.born_on and other.born_on and one.born_on.year == other.born_on.year:
        return "Cùng tên, cùng năm sinh."
    return "Cùng tên trong một chi bộ."


def filled_up(kept: Member, dropped: Member, columns: tuple[str, ...]) -> list[tuple[str, Any, Any, Any]]:
    """For the page before two records become one: label, what each says, and what will stand."""
    said = []
    for name in columns:
        label = str(Member._meta.get_field(name).verbose_name)
        mine, others = shown(kept, name), shown(dropped, name)
        if mine or others:
            said.append((label, mine, others, mine or others))
    return said


def shown(member: Member, name: str) -> str:
    if name == "born_on":
        return member.born if member.born_on else ""
    display = getattr(member, f"get_{name}_display", None)
    value = getattr(member, name)
    if value in (None, ""):
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(display() if display else value)
