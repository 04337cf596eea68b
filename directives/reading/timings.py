"""Days and rhythms that a passage names. A day that only dates a cited paper is none: “Kết luận số 38-KL/TW ngày 13/11/2018”."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from directives.timing import Operator, Pace, Timing

EACH = r"(?:hằng|hàng|mỗi)"
DAY = r"(?:ngày\s+)?(?P<d>\d{1,2})\s*(?:/|tháng)\s*(?P<m>\d{1,2})\s*(?:/|năm)\s*(?P<y>\d{4})"
DAY_OF_YEAR = r"(?:ngày\s+)?(?P<d>\d{1,2})\s*(?:/|tháng)\s*(?P<m>\d{1,2})"
MONTH = r"tháng\s*(?P<m>\d{1,2})\s*(?:/|năm)\s*(?P<y>\d{4})"
QUARTER = r"quý\s*(?P<q>I{1,3}|IV|[1-4])\s*(?:/|năm)\s*(?P<y>\d{4})"
YEAR = r"năm\s*(?P<y>\d{4})"
COUNT = r"(?P<n>\d{1,3}|một|hai|ba|bốn)"
_WITHIN = r"(?:đến|chậm nhất|muộn nhất|hết|trong|vào|xong)\s+"
_NUMBERS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4}
_PACES = {"tháng": Pace.MONTH, "quý": Pace.QUARTER, "năm": Pace.YEAR}
Found = re.Match[str]


@dataclass(frozen=True)
class FoundTiming:
    start: int
    end: int
    words: str
    timing: Timing


def timings_in(text: str) -> list[FoundTiming]:
    """In the order of the text. Where two readings share a place, the more exact one stands."""
    found: list[FoundTiming] = []
    for pattern, read in _READINGS:
        for match in pattern.finditer(text):
            timing = _sound(read, match)
            if timing and not any(one.start < match.end() and match.start() < one.end for one in found):
                found.append(FoundTiming(match.start(), match.end(), match[0].strip(), timing))
    return sorted(found, key=lambda one: one.start)


def timing_of(words: str) -> Timing:
    """All that a short phrase says: “hằng năm, đến năm 2030”; continuous where it says nothing."""
    whole = Timing()
    for one in timings_in(words):
        said = one.timing
        keep = whole.pace if said.pace == Pace.CONTINUOUS else said.pace
        changes = {name: value for name, value in said.columns.items() if value not in (None, "") and name != "pace"}
        whole = whole.also(pace=keep, **changes)
    return whole


def _sound(read: Callable[[Found], Timing | None], match: Found) -> Timing | None:
    try:
        return read(match)
    except ValueError:  # 31/02: no day
        return None


def _day(found: Found) -> date:
    return date(int(found["y"]), int(found["m"]), int(found["d"]))


def _year_day(found: Found, operator: Operator) -> Timing:
    named = date(2024, int(found["m"]), int(found["d"]))
    return Timing(Pace.YEAR, operator, due_month=named.month, due_day=named.day)


def _month_day(found: Found, operator: Operator) -> Timing | None:
    return Timing(Pace.MONTH, operator, due_day=int(found["d"])) if 1 <= int(found["d"]) <= 31 else None


def _end_of_month(found: Found) -> date:
    year, month = int(found["y"]), int(found["m"])
    return date(year, month, monthrange(year, month)[1])


def _quarter(found: Found) -> int:
    return {"I": 1, "II": 2, "III": 3, "IV": 4}.get(found["q"].upper()) or int(found["q"])


def _end_of_quarter(found: Found) -> date:
    month = 3 * _quarter(found)
    return date(int(found["y"]), month, monthrange(int(found["y"]), month)[1])


def _count(found: Found) -> int:
    return _NUMBERS.get(found["n"].lower()) or int(found["n"])


def _pace(found: Found) -> Pace:
    return _PACES[found["p"].lower()]


def _once(day: date, operator: Operator = Operator.WITHIN) -> Timing:
    return Timing(Pace.ONCE, operator, due_on=day)


def _compiled(
    readings: list[tuple[str, Callable[[Found], Timing | None]]],
) -> Iterator[tuple[re.Pattern[str], Callable[[Found], Timing | None]]]:
    for pattern, read in readings:
        yield re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE), read


# The more exact stands before the more general.
_READINGS = list(
    _compiled(
        [
            (rf"trước\s+{DAY}", lambda m: _once(_day(m), Operator.BEFORE)),
            (rf"từ\s+{DAY}", lambda m: Timing(since=_day(m))),
            (rf"{_WITHIN}{DAY}", lambda m: _once(_day(m))),
            (rf"trước\s+{DAY_OF_YEAR},?\s+{EACH}\s+năm", lambda m: _year_day(m, Operator.BEFORE)),
            (rf"(?:{_WITHIN})?{DAY_OF_YEAR},?\s+{EACH}\s+năm", lambda m: _year_day(m, Operator.WITHIN)),
            (rf"trước\s+ngày\s+(?P<d>\d{{1,2}})\s+{EACH}\s+tháng", lambda m: _month_day(m, Operator.BEFORE)),
            (rf"(?:{_WITHIN})?ngày\s+(?P<d>\d{{1,2}})\s+{EACH}\s+tháng", lambda m: _month_day(m, Operator.WITHIN)),
            (rf"(?:trong\s+)?tháng\s*(?P<m>\d{{1,2}}),?\s+{EACH}\s+năm", lambda m: _month_each_year(int(m["m"]))),
            (rf"từ\s+{MONTH}", lambda m: Timing(since=date(int(m["y"]), int(m["m"]), 1))),
            (rf"(?:{_WITHIN}|hoàn thành\s+)+{MONTH}", lambda m: _once(_end_of_month(m))),
            (rf"từ\s+{QUARTER}", lambda m: Timing(since=date(int(m["y"]), 3 * _quarter(m) - 2, 1))),
            (rf"(?:{_WITHIN})?{QUARTER}", lambda m: _once(_end_of_quarter(m))),
            (rf"từ\s+{YEAR}", lambda m: Timing(since=date(int(m["y"]), 1, 1))),
            (rf"đến\s+{YEAR}", lambda m: Timing(until=date(int(m["y"]), 12, 31))),
            (rf"(?:trong|xong)\s+{YEAR}", lambda m: _once(date(int(m["y"]), 12, 31))),
            (r"trước\s+(?P<n>\d{1,3})\s+ngày\s+(?P<e>[^,.;()\n]{2,60})", lambda m: Timing(Pace.BEFORE_EVENT, event=m["e"].strip(), event_days=int(m["n"]))),
            (r"(?:sau\s+)?khi\s+(?P<e>(?:có\s+(?:hướng dẫn|văn bản|kế hoạch|chỉ đạo)|Trung ương ban hành)[^;.()\n]{0,80})", lambda m: Timing(Pace.AFTER_EVENT, event=m["e"].strip())),
            (r"trong\s+tuần\s+đầu(?:\s+tiên)?(?:\s+của)?\s+(?:mỗi|hằng|hàng)?\s*tháng", lambda m: Timing(Pace.MONTH, Operator.WITHIN, due_day=7)),
            (rf"(?:(?:ít nhất|tối thiểu)\s+)?{COUNT}\s+lần\s*(?:/|trong|mỗi)\s*(?P<p>tháng|quý|năm)", lambda m: Timing(_pace(m), times=_count(m))),
            (rf"{EACH}\s+(?P<p>tháng|quý|năm)\s+{COUNT}\s+lần", lambda m: Timing(_pace(m), times=_count(m))),
            (r"mỗi\s+kỳ\s+sinh\s+hoạt", lambda m: Timing(Pace.MEETING)),
            (r"cuối\s+năm", lambda m: Timing(Pace.YEAR, Operator.WITHIN, due_month=12, due_day=31)),
            (rf"(?:định\s+kỳ\s+)?{EACH}\s+(?P<p>tháng|quý|năm)", lambda m: Timing(_pace(m))),
            (r"(?:theo\s+từng|từng|mỗi|cả)\s+nhiệm\s+kỳ", lambda m: Timing(Pace.TERM)),
        ]
    )
)  # fmt: skip


def _month_each_year(month: int) -> Timing:
    return Timing(Pace.YEAR, Operator.WITHIN, due_month=month, due_day=monthrange(2025, month)[1])
