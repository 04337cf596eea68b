"""The people of the demo whom everybody knows: one a role."""

from dataclasses import dataclass

from portal.access.roles import Role

DEMO_PASSWORD = "Chibo@2026"  # noqa: S105  known to all, refused in production (portal/checks.py)
PROVINCE, COMMUNE, BRANCH = "TB", "TB001", "TB001-01"


@dataclass(frozen=True)
class DemoAccount:
    username: str
    full_name: str
    role: Role
    place: str  # code of the organisation


DEMO_ACCOUNTS = [
    DemoAccount("bithu", "Lò Văn Thịnh", Role.SECRETARY, BRANCH),
    DemoAccount("thuky", "Đặng Thị Thơm", Role.CLERK, BRANCH),
    DemoAccount("dangvien", "Phạm Đức Hậu", Role.MEMBER, BRANCH),
    DemoAccount("vanphong", "Đinh Thị Mai", Role.COMMUNE_OFFICE, COMMUNE),
    DemoAccount("thuongtruc", "Vũ Quang Vinh", Role.COMMUNE_LEADER, COMMUNE),
    DemoAccount("danguyvien", "Nông Thị Hạnh", Role.COMMUNE_MEMBER, COMMUNE),
    DemoAccount("kiemtra", "Trần Đình Sơn", Role.INSPECTOR, COMMUNE),
    DemoAccount("mattran", "Bùi Thị Loan", Role.FRONT, COMMUNE),
    DemoAccount("bantochuc", "Hồ Trung Kiên", Role.PROVINCE_OFFICE, PROVINCE),
    DemoAccount("tinhuyvien", "Lâm Thị Phượng", Role.PROVINCE_MEMBER, PROVINCE),
    DemoAccount("quantri", "Trịnh Minh Khôi", Role.ADMINISTRATOR, PROVINCE),
]
