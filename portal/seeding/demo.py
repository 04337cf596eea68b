"""The people of the demo whom everybody knows: one a role."""

from dataclasses import dataclass

DEMO_PASSWORD = "Chibo@2026"  # noqa: S105  known to all, refused in production (portal/checks.py)


@dataclass(frozen=True)
class DemoAccount:
    username: str
    full_name: str
    role: str
    is_administrator: bool = False


DEMO_ACCOUNTS = [
    DemoAccount("bithu", "Lò Văn Thịnh", "Bí thư chi bộ"),
    DemoAccount("quantri", "Trịnh Minh Khôi", "Quản trị", is_administrator=True),
]
