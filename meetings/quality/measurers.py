"""How a criterion fills by itself: each measurer says how many points, and why, in one sentence. A set names them by code."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from branches.rules.shapes.shares import Share
from meetings.quality.facts import Facts
from portal.words.quantities import day, number, percent

ARROW = " → "


@dataclass(frozen=True)
class Filled:
    points: int
    words: str
    most: int

    @property
    def reason(self) -> str:
        """37/40 = 92,5 % → 10/10"""
        return f"{self.words}{ARROW}{self.points}/{self.most}"


Measure = Callable[[Facts, int], tuple[int, str]]


@dataclass(frozen=True)
class Measurer:
    code: str
    label: str  # for whoever makes a set of their own
    measure: Measure

    def fill(self, facts: Facts, most: int) -> Filled:
        points, words = self.measure(facts, most)
        return Filled(points, words, most)


def _of(part: int, whole: int) -> str:
    return f"{number(part)}/{number(whole)}"


def _rate(part: int, whole: int) -> str:
    """37/40 = 92,5 %."""
    return f"{_of(part, whole)} = {percent(part, whole)}"


def _all_or(part: int, whole: int, most: int) -> int:
    """All points only where all is done; else as many as the share of it."""
    return most if part >= whole else most * part // whole


def attendance(facts: Facts, most: int) -> tuple[int, str]:
    """Full from one border on, nothing below the other; between them in equal steps, and never nothing."""
    if not facts.expected:
        return 0, "Không có ai phải dự"
    if facts.unmarked:
        return 0, f"Còn {number(facts.unmarked)} đồng chí chưa điểm danh"
    return _in_steps(facts, most), _rate(facts.came, facts.expected)


def _in_steps(facts: Facts, most: int) -> int:
    full, none = facts.borders.attendance_full, facts.borders.attendance_none
    if full.met(facts.came, facts.expected):
        return most
    if none.met(facts.came, facts.expected) or full.limit <= none.limit:
        return 0
    climbed = (Fraction(facts.came, facts.expected) - none.limit) / (full.limit - none.limit)
    return max(min(1, most - 1), min(most - 1, 1 + floor(climbed * (most - 1))))


def no_unexcused(facts: Facts, most: int) -> tuple[int, str]:
    if facts.unmarked or not facts.expected:
        return 0, "Chưa điểm danh xong"
    if not facts.absent:
        return most, "Không ai vắng không lý do"
    return 0, f"{number(facts.absent)} đồng chí vắng không lý do"


def no_absent_running(facts: Facts, most: int) -> tuple[int, str]:
    if facts.unmarked or not facts.expected:
        return 0, "Chưa điểm danh xong"
    times = number(facts.borders.absent_running)
    if not facts.running:
        return most, f"Không ai vắng {times} buổi liên tiếp"
    return 0, f"{number(facts.running)} đồng chí vắng từ {times} buổi liên tiếp"


def papers_out(facts: Facts, most: int) -> tuple[int, str]:
    """Notice and papers at least so many days before; half where a paper came later than the notice."""
    days = number(facts.borders.papers_days)
    if facts.told_on is None:
        return 0, "Chưa gửi giấy mời"
    before = (facts.day - facts.told_on).days
    if before < facts.borders.papers_days:
        return 0, f"Mời ngày {day(facts.told_on)}, chưa đủ {days} ngày trước buổi họp"
    if facts.papers_late:
        return most // 2, f"Mời trước {number(before)} ngày; {_of(facts.papers_late, facts.papers)} tài liệu gửi muộn"
    return most, f"Mời, gửi tài liệu trước {number(before)} ngày"


def committee_first(facts: Facts, most: int) -> tuple[int, str]:
    """Where there is no chi ủy its secretary agrees the contents: they are agreed when people are told."""
    if facts.committee_met_on:
        return most, f"Chi ủy họp ngày {day(facts.committee_met_on)}"
    if facts.has_committee:
        return 0, "Chưa có buổi họp chi ủy trước buổi này"
    if facts.told_on:
        return most, f"Không có chi ủy; bí thư thống nhất nội dung, mời ngày {day(facts.told_on)}"
    return 0, "Chưa gửi nội dung họp"


def in_time(facts: Facts, most: int) -> tuple[int, str]:
    if not facts.in_time:
        return 0, f"Họp ngày {day(facts.day)}, muộn so với quy định"
    return most, f"Họp ngày {day(facts.day)}, {'ngày được dời' if facts.was_moved else 'đúng thời gian quy định'}"


def duration(facts: Facts, most: int) -> tuple[int, str]:
    if facts.minutes is None:
        return 0, "Chưa ghi giờ kết thúc"
    if facts.least_minutes is None:
        return most, f"Họp {number(facts.minutes)} phút"
    least = number(facts.least_minutes)
    if facts.minutes >= facts.least_minutes:
        return most, f"Họp {number(facts.minutes)} phút, cần từ {least} phút"
    return 0, f"Họp {number(facts.minutes)} phút, chưa đủ {least} phút"


def steps_done(facts: Facts, most: int) -> tuple[int, str]:
    if not facts.steps:
        return 0, "Chưa ghi các bước của buổi họp"
    return _all_or(facts.steps_done, facts.steps, most), f"{_of(facts.steps_done, facts.steps)} bước đã làm"


def speakers(facts: Facts, most: int) -> tuple[int, str]:
    """Of those who came; full from a border on, below it by share."""
    if not facts.came:
        return 0, "Chưa điểm danh xong"
    if facts.nothing_raised and not facts.speakers:
        return 0, "Không có ý kiến nào được ghi"
    full: Share = facts.borders.speakers_full
    words = f"{_rate(facts.speakers, facts.came)} phát biểu"
    if full.met(facts.speakers, facts.came):
        return most, words
    reached = Fraction(facts.speakers, facts.came) / full.limit if full.limit else Fraction(0)
    return min(most - 1, floor(most * reached)), words


def reviewed(facts: Facts, most: int) -> tuple[int, str]:
    if not facts.to_review:
        return most, "Không còn việc cũ phải kiểm điểm"
    return _all_or(facts.reviewed, facts.to_review, most), f"{_of(facts.reviewed, facts.to_review)} việc đã kiểm điểm"


def studied(facts: Facts, most: int) -> tuple[int, str]:
    if not facts.studies:
        return most, "Không có văn bản đến hạn quán triệt"
    return _all_or(facts.studied, facts.studies, most), f"{_of(facts.studied, facts.studies)} văn bản đã quán triệt"


def remarks(facts: Facts, most: int) -> tuple[int, str]:
    if facts.remarks:
        return most, f"{number(facts.remarks)} lượt biểu dương, nhắc nhở"
    return 0, "Chưa ghi biểu dương, nhắc nhở"


def concluded(facts: Facts, most: int) -> tuple[int, str]:
    if not facts.concluded:
        return 0, "Chưa có kết luận, nghị quyết được thông qua"
    if not facts.voted:
        return most // 2, "Có kết luận, chưa ghi biểu quyết"
    return most, "Kết luận đã biểu quyết thông qua"


def assigned(facts: Facts, most: int) -> tuple[int, str]:
    if not facts.actions:
        return 0, "Chưa giao việc nào"
    words = f"{_of(facts.actions_whole, facts.actions)} việc có người làm và hạn"
    return _all_or(facts.actions_whole, facts.actions, most), words


def minutes_agreed(facts: Facts, most: int) -> tuple[int, str]:
    return (most, "Biên bản đã đọc và thông qua") if facts.minutes_read else (0, "Biên bản chưa thông qua tại buổi họp")


MEASURERS: dict[str, Measurer] = {
    one.code: one
    for one in (
        Measurer("committee first", "Chi ủy họp thống nhất nội dung trước", committee_first),
        Measurer("papers", "Giấy mời, tài liệu gửi trước", papers_out),
        Measurer("attendance", "Tỷ lệ dự họp", attendance),
        Measurer("unexcused", "Không ai vắng không lý do", no_unexcused),
        Measurer("absent running", "Không ai vắng liên tiếp", no_absent_running),
        Measurer("in time", "Họp đúng thời gian quy định", in_time),
        Measurer("duration", "Đủ thời lượng", duration),
        Measurer("steps", "Đủ các bước", steps_done),
        Measurer("reviewed", "Kiểm điểm việc đã giao", reviewed),
        Measurer("speakers", "Tỷ lệ người phát biểu", speakers),
        Measurer("studied", "Quán triệt văn bản đến hạn", studied),
        Measurer("remarks", "Biểu dương, phê bình, nhắc nhở", remarks),
        Measurer("concluded", "Kết luận, nghị quyết được biểu quyết", concluded),
        Measurer("assigned", "Giao rõ việc, người, hạn", assigned),
        Measurer("minutes agreed", "Biên bản thông qua tại buổi họp", minutes_agreed),
    )
}
