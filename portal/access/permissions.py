"""What can be asked of the portal. A permission is a verb on a noun; who holds which is a role's matter."""

from enum import StrEnum


class Permission(StrEnum):
    READ_HELP = "read help"
    WRITE_HELP = "write help"
    SEE_STYLE_GUIDE = "see the style guide"

    @property
    def refusal(self) -> str:
        """What somebody is told who lacks it."""
        return _REFUSALS[self]


_REFUSALS = {
    Permission.READ_HELP: "Đồng chí cần đăng nhập để đọc trợ giúp.",
    Permission.WRITE_HELP: "Chỉ quản trị mới được sửa trang trợ giúp và bảng thuật ngữ.",
    Permission.SEE_STYLE_GUIDE: "Bộ thành phần dành cho người xây dựng và quản trị cổng.",
}
EVERYBODY = frozenset({Permission.READ_HELP})
ADMINISTRATOR = EVERYBODY | {Permission.WRITE_HELP, Permission.SEE_STYLE_GUIDE}
