from branches.models import Kind
from branches.rules.definitions.places import DEFAULTS
from branches.rules.registry import Definition, Subject
from branches.rules.shapes import Days

ENQUIRY = Definition(
    "enquiry.days",
    "Thời hạn xem hồ sơ đảng viên khi cấp trên xin xem",
    "Sau ngày xin, cấp tỉnh xem được danh sách đảng viên thêm bao nhiêu ngày.",
    Days(),
    Kind.PROVINCE,
)
SUBJECT = Subject("xem-ho-so", "Xem hồ sơ", (ENQUIRY,), DEFAULTS / "access.toml")
