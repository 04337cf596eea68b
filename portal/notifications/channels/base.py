from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, ClassVar

from django.db.models import Q

from portal.notifications.models import Delivery, Notice


class Refused(Exception):
    """This one will never go: the sentence says why."""


class TryLater(Exception):
    """This one did not go now."""


class Unreachable(Exception):
    """Nothing goes now: who carries it does not answer."""


class Channel(ABC):
    code: ClassVar[str]
    label: ClassVar[str]
    question: ClassVar[str]

    @abstractmethod
    def serves(self) -> bool:
        """Whether this server is set up for it."""

    @abstractmethod
    def reaches(self) -> Q:
        """Which accounts have what it takes."""

    @abstractmethod
    def line(self) -> AbstractContextManager[Any]:
        """Opened once for many. Raises Unreachable."""

    @abstractmethod
    def send(self, line: Any, delivery: Delivery, notices: Sequence[Notice]) -> None:
        """Gone when it returns. Sent twice, it must be seen to be the same: it carries the delivery's mark."""


def mark_of(delivery: Delivery) -> str:
    """The same for every attempt; another where somebody asks for it once more."""
    return f"nhac-viec.{delivery.on:%Y%m%d}.{delivery.pk}.{delivery.asked_again}"
