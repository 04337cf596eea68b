"""Who has sent and who has not: of each report that those below owe, what came, when, and what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.timezone import localtime

from branches.models import Kind, Organisation, Placement
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.reports.expected import Expected, due_kinds, expected_in
from portal.reports.kinds.kind import ReportKind
from portal.reports.models import Arrival, ArrivalState
from portal.reports.models.arrival import ArrivalQuerySet
from portal.words.quantities import number

WHY = "who stands below a place that was reached, and whether it has sent"
ALL, NOT_SENT, WAITING, TAKEN, RETURNED, LATE = "", "chua-gui", "cho-nhan", "da-nhan", "tra-lai", "gui-muon"
FILTERS = {
    ALL: "Tất cả", NOT_SENT: "Chưa gửi", WAITING: "Chờ xác nhận", TAKEN: "Đã nhận", RETURNED: "Trả lại", LATE: "Gửi muộn",
}  # fmt: skip
_STATES = {
    ArrivalState.ARRIVED.value: WAITING, ArrivalState.ACKNOWLEDGED.value: TAKEN, ArrivalState.RETURNED.value: RETURNED,
}  # fmt: skip
MANY = 2_000  # arrivals of a year at one place: 150 communes, twelve times


@dataclass(frozen=True)
class Sender:
    """One that stood below from a day to a day."""

    pk: int
    name: str
    kind: str
    since: date | None
    until: date | None
    begins: date | None  # it was founded, or it joined the portal
    ends: date | None  # the first day without it

    def owes(self, expected: Expected, today: date) -> bool:
        """It stood here when the period was over, and the portal had its last month whole."""
        day = min(expected.period.ends or today, today)
        here = (self.since is None or self.since <= day) and (self.until is None or self.until >= day)
        living = self.ends is None or self.ends > day
        return (
            here
            and living
            and self.kind in expected.kind.of
            and (self.begins is None or self.begins <= expected.in_use_by)
        )


@dataclass(frozen=True)
class Row:
    """One sender of one report. `first_at`: when it first came; what was returned and replaced is no later for that."""

    pk: int
    name: str
    arrival: Arrival | None
    first_at: datetime | None
    due: date
    today: date

    @property
    def state(self) -> str:
        return _STATES[self.arrival.state] if self.arrival else NOT_SENT

    @property
    def days_late(self) -> int:
        day = localtime(self.first_at).date() if self.first_at else self.today
        return max((day - self.due).days, 0)

    @property
    def is_late(self) -> bool:
        return self.days_late > 0

    @property
    def overdue_words(self) -> str:
        return f"Quá hạn {number(self.days_late)} ngày"

    def fits(self, asked: str) -> bool:
        return self.is_late and bool(self.arrival) if asked == LATE else asked in (ALL, self.state)


@dataclass(frozen=True)
class Round:
    """A report that those below owe, and who of them has sent it."""

    expected: Expected
    today: date
    rows: Sequence[Row] = field(default=())

    @property
    def is_over(self) -> bool:
        return self.expected.is_over(self.today)

    def count(self, asked: str) -> int:
        return sum(row.fits(asked) for row in self.rows)

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        return [(name, label, self.count(name)) for name, label in FILTERS.items()]

    @property
    def sent(self) -> int:
        return len(self.rows) - self.count(NOT_SENT)

    @property
    def missing(self) -> list[Row]:
        return [row for row in self.rows if not row.arrival]

    @property
    def late(self) -> list[Row]:
        return [row for row in self.rows if row.fits(LATE)]

    @property
    def asked(self) -> int:
        return len(self.rows)

    @property
    def missing_words(self) -> str:
        return f"Còn {number(len(self.missing))} nơi"

    @property
    def waiting(self) -> int:
        return self.count(WAITING)


def senders_below(place: Organisation) -> list[Sender]:
    """Whoever ever stood directly below it. One query."""
    rows = Placement.objects.everywhere(reason=WHY).filter(parent=place).exclude(organisation__kind=Kind.CELL)
    rows = rows.order_by("organisation__sort_key", "organisation", "since")
    listed = rows.values_list(
        "organisation", "organisation__name", "organisation__kind", "since", "until",
        "organisation__founded_on", "organisation__joined_on", "organisation__dissolved_on",
    )  # fmt: skip
    return [
        Sender(pk, name, kind, since, until, max(filter(None, (founded, joined)), default=None), dissolved)
        for pk, name, kind, since, until, founded, joined, dissolved in listed
    ]


def kinds_below(senders: Iterable[Sender]) -> list[ReportKind]:
    """Which reports are sent to there at all."""
    there = {sender.kind for sender in senders}
    return [kind for kind in due_kinds() if there & {one.value for one in kind.of}]


def arrived_at(place: Organisation, actor: Actor) -> ArrivalQuerySet:
    """Without the facts of the reports, which may be long."""
    rows = Arrival.objects.allowed(actor, Permission.READ_FIGURES).filter(organisation=place)
    return (
        rows.select_related("report__organisation", "report__number").defer("report__facts").order_by("sent_at", "pk")
    )


def rounds_of(place: Organisation, year: int, actor: Actor, *, today: date) -> list[Round]:
    """Of a year as far as it is written by today, the latest first. Two queries, whatever there is."""
    senders = senders_below(place)
    wanted = [one for kind in kinds_below(senders) for one in expected_in(year, kind) if one.since <= today]
    arrivals = list(arrived_at(place, actor).filter(report__first__year=year))
    found = [_round(one, senders, arrivals, today) for one in wanted]
    return sorted((one for one in found if one.rows), key=lambda one: one.expected.due, reverse=True)


def round_of(place: Organisation, expected: Expected, actor: Actor, *, today: date) -> Round:
    rows = arrived_at(place, actor).filter(
        report__kind=expected.kind.code, report__first=expected.period.first, report__document=None
    )
    return _round(expected, senders_below(place), list(rows), today)


def round_as_it_is(place: Organisation, expected: Expected, *, today: date) -> Round:
    """For a report of that place, which was asked for through the door."""
    rows = Arrival.objects.everywhere(reason=WHY).filter(
        organisation=place, report__kind=expected.kind.code, report__first=expected.period.first, report__document=None
    )  # fmt: skip
    listed = rows.select_related("report__organisation").defer("report__facts").order_by("sent_at", "pk")
    return _round(expected, senders_below(place), list(listed), today)


def _round(expected: Expected, senders: Iterable[Sender], arrivals: Iterable[Arrival], today: date) -> Round:
    """Whoever owes it, and whoever sent it all the same; of each the latest that came."""
    kind, first = expected.kind.code, expected.period.first
    came: dict[int, list[Arrival]] = {}
    for arrival in arrivals:
        if (arrival.report.kind, arrival.report.first) == (kind, first):
            came.setdefault(arrival.report.organisation_id, []).append(arrival)
    names = {sender.pk: sender.name for sender in senders if sender.owes(expected, today) or sender.pk in came}
    names |= {pk: mine[-1].report.organisation.name for pk, mine in came.items() if pk not in names}
    return Round(expected, today, [_row(pk, name, came.get(pk, []), expected.due, today) for pk, name in names.items()])


def _row(pk: int, name: str, came: Sequence[Arrival], due: date, today: date) -> Row:
    return Row(pk, name, came[-1] if came else None, came[0].sent_at if came else None, due, today)
