"""What the branches below a committee were scored in a year: one line a branch; for a province one line a committee."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Avg, Count, F, Q

from branches.models import Kind, Organisation
from branches.models.summary import Month, MonthQuerySet
from branches.rules.definitions.quality import BANDS
from branches.rules.reading import Rulebook
from meetings.quality.bands import Marked, YearBand, year_of, year_steps
from meetings.queries.grid import branches_of
from meetings.queries.year_quality import ICONS, tone_of
from portal.access.actor import Actor
from portal.access.permissions import Permission

DIFFERENT = Q(regular_score__isnull=False, regular_score_above__isnull=False) & ~Q(
    regular_score_above=F("regular_score")
)


@dataclass
class BranchLine:
    branch: Organisation
    held: int = 0
    points: list[int] = field(default_factory=list)
    marks: list[Marked] = field(default_factory=list)
    differing: int = 0
    band: YearBand | None = None

    @property
    def tone(self) -> str:
        return tone_of(self.band.place) if self.band else "mute"

    @property
    def icon(self) -> str:
        return ICONS[self.tone] if self.band else "minus"

    @property
    def mean(self) -> float | None:
        return sum(self.points) / len(self.points) if self.points else None

    @property
    def order(self) -> tuple[int, float]:
        """Whoever needs attention first: not scored, then the lower band, then the fewer points."""
        return (-self.band.place if self.band else -100, self.mean or 0)


def branch_lines(organisation: Organisation, actor: Actor, year: int, *, today: date) -> list[BranchLine]:
    """Two queries, however many branches."""
    branches = branches_of(organisation, actor, year, today)
    lines = {one.pk: BranchLine(one) for one in branches}
    columns = ("organisation_id", "month", "regular_held_on", "regular_score", "regular_place", "regular_score_above")
    for number, month, held_on, points, place, above in _months(branches, year).values_list(*columns):
        line = lines[number]
        line.held += held_on is not None
        line.differing += points is not None and above is not None and points != above
        if points is not None and place is not None:
            line.points.append(points)
            line.marks.append(Marked(month, place - 1))
    _judge(list(lines.values()), year, today, Rulebook.of(actor))
    return sorted(lines.values(), key=lambda line: line.order)


def _judge(lines: Sequence[BranchLine], year: int, today: date, book: Rulebook) -> None:
    on, left = min(today, date(year, 12, 31)), 12 - today.month if today.year == year else 0
    for line in lines:
        if line.marks:
            bands, steps = book.value(BANDS, line.branch, on=on), year_steps(book, line.branch, on)
            line.band = year_of(line.marks, bands, steps, left=left)


def _months(branches: Sequence[Organisation], year: int) -> MonthQuerySet:
    rows = Month.objects.everywhere(reason="figures of branches within reach")
    return rows.filter(organisation__in=[one.pk for one in branches], month__year=year).order_by("month")


@dataclass(frozen=True)
class CommitteeLine:
    pk: int
    name: str
    held: int
    scored: int
    best: int
    mean: float | None
    differing: int


def committee_lines(organisation: Organisation, actor: Actor, year: int, *, today: date) -> list[CommitteeLine]:
    """One query over the summary; empty where only branches stand below."""
    rows = Organisation.objects.allowed(actor, Permission.READ_FIGURES).filter(parent=organisation)
    children = {row.pk: row for row in rows.exclude(kind=Kind.BRANCH).in_order()}
    if not children:
        return []
    months = Month.objects.everywhere(reason="figures for whoever may read them").filter(
        organisation__kind=Kind.BRANCH,
        organisation__ancestries__ancestor__in=list(children),
        organisation__ancestries__days__contains=today,
        month__year=year,
    )
    counted = months.order_by().values("organisation__ancestries__ancestor").annotate(
        held=Count("regular_held_on"), scored=Count("regular_score"), best=Count("pk", filter=Q(regular_place=1)),
        mean=Avg("regular_score"), differing=Count("pk", filter=DIFFERENT),
    )  # fmt: skip
    found: dict[int, dict] = defaultdict(dict, {row.pop("organisation__ancestries__ancestor"): row for row in counted})
    nothing = {"held": 0, "scored": 0, "best": 0, "mean": None, "differing": 0}
    return [CommitteeLine(pk, row.name, **(found[pk] or nothing)) for pk, row in children.items()]
