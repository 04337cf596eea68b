"""What papers call a meeting, its hours and its people."""

from datetime import date, time

from meetings.models import Meeting, MeetingKind

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def called(meeting: Meeting) -> str:
    """sinh hoạt thường kỳ tháng 3 năm 2026, sinh hoạt chuyên đề quý I năm 2026, họp chi ủy tháng 3 năm 2026."""
    kind = meeting.get_kind_display()
    kind = kind[:1].lower() + kind[1:]
    if meeting.period is None:
        return f"{kind} ngày {day_words(meeting.day)}"
    if meeting.kind == MeetingKind.THEMATIC:
        return f"{kind} quý {ROMAN[(meeting.period.month - 1) // 3]} năm {meeting.period.year}"
    also = " kết hợp chuyên đề" if meeting.also_thematic else ""
    return f"{kind}{also} tháng {meeting.period.month} năm {meeting.period.year}"


def day_words(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def hour(at: time | None) -> str:
    return f"{at:%H} giờ {at:%M}" if at else ""


def comrade(name: str) -> str:
    return f"đ/c {name}" if name else ""
