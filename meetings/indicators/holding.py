"""Whether meetings were held: each month, in week one, each quarter, by the chi ủy."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q

from branches.models import Organisation
from branches.summary.months import quarters_over
from branches.summary.shares import LIVED, ByMonth, ByPlace, Share, of_months
from meetings.indicators.pages import as_the_grid_asks, grid
from meetings.models import MeetingKind, SlotChange, SlotDecision
from meetings.slots import SlotState
from members.models import Office, Post
from portal.indicators.registry import Growth, Indicator

EXCUSED = "Tháng được miễn họp, tháng trước khi chi bộ thành lập hoặc dùng cổng, tháng chưa hết."
SOURCE = "Sổ họp đã đóng của các chi bộ."


def held(first: date, last: date) -> Share:
    """Of the months in which a branch had to meet, those whose regular meeting was held."""
    return Share(among=LIVED & Q(regular_excused=False), part=Q(regular_held_on__lte=last))


def week_one(first: date, last: date) -> Share:
    """Of the regular meetings that were held, those in week one, on the approved day, or moved by a decision."""
    in_time = Q(regular_state__in=[SlotState.IN_TIME, SlotState.MOVED])
    return Share(among=LIVED & Q(regular_held_on__lte=last), part=in_time)


def thematic(first: date, last: date) -> Share:
    """A quarter stands in its first month, once it is over."""
    owed = Q(month__in=quarters_over(first, last), thematic_excused=False)
    return Share(among=LIVED & owed, part=Q(thematic_held_on__lte=last))


def regime(first: date, last: date) -> Share:
    """A month keeps it that has its regular meeting and, where a quarter stands, its thematic one."""
    quarter = Q(month__in=quarters_over(first, last), thematic_excused=False)
    regular = Q(regular_excused=True) | Q(regular_held_on__lte=last)
    return Share(
        among=LIVED & (Q(regular_excused=False) | quarter), part=regular & (~quarter | Q(thematic_held_on__lte=last))
    )


def committee(first: date, last: date) -> Share:
    """Where somebody was elected to the chi ủy beside secretary and deputy, when the month began."""
    members = Office.objects.everywhere(reason="counted, not named").filter(
        Q(until__isnull=True) | Q(until__gte=OuterRef("month")),
        organisation=OuterRef("organisation"), post=Post.COMMITTEE, since__lte=OuterRef("month"),
    )  # fmt: skip
    owed = LIVED & Q(Exists(members)) & ~_excused_committees(first, last)
    return Share(among=owed, part=Q(committee_held_on__lte=last))


def _excused_committees(first: date, last: date) -> Q:
    """By the nearest decision of a committee above, in the tree of that month. There are few."""
    rows = SlotDecision.objects.everywhere(reason="which meetings were excused is known to all below")
    rows = rows.filter(kind=MeetingKind.COMMITTEE, period__gte=first.replace(day=1), period__lte=last)
    found = Q(pk__in=[])
    for one in sorted(rows.select_related("organisation"), key=lambda row: len(row.organisation.path)):
        below = Organisation.objects.everywhere(reason="whom a decision reaches is no secret")
        there = Q(month=one.period, organisation__in=below.below_as_of(one.organisation, one.period).values("pk"))
        found = found | there if one.change == SlotChange.EXCUSED else found & ~there
    return found


def indicators() -> Iterator[Indicator]:
    yield of_months(
        held, code="meetings.held", name="Buổi sinh hoạt thường kỳ đã họp", of_what="tháng phải họp",
        counts="tháng chi bộ đã họp thường kỳ", left_out=EXCUSED, source=SOURCE,
        behind=grid(loc="chua-hop"), asks=as_the_grid_asks,
    )  # fmt: skip
    yield of_months(
        week_one, code="meetings.week_one", name="Họp thường kỳ đúng hạn", of_what="buổi thường kỳ đã họp",
        counts="buổi họp trong tuần đầu tháng, đúng ngày đã duyệt hoặc được dời ngày", source=SOURCE,
        left_out="Tháng chưa họp: đã tính ở chỉ số “Buổi sinh hoạt thường kỳ đã họp”.",
        behind=grid(loc="muon"), asks=as_the_grid_asks,
    )  # fmt: skip
    yield of_months(
        thematic, code="meetings.thematic", name="Sinh hoạt chuyên đề hằng quý", of_what="quý phải sinh hoạt chuyên đề",
        counts="quý chi bộ đã sinh hoạt chuyên đề, họp riêng hoặc gộp với buổi thường kỳ", months=3, source=SOURCE,
        left_out="Quý được miễn, quý trước khi chi bộ thành lập hoặc dùng cổng, quý chưa hết.",
        behind=grid(loai="chuyen-de", loc="chua-hop"), asks=as_the_grid_asks,
    )  # fmt: skip
    yield of_months(
        regime, code="meetings.regime", name="Chi bộ giữ đủ chế độ sinh hoạt thường kỳ và chuyên đề", of_what="chi bộ",
        counts="chi bộ tháng nào cũng họp thường kỳ, quý nào cũng sinh hoạt chuyên đề", growth=Growth.KEEPS,
        left_out="Chi bộ trong kỳ không tháng nào, quý nào phải họp. Tháng, quý được miễn không tính.",
        source=SOURCE, behind=grid(loc="chua-hop"), asks=as_the_grid_asks,
    )  # fmt: skip
    yield Indicator(
        code="meetings.committee", name="Chi ủy họp hằng tháng", of_what="tháng chi bộ có chi ủy",
        counts="tháng chi ủy đã họp", by_place=ByPlace(committee), by_month=ByMonth(committee), source=SOURCE,
        left_out="Chi bộ không có chi ủy viên ngoài bí thư, phó bí thư; tháng được miễn; tháng chưa hết.",
        behind=grid(loai="chi-uy", loc="chua-hop"), asks=as_the_grid_asks,
    )  # fmt: skip
