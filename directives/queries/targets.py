"""Targets held against what the portal counts: of an organisation, as of a day. Two queries an indicator, whatever lies below."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby

from django.db.models import Q

from branches.models import Organisation
from branches.summary.months import next_month
from directives.models import Document, HandValue, Target
from directives.models.document import DocumentQuerySet
from directives.models.obligation import DetailQuerySet
from directives.queries.documents import library
from directives.targets.level import PERCENT
from directives.targets.measured import IN_TALLY, Measured, Verdict
from directives.timing import Pace
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.reach import paths_down_to
from portal.indicators.registry import NOTHING, Figure, Indicator, indicator

Parts = dict[int, Figure]
Periods = tuple[tuple[date, Figure], ...]


@dataclass
class Counted:
    """Indicators of one place, each read once; two targets may name the same."""

    place: Organisation
    parts: dict[tuple[str, date, date], dict[int, Figure]] = field(default_factory=dict)
    months: dict[tuple[str, date, date], Periods] = field(default_factory=dict)

    def parts_of(self, one: Indicator, first: date, last: date) -> dict[int, Figure]:
        key = (one.code, first, last)
        if key not in self.parts:
            self.parts[key] = one.by_place(self.place, first, last)
        return self.parts[key]

    def periods_of(self, one: Indicator, first: date, last: date) -> Periods:
        """Those that are over and have something to count; of what has no trend, none."""
        key = (one.code, first, last)
        if key not in self.months:
            found = one.by_month(self.place, first, last) if one.by_month else {}
            within = sorted((month, figure) for month, figure in found.items() if first.replace(day=1) <= month)
            self.months[key] = tuple((month, figure) for month, figure in within if figure.denominator)
        return self.months[key]

    def last_month(self, one: Indicator, day: date) -> Periods:
        """For what is wanted each month and has no trend."""
        month = month_over(day)
        figure = sum(self.parts_of(one, month, _end_of(month)).values(), NOTHING)
        return ((month, figure),) if figure.denominator else ()


def month_over(day: date) -> date:
    """The last month that is whole on that day, by its first day."""
    month = day.replace(day=1)
    if day == _end_of(month):
        return month
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def _end_of(month: date) -> date:
    return date.fromordinal(next_month(month).toordinal() - 1)


def measured(
    targets: Iterable[Target], organisation: Organisation, day: date, *, reader: Actor | None = None
) -> list[Measured]:
    """Each from the first day of its year on. Without an indicator, the last value that somebody has said of that year.

    `reader`: who is shown the way to the list behind a figure, if he may see it.
    """
    targets, counted = list(targets), Counted(organisation)
    said = _said(targets, organisation, day)
    found = [_measure(one, organisation, day, counted, said.get(one.pk)) for one in targets]
    return [replace(one, is_open=_opens(one.indicator, organisation, reader)) for one in found]


def _opens(one: Indicator | None, organisation: Organisation, reader: Actor | None) -> bool:
    if one is None or reader is None:
        return False
    asked = one.asks(organisation)
    return reader.may(asked, organisation.path)


def _measure(
    target: Target, organisation: Organisation, day: date, counted: Counted, said: HandValue | None
) -> Measured:
    one = indicator(target.indicator) if target.indicator else None
    known = Measured(target, organisation, day, one, by_hand=None if one else said)
    if one is None or not known.is_in_time:
        return known
    since = target.obligation.since
    first = max(date(day.year, 1, 1), since) if since else date(day.year, 1, 1)
    parts, periods = counted.parts_of(one, first, day), counted.periods_of(one, first, day)
    over, left = periods_of_year(one.months, day)
    if one.by_month:
        over = len(periods)
    elif target.obligation.pace == Pace.MONTH:
        periods = counted.last_month(one, day)
    return Measured(target, organisation, day, one, parts, periods, over, left)


def begins_on(target: Target, first: date) -> date:
    """A target that holds from a day on is not counted before it."""
    since = target.obligation.since
    return max(first, since) if since else first


def measured_from(target: Target, organisation: Organisation, span: tuple[date, date], parts: Parts) -> Measured:
    """Of figures that were read before, over any days; only over those of a year is there something to foresee."""
    first, last = span
    one = indicator(target.indicator)
    assert one is not None, "of a target that nothing measures there is no figure"
    known = Measured(target, organisation, last, one)
    if not known.is_in_time:
        return known
    over, left = periods_of_year(one.months, last) if first.replace(day=1) == date(last.year, 1, 1) else (0, 0)
    return replace(known, parts=parts, over=over, left=left)


def periods_of_year(months: int, day: date) -> tuple[int, int]:
    """Those that are over on that day, and those still to come."""
    month = month_over(day)
    over = (month.month if month.year == day.year else 0) // months
    return over, 12 // months - over


def _said(targets: list[Target], organisation: Organisation, day: date) -> dict[int, HandValue]:
    by_hand = [one.pk for one in targets if one.is_by_hand]
    if not by_hand:
        return {}
    rows = HandValue.objects.everywhere(reason="of an organisation reached before").filter(
        organisation=organisation, target__in=by_hand, as_of__year=day.year, as_of__lte=day
    )
    return {row.target_id: row for row in rows.select_related("said_by").order_by("as_of", "pk")}


def documents_reaching(organisation: Organisation, actor: Actor, day: date) -> DocumentQuerySet:
    """In force on that day: those of the whole country, and those kept by it or above it."""
    reach = Q(keeper=None) | Q(keeper__path__in=paths_down_to(organisation.path))
    return library(actor).open_ones().on(day).filter(reach)


@dataclass(frozen=True)
class OfDocument:
    document: Document
    rows: list[Measured]

    @property
    def judged(self) -> list[Measured]:
        return [row for row in self.rows if row.is_judged]

    @property
    def others(self) -> list[Measured]:
        return [row for row in self.rows if not row.is_judged]


def targets_of(organisation: Organisation, actor: Actor, day: date) -> list[OfDocument]:
    """By document, in the order of its text."""
    documents = documents_reaching(organisation, actor, day).without_texts().order_by()
    rows = list(_targets(actor).filter(obligation__document__in=documents.values("pk")))
    seen = {one.pk: one for one in documents.filter(pk__in={row.obligation.document_id for row in rows})}
    found = measured(rows, organisation, day, reader=actor)
    groups = groupby(found, key=lambda one: one.target.obligation.document_id)
    return [OfDocument(seen[pk], list(group)) for pk, group in groups]


def targets_in(document: Document, organisation: Organisation, actor: Actor, day: date) -> OfDocument:
    rows = _targets(actor).filter(obligation__document=document)
    return OfDocument(document, measured(rows, organisation, day, reader=actor))


def targets_to_share(organisation: Organisation, actor: Actor, day: date) -> list[Target]:
    """Of documents that reach it, those that want a number of something, or one that another paper sets."""
    documents = documents_reaching(organisation, actor, day).order_by()
    rows = _targets(actor).filter(obligation__document__in=documents.values("pk"), indicator="").exclude(unit=PERCENT)
    rows = rows.exclude(value=None, value_words="")
    return [row for row in rows if row.obligation.until is None or row.obligation.until >= day]


def tally_of(rows: Iterable[Measured]) -> list[tuple[int, str]]:
    """How many stand how: 3 đạt, 2 chưa đạt."""
    counts = Counter(row.verdict for row in rows)
    return [(counts[verdict], IN_TALLY[verdict]) for verdict in Verdict if counts[verdict]]


def _targets(actor: Actor) -> DetailQuerySet:
    rows = Target.objects.allowed(actor, Permission.READ_LIBRARY).select_related("obligation")
    return rows.order_by("-obligation__document__issued_on", "obligation__document_id", "obligation__start", "pk")
