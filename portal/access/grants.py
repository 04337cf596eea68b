"""What somebody holds today. The rows live upstairs in `branches`; the door asks for them through this registry."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from portal.access.permissions import OPENED_BY_ENQUIRY, Permission
from portal.access.roles import ROLES, Reach, Role

if TYPE_CHECKING:
    from portal.accounts.models import Account


@dataclass(frozen=True)
class Held:
    """One grant as the door sees it: a role, in an organisation, until a day."""

    grant_id: int
    role: Role
    organisation_id: int
    organisation_name: str
    path: str  # of the organisation in today's tree: /1/4/12/
    until: date | None = None
    acting_for: str = ""
    whole: bool = False  # a branch: below it are only its own cells, and the records of those that went on in it
    opened: tuple[str, ...] = ()  # paths of the organisations whose persons this capacity has asked to see, today

    @property
    def label(self) -> str:
        acting = f" (thay đ/c {self.acting_for})" if self.acting_for else ""
        return f"{self.role.label}{acting}"

    def gives(self, permission: Permission) -> bool:
        return permission in ROLES[self.role].permissions

    def reaches(self, path: str) -> bool:
        return path.startswith(self.path) if self.reaches_below else path == self.path

    def opens(self, permission: Permission, path: str | None = None) -> bool:
        """By an enquiry that is open: in the organisation asked about and below it, nowhere else."""
        if permission not in OPENED_BY_ENQUIRY or not self.gives(Permission.ASK_FOR_PERSONS):
            return False
        return bool(self.opened) if path is None else any(path.startswith(opened) for opened in self.opened)

    @property
    def is_of_one_branch(self) -> bool:
        return self.whole or not self.reaches_below

    @property
    def is_top(self) -> bool:
        """Held where the tree begins."""
        return self.path.count("/") == 2

    @property
    def reaches_below(self) -> bool:
        return self.whole or ROLES[self.role].reach is Reach.BELOW


Source = Callable[["Account", date], tuple[Held, ...]]
_sources: list[Source] = []


def grants_come_from(source: Source) -> None:
    _sources[:] = [source]


def held_by(account: "Account", on: date) -> tuple[Held, ...]:
    return _sources[0](account, on) if _sources else ()
