"""What meetings were scored, by their branches and by the level above."""

from collections.abc import Iterator
from datetime import date

from django.db.models import F, Q

from branches.summary.shares import LIVED, Share, of_months
from meetings.indicators.pages import as_the_grid_asks, quality
from portal.indicators.registry import Indicator, Subject

GOOD = 2  # the best band and the next: “tốt”, “khá”
FACTS = {
    "subject": Subject.CONTENT, "behind": quality, "asks": as_the_grid_asks,
    "source": "Phiếu chấm điểm đã thống nhất của các buổi đã đóng sổ.",
}  # fmt: skip


def _held(last: date) -> Q:
    return LIVED & Q(regular_held_on__lte=last)


def _scored(last: date) -> Q:
    return _held(last) & Q(regular_score__isnull=False)


def scored(first: date, last: date) -> Share:
    return Share(among=_held(last), part=Q(regular_score__isnull=False))


def best(first: date, last: date) -> Share:
    return Share(among=_scored(last), part=Q(regular_place=1))


def good(first: date, last: date) -> Share:
    return Share(among=_scored(last), part=Q(regular_place__lte=GOOD))


def agrees(first: date, last: date) -> Share:
    both = _scored(last) & Q(regular_score_above__isnull=False)
    return Share(among=both, part=Q(regular_score_above=F("regular_score")))


def indicators() -> Iterator[Indicator]:
    yield of_months(
        scored, code="meetings.scored", name="Buổi thường kỳ đã chấm điểm", of_what="buổi thường kỳ đã họp",
        counts="buổi chi bộ đã thống nhất điểm", left_out="Tháng chưa họp, sổ chưa đóng.", **FACTS,
    )  # fmt: skip
    yield of_months(
        good, code="meetings.good", name="Buổi thường kỳ xếp mức khá trở lên", of_what="buổi thường kỳ đã chấm",
        counts="buổi ở hai mức cao nhất của thang điểm (tốt, khá)", left_out="Buổi chưa chấm điểm.", **FACTS,
    )  # fmt: skip
    yield of_months(
        best, code="meetings.best", name="Buổi thường kỳ được chấm mức cao nhất", of_what="buổi thường kỳ đã chấm",
        counts="buổi ở mức cao nhất của thang điểm", left_out="Buổi chưa chấm điểm.", **FACTS,
    )  # fmt: skip
    yield of_months(
        agrees, code="meetings.agrees", name="Buổi thường kỳ cấp trên chấm bằng điểm chi bộ", of_what="buổi cả hai cấp đã chấm",
        counts="buổi hai cấp cho cùng số điểm", left_out="Buổi chi bộ hoặc cấp trên chưa chấm.", **FACTS,
    )  # fmt: skip
