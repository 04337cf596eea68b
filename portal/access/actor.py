"""The person at work in a request or a job: the account, and what it may do."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.access.permissions import ADMINISTRATOR, EVERYBODY, Permission
from portal.words.errors import NotAllowed

if TYPE_CHECKING:
    from portal.accounts.models import Account


@dataclass(frozen=True)
class Actor:
    account: "Account"

    @property
    def permissions(self) -> frozenset[Permission]:
        return ADMINISTRATOR if self.account.is_administrator else EVERYBODY

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def need(self, permission: Permission) -> None:
        """The first line of every service: may they?"""
        if not self.may(permission):
            raise NotAllowed(permission.refusal)
