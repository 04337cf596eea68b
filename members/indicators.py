"""What targets ask of people: tasks at the end of the last whole month, officers and their level on the day."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from branches.models import BranchType, Kind, Organisation, Settlement
from branches.rules.conditions import where_it_holds
from branches.rules.definitions.organisations import DEPUTY_FROM, SECRETARY_THEORY
from branches.summary.shares import LIVED, ByMonth, Share, of_months
from members.models import ConcurrentPost, Office, Post, State, StatePost, StateSpell, Theory
from members.models.office import OfOrganisation
from members.queries.offices import LEVELS
from portal.access.permissions import Permission
from portal.indicators.registry import Figure, Growth, Indicator, Subject

VILLAGES = (BranchType.VILLAGE, BranchType.NEIGHBOURHOOD)
WHY = "figures are for whoever may read them"


# of months


def with_tasks(first: date, last: date) -> Share:
    """“Đảng viên đang công tác” with a task that the branch has agreed to, as the last whole month ended."""
    return Share(among=Q(working__gt=0), part="with_tasks", whole="working")


def officers_complete(first: date, last: date) -> Share:
    """A secretary; and a deputy where the rule asks for one."""
    small = where_it_holds(DEPUTY_FROM, lambda number: Q(full_members__lt=number), on=last)
    return Share(among=LIVED, part=Q(has_secretary=True) & (Q(has_deputy=True) | small))


def led(first: date, last: date) -> Share:
    return Share(among=LIVED, part=Q(has_secretary=True))


# of the day


def with_secretary(place: Organisation, first: date, last: date) -> dict[int, Figure]:
    """A substitute counts: somebody leads."""
    offices = Office.objects.everywhere(reason=WHY).on(last).filter(organisation=OuterRef("pk"), post=Post.SECRETARY)
    rows = _branches(place, last).annotate(led=Exists(offices)).values_list("pk", "led")
    return {number: Figure(int(led), 1) for number, led in rows}


def secretary_theory(place: Organisation, first: date, last: date) -> dict[int, Figure]:
    return _shares(_officers(place, last, Post.SECRETARY), _theory_reached(last))


def deputy_theory(place: Organisation, first: date, last: date) -> dict[int, Figure]:
    return _shares(_officers(place, last, Post.DEPUTY), _theory_reached(last))


def secretary_village_head(place: Organisation, first: date, last: date) -> dict[int, Figure]:
    """Of the secretaries in villages and neighbourhoods, those who head one."""
    return _shares(_of_villages(place, last), _holds(last, StatePost.VILLAGE_HEAD))


def secretary_head(place: Organisation, first: date, last: date) -> dict[int, Figure]:
    """The same, or who heads the Front committee there."""
    return _shares(_of_villages(place, last), _holds(last, StatePost.VILLAGE_HEAD, StatePost.FRONT_HEAD))


def secretary_unit_head(place: Organisation, first: date, last: date) -> dict[int, Figure]:
    """Elsewhere: of the secretaries in offices, schools, companies, those who head the unit."""
    elsewhere = _officers(place, last, Post.SECRETARY).exclude(organisation__branch_type__in=[*VILLAGES, ""])
    return _shares(elsewhere, _holds(last, StatePost.UNIT_HEAD))


def village_heads_members(place: Organisation, first: date, last: date) -> dict[int, Figure]:
    """Of all villages and neighbourhoods; a head who is no member is not recorded, so that village counts as lacking."""
    there = StateSpell.objects.everywhere(reason=WHY).on(last).filter(state__in=State.present())
    heads = ConcurrentPost.objects.everywhere(reason=WHY).on(last)
    heads = heads.filter(Exists(there.filter(member=OuterRef("member"))), post=StatePost.VILLAGE_HEAD)
    led = heads.filter(settlement__isnull=False).values("settlement")
    rows: Any = Settlement.objects.everywhere(reason=WHY).there_on(last).of_place(place, last)
    found = rows.values_list("answers").annotate(led=Count("pk", filter=Q(pk__in=led)), all_of_them=Count("pk"))
    return {number: Figure(part, whole) for number, part, whole in found}


def _branches(place: Organisation, day: date) -> Any:
    rows = Organisation.objects.everywhere(reason=WHY).below_as_of(place, day)
    return rows.filter(kind=Kind.BRANCH).living(day).order_by()


def _officers(place: Organisation, day: date, post: Post) -> OfOrganisation:
    """Of branches, on the day; whoever only stands in is left out."""
    rows = Office.objects.everywhere(reason=WHY).on(day).filter(post=post, acting_for=None)
    rows = rows.filter(organisation__ancestries__ancestor=place, organisation__ancestries__days__contains=day)
    return rows.filter(organisation__kind=Kind.BRANCH).order_by()


def _of_villages(place: Organisation, day: date) -> OfOrganisation:
    return _officers(place, day, Post.SECRETARY).filter(organisation__branch_type__in=VILLAGES)


def _theory_reached(day: date) -> Q:
    def at_least(level: str) -> Q:
        return Q(member__theory__in=LEVELS[LEVELS.index(Theory(level)) :])

    return where_it_holds(SECRETARY_THEORY, at_least, on=day)


def _holds(day: date, *posts: StatePost) -> Q:
    held = ConcurrentPost.objects.everywhere(reason=WHY).on(day).filter(post__in=posts)
    return Q(member__in=held.values("member"))


def _shares(rows: OfOrganisation, reached: Q) -> dict[int, Figure]:
    """Of officers, by the organisation that they lead."""
    found = rows.values_list("organisation").annotate(good=Count("pk", filter=reached), all_of_them=Count("pk"))
    return {number: Figure(part, whole) for number, part, whole in found}


# where one reads what is behind them


def _tasks(place: Any, year: int) -> str:
    return f"{reverse('assignments', args=[place.pk])}?nam={year}"


def _offices(place: Any, year: int) -> str:
    return reverse("offices", args=[place.pk])


def _as_the_roll_asks(place: Any) -> Permission:
    return Permission.READ_ROLL


OFFICERS: dict[str, Any] = {
    "growth": Growth.STANDS, "subject": Subject.OFFICERS, "behind": _offices, "asks": _as_the_roll_asks,
}  # fmt: skip
FROM_OFFICES = "Sổ chức vụ, trình độ lý luận chính trị trong hồ sơ đảng viên."
FROM_POSTS = "Sổ chức vụ, chức vụ chính quyền và đoàn thể trong hồ sơ đảng viên."
NO_SUBSTITUTES = "Chi bộ khuyết chức danh này; người chỉ thay tạm thời."


def indicators() -> Iterator[Indicator]:
    yield of_months(
        with_tasks, code="members.with_tasks", name="Đảng viên đang công tác được giao nhiệm vụ", growth=Growth.STANDS,
        of_what="đảng viên đang công tác", counts="đảng viên có nhiệm vụ đã được chi bộ thông qua, còn hiệu lực",
        left_out="Đảng viên được miễn công tác và sinh hoạt, tạm hoãn sinh hoạt; người sinh hoạt tạm thời. Người nghỉ hưu vẫn tính.",
        subject=Subject.PEOPLE, source="Nhiệm vụ năm của đảng viên, tính đến hết tháng gần nhất.",
        behind=_tasks, asks=_as_the_roll_asks,
    )  # fmt: skip
    yield Indicator(
        code="members.secretary", to_the_day=True, name="Chi bộ có bí thư", of_what="chi bộ", counts="chi bộ đang có bí thư, kể cả người thay tạm thời",
        left_out="Chi bộ đã kết thúc, chưa lập.", by_place=with_secretary, by_month=ByMonth(led),
        source="Sổ chức vụ.", **OFFICERS,
    )  # fmt: skip
    yield of_months(
        officers_complete, code="members.officers_complete", name="Chi bộ đủ bí thư, phó bí thư", of_what="chi bộ",
        counts="chi bộ có bí thư và, nơi đủ số đảng viên chính thức phải bầu phó bí thư, có cả phó bí thư",
        left_out="Chi bộ đã kết thúc, chưa lập, chưa dùng cổng.", source="Sổ chức vụ, tính đến hết tháng gần nhất.", **OFFICERS,
    )  # fmt: skip
    yield Indicator(
        code="members.secretary_theory", to_the_day=True, name="Bí thư chi bộ đạt trình độ lý luận chính trị", of_what="bí thư chi bộ",
        counts="bí thư có trình độ từ mức quy định trở lên (mặc định trung cấp)", left_out=NO_SUBSTITUTES,
        by_place=secretary_theory, source=FROM_OFFICES, **OFFICERS,
    )  # fmt: skip
    yield Indicator(
        code="members.deputy_theory", to_the_day=True, name="Phó bí thư chi bộ đạt trình độ lý luận chính trị", of_what="phó bí thư chi bộ",
        counts="phó bí thư có trình độ từ mức quy định cho bí thư trở lên (mặc định trung cấp)", left_out=NO_SUBSTITUTES,
        by_place=deputy_theory, source=FROM_OFFICES, **OFFICERS,
    )  # fmt: skip
    yield Indicator(
        code="members.secretary_village_head", to_the_day=True, name="Bí thư chi bộ đồng thời là trưởng thôn, tổ trưởng tổ dân phố",
        of_what="bí thư chi bộ thôn, tổ dân phố", counts="bí thư đang là trưởng thôn, tổ trưởng tổ dân phố",
        left_out=NO_SUBSTITUTES, by_place=secretary_village_head, source=FROM_POSTS, **OFFICERS,
    )  # fmt: skip
    yield Indicator(
        code="members.secretary_head", to_the_day=True, name="Bí thư chi bộ đồng thời là trưởng thôn hoặc trưởng ban công tác Mặt trận",
        of_what="bí thư chi bộ thôn, tổ dân phố", counts="bí thư đang giữ một trong hai chức vụ ấy",
        left_out=NO_SUBSTITUTES, by_place=secretary_head, source=FROM_POSTS, **OFFICERS,
    )  # fmt: skip
    yield Indicator(
        code="members.secretary_unit_head", to_the_day=True, name="Bí thư chi bộ đồng thời là thủ trưởng cơ quan, đơn vị",
        of_what="bí thư chi bộ cơ quan, trường học, doanh nghiệp …", counts="bí thư đang là thủ trưởng cơ quan, đơn vị",
        left_out="Chi bộ thôn, tổ dân phố; chi bộ khuyết bí thư; người chỉ thay tạm thời.",
        by_place=secretary_unit_head, source=FROM_POSTS, **OFFICERS,
    )  # fmt: skip
    yield Indicator(
        code="members.village_heads_members", to_the_day=True, name="Trưởng thôn, tổ trưởng tổ dân phố là đảng viên",
        of_what="thôn, tổ dân phố", counts="thôn, tổ dân phố có người đứng đầu ghi trong hồ sơ đảng viên",
        left_out="Thôn, tổ dân phố đã kết thúc. Nơi chưa ghi ai đứng đầu tính là chưa đạt.",
        by_place=village_heads_members, source=FROM_POSTS, **OFFICERS,
    )  # fmt: skip
