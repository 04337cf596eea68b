"""Reports of a branch."""

from datetime import date

from branches.models import Kind
from portal.figures.periods import Length, Period
from portal.reports.kinds.kind import Chapter, ReportKind, publish
from portal.reports.kinds.parts import DIRECTIONS, PROPOSALS, RESULTS, SHORTCOMINGS
from portal.reports.sections.attendance import YearOfAttendance
from portal.reports.sections.movement import Movement
from portal.reports.sections.quality import Quality
from portal.reports.sections.regime import Regime
from portal.reports.sections.situation import Situation
from portal.reports.sections.targets import Targets
from portal.reports.sections.tasks import Tasks

BRANCH = frozenset({Kind.BRANCH})


def _of_month(kind: ReportKind, period: Period, body: str) -> str:
    return f"tình hình sinh hoạt và công tác của chi bộ {period.said}"


def _of_year(kind: ReportKind, period: Period, body: str) -> str:
    return f"kết quả sinh hoạt và công tác của chi bộ {period.said}"


def _attendance(kind: ReportKind, period: Period, body: str) -> str:
    return f"điểm danh sinh hoạt thường kỳ của chi bộ {period.said}"


def _tenth_of_next_month(period: Period) -> date:
    return date(period.first.year + period.first.month // 12, period.first.month % 12 + 1, 10)


def _middle_of_december(period: Period) -> date:
    return date(period.first.year, 12, 15)


publish(
    ReportKind(
        "chi-bo-thang", "Báo cáo tháng của chi bộ", _of_month, BRANCH, Length.MONTH,
        (
            Chapter("Tình hình chung", (Situation(),)),
            Chapter("Kết quả sinh hoạt", (Regime(), Quality(), Tasks(brief=True)), plain=True),
            Chapter("Hạn chế, nguyên nhân", part=SHORTCOMINGS),
            Chapter("Phương hướng, nhiệm vụ tháng sau", part=DIRECTIONS),
            Chapter("Kiến nghị, đề xuất", part=PROPOSALS),
        ),
        says="Gửi Đảng ủy sau kỳ họp tháng, ngắn gọn: số liệu có sẵn từ sổ họp.", due=_tenth_of_next_month,
    ),
    ReportKind(
        "chi-bo-nam", "Báo cáo năm của chi bộ", _of_year, BRANCH, Length.YEAR,
        (
            Chapter("Tình hình chung", (Situation(), Movement())),
            Chapter("Kết quả thực hiện", (Targets(), Regime(), Quality(), Tasks())),
            Chapter("Kết quả nổi bật", part=RESULTS),
            Chapter("Hạn chế, nguyên nhân", part=SHORTCOMINGS),
            Chapter("Phương hướng, nhiệm vụ năm sau", part=DIRECTIONS),
            Chapter("Kiến nghị, đề xuất", part=PROPOSALS),
        ),
        says="Cả năm của chi bộ: chế độ sinh hoạt, chỉ tiêu, chất lượng, nhiệm vụ.", due=_middle_of_december,
    ),
    ReportKind(
        "diem-danh-nam", "Bảng điểm danh năm của chi bộ", _attendance, BRANCH, Length.YEAR,
        (Chapter("", (YearOfAttendance(),)),),
        says="Ai dự buổi nào trong năm; chỉ người xem được danh sách đảng viên mới mở được.", goes_up=False, names_people=True,
    ),
)  # fmt: skip
