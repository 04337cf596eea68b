"""Which set of criteria a meeting is scored by: the nearest that holds on its day, up the tree to the whole country."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from branches.models import Ancestry, Kind, Organisation
from meetings.models import CriteriaSet, Criterion, Meeting, MeetingKind, QualityScore
from meetings.quality.measurers import MEASURERS
from meetings.quality.sets import NewBlock, NewCriterion, NewSet
from portal.words.quantities import day, number


class SetsInForce:
    """Of one organisation or of thousands: two queries, and one more for each set that is looked into."""

    def __init__(self, organisations: Iterable[int]) -> None:
        rows = CriteriaSet.objects.everywhere(reason="by what one is judged is no secret to those below")
        self._sets: dict[tuple[int | None, str], list[CriteriaSet]] = defaultdict(list)
        for row in rows.select_related("organisation").order_by("since", "pk"):
            self._sets[row.organisation_id, row.kind].append(row)
        self._above = self._chains(organisations)

    def of(self, organisation: int, kind: str, on: date) -> CriteriaSet | None:
        for place in (*self._places(organisation, on), None):
            for row in self._sets.get((place, kind), ()):
                if (row.since is None or row.since <= on) and (row.until is None or on <= row.until):
                    return row
        return None

    def _places(self, organisation: int, on: date) -> Iterable[int]:
        return (row.ancestor_id for row in self._above.get(organisation, ()) if on in row.days)

    def _chains(self, organisations: Iterable[int]) -> dict[int, list[Ancestry]]:
        having = {place for place, _ in self._sets if place is not None}
        found: dict[int, list[Ancestry]] = defaultdict(list)
        if having:
            rows = Ancestry.objects.everywhere(reason="by what one is judged is no secret to those below")
            for row in rows.filter(organisation__in=list(organisations), ancestor__in=having).order_by("depth"):
                found[row.organisation_id].append(row)
        return found


def set_in_force(organisation: Organisation, kind: str, on: date) -> CriteriaSet | None:
    return SetsInForce([organisation.pk]).of(organisation.pk, kind, on)


def set_of_meeting(meeting: Meeting) -> CriteriaSet | None:
    """The one that it was scored by; before that, the one that holds on its day."""
    if meeting.kind not in MeetingKind.scored():
        return None
    scores = QualityScore.objects.everywhere(reason="of a meeting that was reached").filter(meeting=meeting, gone=False)
    used = scores.select_related("criteria").order_by("saved_at").first()
    return used.criteria if used else set_in_force(meeting.organisation, meeting.kind, meeting.day)


def lines_of(criteria: CriteriaSet) -> list[Criterion]:
    """In their order, each with its block: one query."""
    rows = Criterion.objects.everywhere(reason="of a set that holds here").filter(block__criteria=criteria)
    return list(rows.select_related("block").order_by("block__position", "position", "pk"))


def said_in(criteria: CriteriaSet, lines: Sequence[Criterion]) -> NewSet:
    """What a set says: to be copied, to be compared."""
    blocks: dict[int, tuple[str, list[NewCriterion]]] = {}
    for line in lines:
        said = NewCriterion(line.words, line.most, line.fills, line.must_be_full)
        blocks.setdefault(line.block_id, (line.block.title, []))[1].append(said)
    return NewSet(
        criteria.kind,
        criteria.name,
        tuple(NewBlock(title, tuple(own)) for title, own in blocks.values()),
        criteria.document,
    )


def own_sets(organisation: Organisation, kind: str) -> list[CriteriaSet]:
    """Its own, the latest first."""
    rows = CriteriaSet.objects.everywhere(reason="by what one is judged is no secret to those below")
    return list(rows.filter(organisation=organisation, kind=kind).order_by(F("since").desc(nulls_last=True)))


@dataclass(frozen=True)
class Shown:
    """What holds in a place today, and its own sets before and after."""

    criteria: CriteriaSet
    lines: list[Criterion]
    is_own: bool
    own: list[CriteriaSet]

    @property
    def whom(self) -> str:
        return self.criteria.organisation.name if self.criteria.organisation else "Cả nước"

    @property
    def blocks(self) -> list[tuple[str, int, list[tuple[Criterion, str]]]]:
        """Titles and points, and of each its criteria with how they are filled."""
        found: dict[int, list[tuple[Criterion, str]]] = {}
        for line in self.lines:
            how = f"Tự điền: {MEASURERS[line.fills].label.lower()}" if line.fills in MEASURERS else "Chi bộ chấm"
            found.setdefault(line.block_id, []).append((line, how))
        return [(own[0][0].block.title, sum(line.most for line, _ in own), own) for own in found.values()]


def shown_sets(organisation: Organisation, kind: str, today: date) -> Shown | None:
    criteria = set_in_force(organisation, kind, today)
    if criteria is None:
        return None
    own = [row for row in own_sets(organisation, kind) if row != criteria]
    return Shown(criteria, lines_of(criteria), criteria.organisation_id == organisation.pk, own)


@dataclass(frozen=True)
class Change:
    """What a set of one's own makes different, for whoever is about to set it."""

    added: list[NewCriterion]
    left_out: list[NewCriterion]
    changed: list[tuple[NewCriterion, NewCriterion]]
    since: date
    branches: int
    own_below: int

    @property
    def same(self) -> bool:
        return not (self.added or self.left_out or self.changed)

    @property
    def sentence(self) -> str:
        return f"Từ {day(self.since)}, {number(self.branches)} chi bộ chấm theo bộ này."


def change_of(before: NewSet, after: NewSet, organisation: Organisation, since: date) -> Change:
    """Criteria are the same that say the same."""
    old, new = ({line.words: line for line in said.lines} for said in (before, after))
    places = Organisation.objects.everywhere(reason="how many branches a set reaches is a figure")
    branches = places.at_or_below(organisation.path).living(since).filter(kind=Kind.BRANCH)
    below = CriteriaSet.objects.everywhere(reason="how many have a set of their own is a figure").on(since)
    below = below.filter(kind=after.kind, organisation__path__startswith=organisation.path)
    return Change(
        added=[line for words, line in new.items() if words not in old],
        left_out=[line for words, line in old.items() if words not in new],
        changed=[(old[words], line) for words, line in new.items() if words in old and old[words] != line],
        since=since,
        branches=branches.count(),
        own_below=below.exclude(organisation=organisation).count(),
    )
