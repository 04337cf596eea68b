"""Lines that figures are judged by where no document of one's own says otherwise: a document's target keeps its own words."""

from branches.models import Kind
from branches.rules.definitions.places import DEFAULTS
from branches.rules.registry import Definition, Subject
from branches.rules.shapes import Percentage, YearDeadline, YesNo


def _target(key: str, label: str, description: str) -> Definition:
    return Definition(key, label, description, Percentage(), Kind.COMMUNE)


REGIME = _target(
    "target.regime",
    "Chi bộ giữ đủ chế độ sinh hoạt",
    "Tỷ lệ chi bộ họp đủ thường kỳ và chuyên đề.",
)
STEPS = _target(
    "target.steps",
    "Chi bộ họp đủ nội dung, đúng trình tự",
    "Tỷ lệ chi bộ làm đủ các bước của buổi sinh hoạt.",
)
ATTENDANCE = _target(
    "target.attendance",
    "Đảng viên dự sinh hoạt hằng tháng",
    "Tỷ lệ có mặt trên số phải dự.",
)
ASSIGNED = _target(
    "target.assigned",
    "Đảng viên đang công tác được giao nhiệm vụ",
    "Không kể người được miễn và người đang bị đình chỉ sinh hoạt.",
)
RESIDENCE = _target(
    "target.residence",
    "Nơi cư trú nhận xét từ tốt trở lên",
    "Tỷ lệ đảng viên đang công tác được cấp ủy nơi cư trú đánh giá tốt.",
)
ORGANISATIONS_GOOD = _target(
    "target.organisations_good",
    "Tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ trở lên",
    "Tính theo kết quả xếp loại cuối năm.",
)
MEMBERS_GOOD = _target(
    "target.members_good",
    "Đảng viên hoàn thành tốt nhiệm vụ trở lên",
    "Tính theo kết quả xếp loại cuối năm.",
)
SETTLEMENTS = _target(
    "target.settlements",
    "Thôn, tổ dân phố có chi bộ",
    "Mục tiêu đến năm 2030.",
)
ASSIGN_BY = Definition(
    "assignment.by",
    "Hạn phân công nhiệm vụ cho đảng viên hằng năm",
    "Chi bộ giao nhiệm vụ cho từng đảng viên đang công tác.",
    YearDeadline(),
    Kind.COMMUNE,
)
RETIRED_ASSIGNED = Definition(
    "assignment.retired",
    "Đảng viên nghỉ hưu cũng được giao nhiệm vụ",
    "Cách hiểu “đảng viên đang công tác” khi tính chỉ tiêu giao nhiệm vụ.",
    YesNo("có tính", "không tính"),
    Kind.COMMUNE,
)
SUBJECT = Subject(
    "chi-tieu",
    "Chỉ tiêu và phân công nhiệm vụ",
    (
        REGIME, STEPS, ATTENDANCE, ASSIGNED, RESIDENCE, ORGANISATIONS_GOOD, MEMBERS_GOOD, SETTLEMENTS, ASSIGN_BY,
        RETIRED_ASSIGNED,
    ),
    DEFAULTS / "targets.toml",
)  # fmt: skip
