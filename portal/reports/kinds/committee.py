"""Reports of a committee on the branches below it: a commune's of its branches, a province's composed of all its communes."""

from collections.abc import Callable
from datetime import date

from branches.models import Kind
from portal.figures.periods import Length, Period
from portal.reports.kinds.kind import Chapter, ReportKind, publish
from portal.reports.kinds.parts import ATTENTION, DIRECTIONS, PROPOSALS, RESULTS, SHORTCOMINGS
from portal.reports.sections.movement import Movement
from portal.reports.sections.places import Places
from portal.reports.sections.quality import Quality
from portal.reports.sections.regime import Regime
from portal.reports.sections.sending import Sending
from portal.reports.sections.situation import Situation
from portal.reports.sections.targets import Targets
from portal.reports.sections.tasks import Tasks

COMMUNES = frozenset({Kind.COMMUNE, Kind.BASE, Kind.PART})
PROVINCE = frozenset({Kind.PROVINCE, Kind.DISTRICT})
NEXT = {Length.MONTH: "tháng sau", Length.QUARTER: "quý sau", Length.HALF: "6 tháng tiếp theo", Length.YEAR: "năm sau"}
NAMES = {Length.MONTH: "tháng", Length.QUARTER: "quý", Length.HALF: "6 tháng", Length.YEAR: "năm"}
CODES = {Length.MONTH: "thang", Length.QUARTER: "quy", Length.HALF: "nua-nam", Length.YEAR: "nam"}


def _quality(kind: ReportKind, period: Period, body: str) -> str:
    return f"kết quả nâng cao chất lượng sinh hoạt chi bộ {period.said}"


def _movement(kind: ReportKind, period: Period, body: str) -> str:
    return f"tình hình đảng viên và biến động đảng viên {period.said}"


def _comparison(kind: ReportKind, period: Period, body: str) -> str:
    return f"so sánh kết quả sinh hoạt chi bộ của các đảng bộ {period.said}"


def _summary(kind: ReportKind, period: Period, body: str) -> str:
    return f"tóm tắt kết quả sinh hoạt chi bộ {period.said}"


def _document(kind: ReportKind, period: Period, body: str) -> str:
    return "tiến độ thực hiện"  # the document's name is put behind it


def _due(length: Length) -> Callable[[Period], date]:
    """The fifth day after the period; of a year the twentieth of December, so that the province can compose its own."""

    def day(period: Period) -> date:
        if length is Length.YEAR:
            return date(period.first.year, 12, 20)
        months = {Length.MONTH: 1, Length.QUARTER: 3, Length.HALF: 6}[length]
        month = period.first.month + months
        return date(period.first.year + (month - 1) // 12, (month - 1) % 12 + 1, 15)

    return day


def _chapters(length: Length, *, sent: bool) -> tuple[Chapter, ...]:
    """`sent`: those below send a report of the same length."""
    long = length in (Length.HALF, Length.YEAR)
    results = (
        (Targets(), Regime(), Quality(), Tasks(), Places())
        if length is not Length.MONTH
        else (Regime(), Quality(), Tasks(), Places())
    )
    return (
        Chapter("Tình hình chung", (Situation(), Movement()) if long else (Situation(),)),
        Chapter("Kết quả thực hiện", (*results, Sending()) if sent else results),
        *((Chapter("Kết quả nổi bật", part=RESULTS),) if long else ()),
        Chapter("Hạn chế, nguyên nhân", part=SHORTCOMINGS),
        Chapter(f"Phương hướng, nhiệm vụ {NEXT[length]}", part=DIRECTIONS),
        Chapter("Kiến nghị, đề xuất", part=PROPOSALS),
    )


for _length, _code in CODES.items():
    publish(
        ReportKind(
            f"xa-{_code}", f"Báo cáo {NAMES[_length]} của Đảng ủy", _quality, COMMUNES, _length,
            _chapters(_length, sent=_length in (Length.MONTH, Length.YEAR)),
            says="Chất lượng sinh hoạt của các chi bộ, phụ lục từng chi bộ.", annexes=True, due=_due(_length),
        ),
        ReportKind(
            f"tinh-{_code}", f"Báo cáo {NAMES[_length]} của Tỉnh ủy", _quality, PROVINCE, _length, _chapters(_length, sent=True),
            says="Tổng hợp từ mọi xã, phường; phụ lục từng xã, phường và từng chi bộ.", annexes=True, goes_up=False,
        ),
    )  # fmt: skip

publish(
    ReportKind(
        "van-ban", "Báo cáo thực hiện một văn bản", _document, COMMUNES | PROVINCE, Length.YEAR,
        (
            Chapter("Tình hình chung", (Situation(),)),
            Chapter("Kết quả thực hiện", (Targets(), Tasks())),
            Chapter("Kết quả nổi bật", part=RESULTS),
            Chapter("Hạn chế, nguyên nhân", part=SHORTCOMINGS),
            Chapter("Phương hướng, nhiệm vụ thời gian tới", part=DIRECTIONS),
            Chapter("Kiến nghị, đề xuất", part=PROPOSALS),
        ),
        says="Chỉ tiêu và nhiệm vụ của một văn bản từ đầu năm.", about_document=True, answers=("directive.progress", "directive.summary"),
    ),
    ReportKind(
        "dang-vien", "Báo cáo đảng viên và biến động", _movement, COMMUNES | PROVINCE, Length.YEAR,
        (
            Chapter("Tình hình đảng viên", (Situation(), Movement(with_places=True))),
            Chapter("Nhận xét, kiến nghị", part=PROPOSALS),
        ),
        says="Số đảng viên đầu kỳ, tăng, giảm theo lý do, cuối kỳ; phụ lục từng nơi trực thuộc.", annexes=True,
    ),
    ReportKind(
        "so-sanh", "Bảng so sánh các đảng bộ", _comparison, PROVINCE, Length.YEAR,
        (Chapter("So sánh các đảng bộ", (Places(with_branches=False),)),),
        says="Từng xã, phường cạnh nhau theo các tỷ lệ chính.", goes_up=False, annexes=True,
    ),
    ReportKind(
        "tom-tat", "Tóm tắt một trang cho lãnh đạo", _summary, PROVINCE | COMMUNES, Length.YEAR,
        (
            Chapter("", (Situation(brief=True), Regime(brief=True), Targets(brief=True)), plain=True),
            Chapter("Cần chú ý", part=ATTENTION),
        ),
        says="Một trang: chỉ tiêu, điểm cần chú ý.", goes_up=False, brief=True,
    ),
)  # fmt: skip
