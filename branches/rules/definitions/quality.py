from typing import NamedTuple

from branches.models import Kind
from branches.rules.definitions.places import DEFAULTS
from branches.rules.registry import Bound, Definition, Subject
from branches.rules.shapes import CEILINGS, Line, Percentage, Table, Whole, YesNo


class Band(NamedTuple):
    name: str
    least: int  # points


class YearStep(NamedTuple):
    """A level of the year: how many of the regular meetings must be so good, and how many of the best level."""

    name: str
    meetings: str  # at least this band
    share: int  # percent of the regular meetings
    best: int  # at least so many of the best band; 0: not asked


def band_words(band: Band) -> str:
    return f"{band.name}: từ {band.least} điểm" if band.least else f"{band.name}: dưới các mức trên"


def falling_to_nought(rows: tuple[Band, ...]) -> str:
    points = [row.least for row in rows]
    if points != sorted(set(points), reverse=True):
        return "Xếp các mức từ cao xuống thấp, không trùng điểm."
    return "" if points[-1] == 0 else "Mức cuối cùng phải từ 0 điểm, để buổi nào cũng được xếp."


def _year_words(row: YearStep) -> str:
    best = f", ít nhất {row.best} buổi ở mức cao nhất" if row.best else ""
    return f"{row.name}: {row.share} % số buổi thường kỳ từ {row.meetings.lower()} trở lên{best}"


BANDS = Definition(
    "quality.bands",
    "Xếp mức buổi sinh hoạt theo điểm",
    "Thang 100 điểm của bộ tiêu chí.",
    Table(
        Band,
        labels={"name": "Mức", "least": "Từ bao nhiêu điểm"},
        words=band_words,
        together=falling_to_nought,
    ),
    Kind.PROVINCE,
)
YEAR = Definition(
    "quality.year",
    "Xếp mức cả năm từ kết quả hằng tháng",
    "Xét từ trên xuống; năm nào không đạt dòng nào thì lấy mức thấp nhất.",
    Table(
        YearStep,
        labels={
            "name": "Mức của năm",
            "meetings": "Các buổi ít nhất đạt mức",
            "share": "Tỷ lệ số buổi (%)",
            "best": "Số buổi ít nhất ở mức cao nhất",
        },
        words=_year_words,
        together=lambda rows: (
            "" if all(row.share <= 100 for row in rows) else "Tỷ lệ số buổi không được quá 100 phần trăm."
        ),
    ),
    Kind.PROVINCE,
)
DOCUMENT = Definition(
    "quality.document",
    "Văn bản quy định tiêu chí đánh giá",
    "Ghi ở đầu phiếu chấm điểm.",
    Line(),
    Kind.PROVINCE,
)
EVERY_MEETING = Definition(
    "quality.every_meeting",
    "Chấm điểm ngay trong từng buổi sinh hoạt",
    "Chấm điểm là một mục của chương trình, trước khi thông qua biên bản.",
    YesNo("chấm trong buổi họp", "chấm sau buổi họp"),
    Kind.PROVINCE,
)
ATTENDANCE = Definition(
    "quality.attendance.share",
    "Tỷ lệ dự sinh hoạt để buổi họp đạt tiêu chí",
    "Tính trên số phải dự; người được miễn không tính.",
    Percentage(),
    Kind.COMMUNE,
    Bound.NOT_LESS,
)
ATTENDANCE_FULL = Definition(
    "quality.attendance.full_points",
    "Tỷ lệ dự sinh hoạt để được trọn điểm",
    "Dùng khi bộ tiêu chí tự chấm mục dự sinh hoạt.",
    Percentage(),
    Kind.PROVINCE,
)
ATTENDANCE_NONE = Definition(
    "quality.attendance.no_points",
    "Tỷ lệ dự sinh hoạt không được điểm",
    "Giữa hai mức, điểm giảm theo từng bậc của bộ tiêu chí.",
    Percentage(CEILINGS),
    Kind.PROVINCE,
)
EXCUSED_RUNNING = Definition(
    "quality.excused_running.most",
    "Số lần vắng có lý do liên tiếp được phép trong năm",
    "Quá số này thì buổi họp không đạt tiêu chí về dự sinh hoạt.",
    Whole("lần", least=0, most=12),
    Kind.COMMUNE,
    Bound.NOT_MORE,
)
ABSENT_RUNNING = Definition(
    "quality.absent_running.alert",
    "Vắng liên tiếp bao nhiêu buổi thì trừ điểm",
    "Tính cả vắng có lý do và không lý do.",
    Whole("buổi", least=1, most=12),
    Kind.PROVINCE,
)
SPEAKERS_FULL = Definition(
    "quality.speakers.full_points",
    "Tỷ lệ người phát biểu để được trọn điểm",
    "Tính trên số có mặt; ít hơn thì điểm giảm theo tỷ lệ.",
    Percentage(),
    Kind.PROVINCE,
)
SUBJECT = Subject(
    "chat-luong",
    "Chất lượng buổi sinh hoạt",
    (
        BANDS, YEAR, DOCUMENT, EVERY_MEETING, ATTENDANCE, ATTENDANCE_FULL, ATTENDANCE_NONE, EXCUSED_RUNNING,
        ABSENT_RUNNING, SPEAKERS_FULL,
    ),
    DEFAULTS / "quality.toml",
)  # fmt: skip
