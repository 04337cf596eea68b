"""What a rule of due work says, and which rules there are."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from django.db.models import QuerySet

from portal.access.permissions import Permission

READ = "what questions depend on"


class Limit(StrEnum):
    """“Before D”: the day before D is the last good one. “Through D”: D is."""

    BEFORE = "before"
    THROUGH = "through"


@dataclass(frozen=True)
class Asked:
    """One asking: for which day, and what upper floors read once for all rules of it (as with an actor)."""

    on: date
    read_once: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Open:
    """What is open: rows, and in which columns (or expressions) the engine finds what it needs."""

    rows: QuerySet[Any]
    subject: Any  # text that stays the same as long as it is the same thing to be done
    organisation: Any  # whose it is, by number
    place: Any  # the path of it
    since: Any  # from this day it is shown
    limit: Any  # the day that the rule names
    stages: Any  # days from the last good day on which people are told: -30, -7, 1
    facts: Mapping[str, Any] = field(default_factory=dict)  # what the sentence needs
    account: str | None = None  # personal: of this account alone


@dataclass(frozen=True)
class Step:
    """The one next thing to do."""

    url: str
    verb: str


class Duty(ABC):
    """A rule. It lives in the app that owns the date; the app publishes it when it starts."""

    code: ClassVar[str]  # in addresses: sua-ho-so
    title: ClassVar[str]  # over a group of them: “Trả lời đề nghị sửa hồ sơ”
    icon: ClassVar[str] = "clock"
    doer: ClassVar[Permission | None] = None  # held at the organisation itself; None: personal
    limit: ClassVar[Limit] = Limit.THROUGH
    is_news: ClassVar[bool] = False  # told when it happens; nothing has to be done, so no list of what is due has it

    @abstractmethod
    def open(self, asked: Asked) -> Open:
        """What is not done. Doing it takes it out of the rows. It puts the question and reads nothing but what
        `questions_depend_on` names, for the words of a question are kept."""

    @abstractmethod
    def words(self, facts: Mapping[str, Any]) -> str:
        """One of them, in a sentence that begins with a verb."""

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        """What else there is to know on this day."""
        return ""

    @abstractmethod
    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        """Where to go on."""


_duties: dict[str, Duty] = {}
_read: list[Callable[[Asked], str]] = []


def publish_duties(duties: Iterable[Duty]) -> None:
    _duties.update({duty.code: duty for duty in duties})


def questions_depend_on(read: Callable[[Asked], str]) -> None:
    """What rules read, beside the day, to put their questions: where it says the same, they ask in the same words."""
    if read not in _read:
        _read.append(read)


def what_questions_depend_on(asked: Asked) -> tuple[str, ...]:
    """Read once for all rules of one asking."""
    if READ not in asked.read_once:
        asked.read_once[READ] = tuple(read(asked) for read in _read)
    return asked.read_once[READ]


def duties() -> list[Duty]:
    """What may be due."""
    return [duty for duty in _duties.values() if not duty.is_news]


def duties_and_news() -> list[Duty]:
    return list(_duties.values())


def duty_named(code: str) -> Duty | None:
    """None: a notice of a rule that the portal no longer has."""
    return _duties.get(code)
