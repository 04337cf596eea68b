from branches.models import Kind
from branches.rules.definitions.places import DEFAULTS
from branches.rules.registry import Definition, Subject
from branches.rules.shapes import Months, OftenEnough, YesNo

UNPAID = Definition(
    "dues.unpaid.months",
    "Không đóng đảng phí bao lâu thì báo",
    "Trong năm, không có lý do chính đáng: chi bộ xem xét xóa tên.",
    Months(most=12),
)
SHEET = Definition(
    "dues.sheet.often",
    "Lập bảng thu nộp đảng phí",
    "Chi bộ nộp bảng tổng hợp lên cấp trên.",
    OftenEnough(),
    Kind.COMMUNE,
)
FIRST_STEP = Definition(
    "dues.first_step",
    "Thu đảng phí đầu buổi sinh hoạt thường kỳ",
    "Cổng đặt việc thu đảng phí làm bước đầu của buổi họp.",
    YesNo(),
    Kind.COMMUNE,
)
SUBJECT = Subject("dang-phi", "Đảng phí", (UNPAID, SHEET, FIRST_STEP), DEFAULTS / "dues.toml")
