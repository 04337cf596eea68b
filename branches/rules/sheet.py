"""What the screens of the rules show: the sections of the list, the time line of one rule, what setting one would change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from branches.models import Kind, Organisation
from branches.rules.reading import Entry, Rulebook, Standing
from branches.rules.registry import Definition, Subject, subjects
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.words.quantities import day, number
from portal.words.text import search_key

WHOLE_COUNTRY = "Cả nước"


@dataclass(frozen=True)
class Line:
    """One rule as it holds here today."""

    definition: Definition[Any]
    standing: Standing[Any]
    whom: str
    here: bool

    @property
    def words(self) -> list[str]:
        return self.definition.shape.brief(self.standing.value)

    @property
    def words_whole(self) -> list[str]:
        return self.definition.shape.lines(self.standing.value)


@dataclass(frozen=True)
class Section:
    subject: Subject
    lines: list[Line]

    @property
    def own(self) -> int:
        """How many are set by this organisation itself."""
        return sum(line.here for line in self.lines)


class Sheet:
    """The rules of one organisation on a day. `trail`: from the root down to it, for the names."""

    def __init__(self, book: Rulebook, trail: Sequence[Organisation], on: date) -> None:
        self.book, self.organisation, self.on = book, trail[-1], on
        self._names = {place.pk: place.name for place in trail}

    def sections(self, sought: str = "") -> list[Section]:
        key = search_key(sought)
        found = [Section(subject, self._lines(subject, key)) for subject in subjects()]
        return [section for section in found if section.lines]

    def _lines(self, subject: Subject, key: str) -> list[Line]:
        lines = [self.line(definition) for definition in subject.definitions]
        return [line for line in lines if key in _searched(subject, line)] if key else lines

    def line(self, definition: Definition[Any]) -> Line:
        standing = self.book.source_of(definition, self.organisation, on=self.on)
        here = standing.entry.organisation == self.organisation.pk
        return Line(definition, standing, self.whom(standing.entry), here)

    def whom(self, entry: Entry) -> str:
        return WHOLE_COUNTRY if entry.organisation is None else self._names.get(entry.organisation, "cấp trên")

    def moments(self, definition: Definition[Any]) -> list["Moment"]:
        """All that was, is or will be set along the chain, the newest first."""
        entries = list(self.book.chain(definition.key, self.organisation, self.on))
        return [self._moment(definition, entry) for entry in sorted(entries, key=lambda e: e.since, reverse=True)]

    def _moment(self, definition: Definition[Any], entry: Entry) -> "Moment":
        words = (
            ["Theo cấp trên"] if entry.follows_above else definition.shape.lines(definition.shape.load(entry.stored))
        )
        coming = entry.since > self.on
        own = entry.organisation == self.organisation.pk
        return Moment(entry, words, self.whom(entry), self._state(definition, entry), own and coming)

    def _state(self, definition: Definition[Any], entry: Entry) -> "State":
        now = self.book.source_of(definition, self.organisation, on=self.on).entry
        if entry == now:
            return State("ok", "check-circle", "Đang áp dụng")
        if entry.since > self.on:
            then = self.book.source_of(definition, self.organisation, on=entry.since).entry
            counts = entry == then or entry.follows_above
            return State("info", "clock", "Sắp áp dụng") if counts else self._unheeded(entry, then)
        rows = self.book.entries(definition.key, entry.organisation)
        if any(entry.since < row.since <= self.on for row in rows):
            return State("mute", "clock", "Đã thay")
        if entry.follows_above:
            return State("ok", "check-circle", "Đang theo cấp trên")
        return self._unheeded(entry, now)

    def _unheeded(self, entry: Entry, instead: Entry) -> "State":
        chain = [None, *self.book.ancestry.ancestors(self.organisation, self.on)]
        nearer = chain.index(instead.organisation) > chain.index(entry.organisation)
        why = "nơi gần hơn có mức riêng" if nearer else "mức của cấp trên chặt hơn"
        return State("mute", "minus", f"Không áp dụng ở đây: {why}")


@dataclass(frozen=True)
class State:
    tone: str
    icon: str
    words: str


@dataclass(frozen=True)
class Moment:
    entry: Entry
    words: list[str]
    whom: str
    state: State
    may_be_taken_back: bool


@dataclass(frozen=True)
class Effect:
    """What setting a rule would change, before it is done. `value` None: the level above is followed again."""

    since: date
    before: list[str]
    after: list[str]
    branches: int
    own_below: int
    itself_a_branch: bool
    backdated: bool

    @property
    def sentence(self) -> str:
        before, after = ("mức đang có", "mức mới") if self.long else (self.before[0], self.after[0])
        return f"Từ {day(self.since)} thay {before} bằng {after}, áp dụng cho {self.for_whom}."

    @property
    def long(self) -> bool:
        """Lists and tables do not fit into a sentence: they stand under it."""
        return len(self.before) > 1 or len(self.after) > 1

    @property
    def for_whom(self) -> str:
        return "chi bộ này" if self.itself_a_branch else f"{number(self.branches)} chi bộ"


def effect_of(
    definition: Definition[Any], organisation: Organisation, *, since: date, value: Any, on: date, by: Actor
) -> Effect:
    book = Rulebook.of(by)
    above = book.source_of(definition, organisation, on=since, but_itself=True).value
    before = book.value(definition, organisation, on=since)
    below = Organisation.objects.allowed(by, Permission.SET_RULES).at_or_below(organisation.path)
    own = below.filter(pk__in=book.organisations_with_own(definition.key, since)).exclude(pk=organisation.pk)
    return Effect(
        since=since,
        before=definition.shape.lines(before),
        after=definition.shape.lines(above if value is None else value),
        branches=below.filter(kind=Kind.BRANCH).count(),
        own_below=own.count(),
        itself_a_branch=organisation.kind == Kind.BRANCH,
        backdated=since < on,
    )


def _searched(subject: Subject, line: Line) -> str:
    """By its words, by its section's, and by what it says: “phút” finds all durations."""
    rule = line.definition
    return search_key(" ".join([rule.label, rule.description, subject.title, *line.words_whole]))
