"""Which rules there are. Apps upstairs publish their own beside those of `definitions`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from pathlib import Path
from typing import Any, Generic, TypeVar

from branches.models import Kind
from branches.rules.shapes import Shape

T = TypeVar("T")


class Bound(Enum):
    """Whether a lower office may set what it likes, or only something stricter than what holds above it."""

    FREE = ""
    NOT_LESS = "không được thấp hơn mức của cấp trên"
    NOT_MORE = "không được cao hơn, muộn hơn mức của cấp trên"


class Backdating(Enum):
    """How far back an office may let a rule of its own begin.

    What has been judged by a rule moves with it. Within the current year nothing is final yet: the year's ranking is made
    in December, and a province's rule signed in February is meant for the whole year. The years before are ranked and
    reported; they stay as they were judged. A time limit that runs against a person may not be shortened backwards at all.
    """

    THIS_YEAR = "từ ngày đầu của năm nay"
    NOT_AT_ALL = "từ hôm nay"

    def earliest(self, today: date) -> date:
        return date(today.year, 1, 1) if self is Backdating.THIS_YEAR else today


class Certainty(StrEnum):
    READ = "read"
    GENERAL = "general"
    NOT_FOUND = "not found"
    PROPOSED = "proposed"
    OWN = "own"

    @property
    def words(self) -> str:
        return CERTAINTIES[self][0]

    @property
    def tone(self) -> str:
        return CERTAINTIES[self][1]

    @property
    def icon(self) -> str:
        return "check-circle" if self.tone == "ok" else "info"

    @property
    def doubtful(self) -> bool:
        return self.tone == "warn"


CERTAINTIES = {
    Certainty.READ: ("đã đọc tại nguồn", "ok"),
    Certainty.GENERAL: ("chưa kiểm chứng với bản gốc", "warn"),
    Certainty.NOT_FOUND: ("chưa tìm thấy văn bản, tạm lấy", "warn"),
    Certainty.PROPOSED: ("mức cổng đề xuất", "info"),
    Certainty.OWN: ("cấp ủy quy định", "ok"),
}
HEIGHT = {kind: height for height, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Definition(Generic[T]):
    """A rule as code knows it. `lowest`: the lowest kind of organisation that may have its own; None: the whole country."""

    key: str
    label: str
    description: str
    shape: Shape[T]
    lowest: Kind | None = None
    bound: Bound = Bound.FREE
    backdating: Backdating = Backdating.THIS_YEAR

    def may_be_set_in(self, kind: str) -> bool:
        return self.lowest is not None and HEIGHT[Kind(kind)] <= HEIGHT[self.lowest]

    def laxer(self, own: T, above: T) -> bool:
        """Would this value of a lower office ask for less than the one above it?"""
        if self.bound is Bound.FREE:
            return False
        mine, theirs = self.shape.weight(own), self.shape.weight(above)
        return mine < theirs if self.bound is Bound.NOT_LESS else mine > theirs

    @property
    def who_may(self) -> str:
        """Who may set it, in words."""
        if self.lowest is None:
            return "Mức chung của cả nước, không nơi nào đặt riêng."
        where = {
            Kind.PROVINCE: "Tỉnh ủy, Thành ủy",
            Kind.COMMUNE: "Tỉnh ủy, Đảng ủy xã, phường",
            Kind.BRANCH: "Tỉnh ủy, Đảng ủy xã, phường, kể cả riêng cho từng chi bộ",
        }[self.lowest]
        bound = f"; cấp dưới {self.bound.value}" if self.bound.value else ""
        return f"{where} được đặt mức riêng{bound}."


@dataclass(frozen=True)
class Subject:
    """A section of the screen: `name` is its anchor; `defaults` the file with what holds in the whole country."""

    name: str
    title: str
    definitions: tuple[Definition[Any], ...]
    defaults: Path


class UnknownRule(LookupError):
    """A key that nobody published. A mistake in the code or in an address."""


_subjects: dict[str, Subject] = {}
_definitions: dict[str, Definition[Any]] = {}


def publish(subject: Subject) -> None:
    """Called by an app as it starts, twice where apps are set up anew. A key belongs to one subject."""
    if _subjects.get(subject.name) is subject:
        return
    keys = [definition.key for definition in subject.definitions]
    if subject.name in _subjects or len(set(keys)) < len(keys) or set(keys) & set(_definitions):
        raise ValueError(f"{subject.name}: published already, or one of its keys is.")
    _subjects[subject.name] = subject
    _definitions.update(zip(keys, subject.definitions, strict=True))


def subjects() -> Iterator[Subject]:
    yield from _subjects.values()


def definitions() -> Iterator[Definition[Any]]:
    yield from _definitions.values()


def definition_of(key: str) -> Definition[Any]:
    try:
        return _definitions[key]
    except KeyError:
        raise UnknownRule(key) from None
