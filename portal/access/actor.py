"""The person at work in a request or a job: the account, what it holds today, and the capacity it acts in."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from portal.access.grants import Held, held_by
from portal.access.permissions import EVERYBODY, Permission
from portal.words.errors import NotAllowed

if TYPE_CHECKING:
    from portal.accounts.models import Account


@dataclass(frozen=True)
class Actor:
    """One acts in one capacity at a time: what another of one's grants would allow, this one does not.

    An actor lives as long as a request or a job. `read_once` keeps what upper floors read once for all of it, each under
    a key of its own; the floor that puts something there forgets it when it writes.
    """

    account: "Account"
    held: tuple[Held, ...] = ()
    capacity: Held | None = None
    read_once: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def today(cls, account: "Account", *, capacity: int | None = None) -> "Actor":
        """With the grants of today; in the capacity of that grant if it is still held, else in the first."""
        held = held_by(account, timezone.localdate())
        chosen = next((one for one in held if one.grant_id == capacity), held[0] if held else None)
        return cls(account, held, chosen)

    @property
    def reach(self) -> tuple[Any, ...]:
        """What says where the capacity reaches, and what it opens there: two with the same are shown the same of others."""
        held = self.capacity
        return (held.role, held.path, held.whole, held.opened) if held else ()

    def may(self, permission: Permission, path: str | None = None) -> bool:
        """May I, at all, or in the organisation at this path?"""
        if permission in EVERYBODY:
            return True
        if self.capacity is None:
            return False
        by_role = self.capacity.gives(permission) and (path is None or self.capacity.reaches(path))
        return by_role or self.capacity.opens(permission, path)

    def need(self, permission: Permission, path: str | None = None) -> None:
        """The first line of every service: may they?"""
        if not self.may(permission, path):
            raise NotAllowed(permission.refusal)
