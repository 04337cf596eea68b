from branches.models import BranchType, Kind
from branches.rules.definitions.places import DEFAULTS
from branches.rules.registry import Definition, Subject
from branches.rules.shapes import TextList, YearDeadline

LEAD = "Mỗi dòng một nhiệm vụ; khi lập dự kiến đầu năm, mỗi đảng viên được các dòng này rồi chi bộ sửa cho từng người."


def _template(of: str, title: str) -> Definition:
    return Definition(f"assignment.template.{of}", f"Nhiệm vụ mẫu: {title}", LEAD, TextList(most=12))


GIVEN_BY = Definition(
    "assignment.given_by",
    "Hạn giao nhiệm vụ năm cho đảng viên",
    "Mọi đảng viên đang công tác có nhiệm vụ trước khi hết hạn này.",
    YearDeadline(),
    Kind.COMMUNE,
)
VILLAGE = _template("village", "chi bộ thôn, bản, tổ dân phố")
OFFICE = _template("office", "chi bộ cơ quan, công an, quân sự")
SCHOOL = _template("school", "chi bộ trường học")
HEALTH = _template("health", "chi bộ y tế")
ENTERPRISE = _template("enterprise", "chi bộ doanh nghiệp, hợp tác xã")
OTHER = _template("other", "chi bộ loại khác")
TEMPLATE_OF = {
    BranchType.VILLAGE: VILLAGE,
    BranchType.NEIGHBOURHOOD: VILLAGE,
    BranchType.OFFICE: OFFICE,
    BranchType.POLICE: OFFICE,
    BranchType.MILITARY: OFFICE,
    BranchType.SCHOOL: SCHOOL,
    BranchType.HEALTH: HEALTH,
    BranchType.ENTERPRISE: ENTERPRISE,
    BranchType.COOPERATIVE: ENTERPRISE,
}
SUBJECT = Subject(
    "nhiem-vu",
    "Nhiệm vụ của đảng viên",
    (GIVEN_BY, VILLAGE, OFFICE, SCHOOL, HEALTH, ENTERPRISE, OTHER),
    DEFAULTS / "assignments.toml",
)


def template_of(branch_type: str) -> Definition:
    return TEMPLATE_OF.get(BranchType(branch_type), OTHER)
