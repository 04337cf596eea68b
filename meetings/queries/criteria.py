"""Which set of criteria a meeting is scored by: the nearest that holds on its day, up the tree to the whole country."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from branches.models import Ancestry, Organisation
from meetings.models import CriteriaSet, Criterion, Meeting, MeetingKind, QualityScore


class SetsInForce:
    """Of one organisation or of thousands: two queries, and one more for each set that is looked into."""

    def __init__(self, organisations: Iterable[int]) -> None:
        rows = CriteriaSet.objects.everywhere(reason="by what one is judged is no secret to those below")
        self._sets: dict[tuple[int | None, str], list[CriteriaSet]] = defaultdict(list)
        for row in rows.order_by("since", "pk"):
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
