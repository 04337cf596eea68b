"""How each place of a year stands, of one organisation or of all below one. A constant number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from django.db.models import F
from django.db.models.lookups import IsNull
from django.urls import reverse

from branches.models import Kind, Organisation
from branches.models.summary import Month
from branches.rules.reading import Rulebook
from meetings.models import Meeting, MeetingKind, SlotChange, SlotDecision
from meetings.queries.book import QUARTERS
from meetings.queries.week_one import Measures
from meetings.slots import Known, Place, SlotState, last_day_of, places_of, quarter_of, state_of
from members.models import Office, Post
from portal.access.prepared import FIRST, LAST, Prepared, those
from portal.access.reach import paths_down_to

HAVE_SLOTS = (Kind.BRANCH,)  # whose meetings a year asks for
# how each is drawn: tone and icon in a strip, the cell of a grid
FACES = {
    SlotState.IN_TIME: ("ok", "check", "met"),
    SlotState.MOVED: ("ok", "check", "met"),
    SlotState.LATE: ("warn", "clock", "late"),
    SlotState.LOGGING: ("info", "edit", "drafting"),
    SlotState.PLANNED: ("mute", "calendar", "planned"),
    SlotState.COMING: ("mute", "dot", "none"),
    SlotState.MISSING: ("bad", "x", "missed"),
    SlotState.EXCUSED: ("mute", "minus", "excused"),
    SlotState.NOT_APPLICABLE: ("mute", "minus", "outside"),
}


@dataclass(frozen=True)
class Slot:
    place: Place
    state: SlotState
    last_day: date
    meeting: UUID | None = None
    day: date | None = None
    expected: int = 0
    came: int = 0
    because: str = ""  # of a decision
    steps_left: int = 0  # standard steps of a closed regular meeting that were not done

    @property
    def share(self) -> float | None:
        return 100 * self.came / self.expected if self.expected else None

    @property
    def tone(self) -> str:
        return FACES[self.state][0]

    @property
    def icon(self) -> str:
        return FACES[self.state][1]

    @property
    def cell(self) -> str:
        return FACES[self.state][2]

    @property
    def number(self) -> int:
        """Of the month or the quarter in its year."""
        month = self.place.period.month
        return (month + 2) // 3 if self.place.kind == MeetingKind.THEMATIC else month

    @property
    def text(self) -> str:
        return f"Quý {QUARTERS[self.number - 1]}" if self.place.kind == MeetingKind.THEMATIC else f"Th {self.number}"

    @property
    def short_day(self) -> str:
        return f"{self.day:%d/%m}" if self.day else ""

    @property
    def told(self) -> str:
        name = self.text if self.place.kind == MeetingKind.THEMATIC else f"Tháng {self.number}"
        on = f" ngày {self.day:%d/%m}" if self.day else ""
        return f"{name}: {self.state.label.lower()}{on}{f' ({self.because})' if self.because else ''}"

    @property
    def url(self) -> str:
        """A grid has hundreds of them: the address is looked up once."""
        return _address().replace(str(NOBODY), str(self.meeting)) if self.meeting else ""


NOBODY = UUID(int=0)


@cache
def _address() -> str:
    return reverse("meeting", args=[NOBODY])


Year = dict[Place, Slot]


def slots_of_year(
    organisations: Sequence[Organisation],
    year: int,
    *,
    today: date,
    book: Rulebook,
    kinds: Iterable[str] = (),
    until: date | None = None,
) -> dict[int, Year]:
    """By organisation. Whoever may see these organisations may see when they met.

    `until`: looking back from a day that is over, no meeting after it is known.
    """
    wanted = set(kinds) or {kind.value for kind in MeetingKind.of_slots()}
    places = [place for place in places_of(year) if place.kind in wanted]
    meetings = _meetings(organisations, year, until)
    decisions = _Decisions(organisations, year)
    rates = _rates(organisations, year)
    committees = _committees(organisations, year) if MeetingKind.COMMITTEE in wanted else {}
    measures = Measures(book)
    found: dict[int, Year] = {}
    for one in organisations:
        slots: Year = {}
        for place in places:
            row = meetings.get((one.pk, place))
            decision = decisions.of(one, place)
            known = _known(row, decision)
            measure = measures.of(one, place.period)
            last = last_day_of(place, measure, known.moved_until)
            owed = _owes(one, place, last, committees)
            state = state_of(place, known, measure, owed=owed, today=today, last=last)
            expected, came, left = (
                rates.get(row[0], (0, 0, 0)) if row and place.kind == MeetingKind.REGULAR else (0, 0, 0)
            )
            slots[place] = Slot(
                place, state, last, row[0] if row else None,
                known.day, expected, came, decision.because if decision else "", left,
            )  # fmt: skip
        found[one.pk] = slots
    return found


WHY = "of meetings and branches within reach"
IS_CLOSED, IS_STARTED = (IsNull(F(name), False) for name in ("closed_at", "started_at"))
HELD = Prepared(
    lambda: (
        Meeting.objects.everywhere(reason=WHY)
        .standing()
        .filter(organisation__in=those(), period__gte=FIRST, period__lte=LAST, kind__in=MeetingKind.of_slots())
        .order_by("day")
        .values_list("organisation_id", "kind", "period", "also_thematic", "pk", "day", IS_CLOSED, IS_STARTED)
    )
)
CAME = Prepared(
    lambda: (
        Month.objects.everywhere(reason=WHY)
        .filter(organisation__in=those(), month__gte=FIRST, month__lte=LAST, regular_held_on__isnull=False)
        .values_list("regular_meeting", "regular_expected", "regular_came", "regular_steps", "regular_steps_done")
    )
)
Row = tuple[UUID, date, bool, bool]  # closed, started


def _meetings(organisations: Sequence[Organisation], year: int, until: date | None) -> dict[tuple[int, Place], Row]:
    """A regular meeting combined with a thematic one fills two places; a thematic one of its own goes before."""
    found: dict[tuple[int, Place], Row] = {}
    asked = {FIRST: date(year, 1, 1), LAST: date(year, 12, 31)}
    for number, kind, period, also, pk, day, closed, started in HELD.rows([one.pk for one in organisations], asked):
        if until and day > until:
            continue
        row = (pk, day, closed, started)
        found[number, Place(kind, period)] = row
        if also:
            found.setdefault((number, Place(MeetingKind.THEMATIC.value, quarter_of(period))), row)
    return found


UNKNOWN = Known()


def _known(row: Row | None, decision: SlotDecision | None) -> Known:
    if row is None and decision is None:
        return UNKNOWN
    moved = decision.until if decision and decision.change == SlotChange.MOVED else None
    excused = bool(decision and decision.change == SlotChange.EXCUSED)
    if row is None:
        return Known(moved_until=moved, excused=excused)
    _, day, closed, started = row
    return Known(day, closed, started, moved, excused)


class _Decisions:
    """Of each place the nearest: the branch's own, then its committee's, up to the province's."""

    def __init__(self, organisations: Sequence[Organisation], year: int) -> None:
        above = {path for one in organisations for path in paths_down_to(one.path)}
        rows = SlotDecision.objects.everywhere(reason="of meetings and branches within reach").filter(
            organisation__path__in=above, period__year=year
        )
        self._rows: dict[tuple[str, date], dict[str, SlotDecision]] = {}
        for row in rows.select_related("organisation"):
            self._rows.setdefault((row.kind, row.period), {})[row.organisation.path] = row

    def of(self, organisation: Organisation, place: Place) -> SlotDecision | None:
        """For most places nobody has decided anything."""
        known = self._rows.get((place.kind, place.period))
        if known is None:
            return None
        return next((known[path] for path in reversed(paths_down_to(organisation.path)) if path in known), None)


def _rates(organisations: Sequence[Organisation], year: int) -> dict[UUID, tuple[int, int, int]]:
    """Of closed regular meetings, from the summary: expected, came, steps left out."""
    asked = {FIRST: date(year, 1, 1), LAST: date(year, 12, 31)}
    rows = CAME.rows([one.pk for one in organisations], asked)
    return {pk: (expected, came, max(steps, 1) - done) for pk, expected, came, steps, done in rows}


def _committees(organisations: Sequence[Organisation], year: int) -> dict[int, list[tuple[date | None, date | None]]]:
    """From when to when a branch had a chi ủy: somebody elected to it beside secretary and deputy."""
    rows = Office.objects.everywhere(reason="of meetings and branches within reach").filter(
        organisation__in=[one.pk for one in organisations], post=Post.COMMITTEE
    )
    found: dict[int, list[tuple[date | None, date | None]]] = {}
    for number, since, until in rows.values_list("organisation_id", "since", "until"):
        found.setdefault(number, []).append((since, until))
    return found


def _owes(
    organisation: Organisation,
    place: Place,
    last: date,
    committees: dict[int, list[tuple[date | None, date | None]]],
) -> bool:
    """As the summary counts it: whoever came in the course of a period owes nothing for it yet."""
    if organisation.kind not in HAVE_SLOTS or not organisation.lives_on(place.period):
        return False
    if organisation.joined_on and organisation.joined_on > place.period:
        return False
    if organisation.ended_by(last):
        return False
    if place.kind != MeetingKind.COMMITTEE:
        return True
    spells = committees.get(organisation.pk, [])
    return any(
        (since is None or since <= place.period) and (until is None or until >= place.period) for since, until in spells
    )
