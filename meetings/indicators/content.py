"""What meetings were like: steps, who came, resolutions that name who and when, dues."""

from collections.abc import Iterator
from datetime import date

from django.db.models import F, Q
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual

from branches.models import Organisation
from branches.rules.conditions import value_where, where_it_holds
from branches.rules.definitions.targets import ATTENDANCE
from branches.rules.shapes.shares import Operator
from branches.rules.shapes.shares import Share as Asked
from branches.summary.shares import LIVED, ByMonth, ByPlace, Share, of_months
from meetings.indicators.pages import as_the_grid_asks, as_the_roll_asks, dues, grid
from portal.indicators.registry import Figure, Growth, Indicator, Subject

SOURCE = "Điểm danh, chương trình và kết luận trong sổ họp đã đóng."
NOT_HELD = "Tháng chưa họp, sổ chưa đóng."


def _held(last: date) -> Q:
    return LIVED & Q(regular_held_on__lte=last)


def steps(first: date, last: date) -> Share:
    whole = Q(regular_steps__gt=0, regular_steps_done=F("regular_steps"))
    return Share(among=_held(last), part=whole)


def resolved(first: date, last: date) -> Share:
    return Share(among=_held(last), part=Q(regular_resolved=True))


def attendance(first: date, last: date) -> Share:
    return Share(among=_held(last), part="regular_came", whole="regular_expected")


def dues_paid(first: date, last: date) -> Share:
    return Share(among=Q(dues_owed__gt=0), part="dues_paid", whole="dues_owed")


def well_attended(place: Organisation, first: date, last: date) -> dict[int, Figure]:
    """Branches in which the rate over the whole period reaches what the rule of the last day asks there."""
    asked = value_where(ATTENDANCE, on=last)
    rates = ByPlace(attendance)(place, first, last)
    return {
        branch: Figure(int(asked(branch).met(rate.numerator, rate.denominator)), 1) for branch, rate in rates.items()
    }


def well_attended_months(first: date, last: date) -> Share:
    reached = where_it_holds(ATTENDANCE, _reaches, on=last)
    return Share(among=_held(last) & Q(regular_expected__gt=0), part=reached)


def _reaches(asked: Asked) -> Q:
    """Compared without fractions: “trên 90 %” does not let exactly 90 % pass."""
    compare = GreaterThan if asked.operator is Operator.OVER else GreaterThanOrEqual
    limit = asked.limit
    return Q(compare(F("regular_came") * limit.denominator, F("regular_expected") * limit.numerator))


def indicators() -> Iterator[Indicator]:
    yield of_months(
        attendance, code="meetings.attendance", name="Đảng viên dự sinh hoạt thường kỳ", source=SOURCE,
        of_what="lượt đảng viên phải dự", counts="lượt đảng viên có mặt, kể cả đến muộn và dự trực tuyến",
        left_out="Người được miễn, tạm hoãn sinh hoạt, kể cả khi có đến dự; buổi chưa đóng sổ.",
        behind=grid(), asks=as_the_grid_asks,
    )  # fmt: skip
    yield Indicator(
        code="meetings.attendance_90", name="Chi bộ đạt tỷ lệ dự họp quy định", of_what="chi bộ đã họp",
        counts="chi bộ có tỷ lệ dự họp trong kỳ đạt mức quy định (mặc định từ 90 % trở lên)", source=SOURCE,
        left_out="Chi bộ chưa họp buổi nào trong kỳ; người được miễn, tạm hoãn sinh hoạt.",
        by_place=well_attended, by_month=ByMonth(well_attended_months), growth=Growth.STANDS,
        behind=grid(loc="thap"), asks=as_the_grid_asks,
    )  # fmt: skip
    yield of_months(
        steps, code="meetings.steps", name="Chi bộ làm đủ các bước trong mọi buổi thường kỳ", of_what="chi bộ đã họp",
        counts="chi bộ không bỏ bước nào của buổi nào", growth=Growth.KEEPS, subject=Subject.CONTENT, source=SOURCE,
        left_out="Chi bộ chưa họp buổi nào trong kỳ.", behind=grid(loc="thieu-buoc"), asks=as_the_grid_asks,
    )  # fmt: skip
    yield of_months(
        resolved, code="meetings.resolved", name="Kết luận giao rõ việc, người làm, thời hạn", subject=Subject.CONTENT,
        of_what="buổi thường kỳ đã họp", counts="buổi có kết luận đã thông qua mà việc nào cũng có người làm và hạn",
        left_out=NOT_HELD, source=SOURCE, behind=grid(), asks=as_the_grid_asks,
    )  # fmt: skip
    yield of_months(
        dues_paid, code="meetings.dues", name="Đảng phí đã nộp", of_what="đồng phải nộp", counts="đồng đã nộp",
        left_out="Đảng viên được miễn đảng phí; tháng chưa hết.", source="Sổ đảng phí của chi bộ.",
        behind=dues, asks=as_the_roll_asks,
    )  # fmt: skip
