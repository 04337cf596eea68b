"""Reviews as lists and tables: which there are, who has sent, figures and judgements side by side."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from django.db.models import Count, Q, QuerySet

from branches.models import Organisation
from directives.models import PartState, Review, ReviewPart, Study
from directives.models.review import HEADINGS, HERE, ReviewQuerySet
from directives.queries.review_figures import (
    Line,
    Sheet,
    last_day,
    line_of,
    part_of_each,
    studies_of,
    study_line,
    study_words,
    targets_of,
)
from directives.queries.study import counts_by_branch
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.indicators.registry import NOTHING, Figure

ALL, WAITING, NOT_SENT, ACCEPTED = "", "cho-nhan-xet", "chua-gui", "da-nhan"
FILTERS = {ALL: "Tất cả", NOT_SENT: "Chưa gửi", WAITING: "Chờ nhận xét", ACCEPTED: "Đã nhận"}
_STATES = {
    NOT_SENT: [PartState.OPEN, PartState.RETURNED],
    WAITING: [PartState.SENT],
    ACCEPTED: [PartState.ACCEPTED],
}
COLUMNS_AT_ONCE = 4


def counted(rows: ReviewQuerySet) -> ReviewQuerySet:
    """With how many answer, and how many have sent."""
    here = Q(parts__state__in=HERE)
    return rows.annotate(asked=Count("parts"), sent=Count("parts", filter=here)).select_related(
        "organisation", "document"
    )


def reviews_at(place: Organisation, actor: Actor) -> QuerySet[Review]:
    """Opened there, or answered there."""
    rows = Review.objects.allowed(actor, Permission.SEE_TASKS)
    answered = ReviewPart.objects.allowed(actor, Permission.SEE_TASKS).filter(organisation=place).values("review")
    return counted(rows.filter(Q(organisation=place) | Q(pk__in=answered)))


def parts_of(review: Review, actor: Actor, *, asked: str = ALL) -> QuerySet[ReviewPart]:
    rows = ReviewPart.objects.allowed(actor, Permission.SEE_TASKS).filter(review=review)
    rows = rows.filter(state__in=_STATES[asked]) if asked in _STATES else rows
    return rows.select_related("organisation").in_order()


def counts_of(review: Review, actor: Actor) -> list[tuple[str, str, int]]:
    """The filters with their counts. One query."""
    rows = ReviewPart.objects.allowed(actor, Permission.SEE_TASKS).filter(review=review)
    found = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    of = {name: sum(found.get(state, 0) for state in states) for name, states in _STATES.items()}
    return [(name, label, of.get(name, sum(found.values()))) for name, label in FILTERS.items()]


@dataclass(frozen=True)
class Cell:
    """What was sent; where nothing was sent yet, what the portal counts today."""

    line: Line
    now: Line | None = None  # where it has moved since sending

    @property
    def tone(self) -> str:
        return {True: "ok", False: "bad", None: ""}[self.line.met]


@dataclass
class Row:
    part: ReviewPart
    cells: list[Cell] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    heads: list[tuple[str, str]]  # words, goal
    rows: list[Row]
    groups: list[tuple[int, str]]  # other figures of the same parts: number, words
    group: int


def side_by_side(review: Review, parts: list[ReviewPart], group: int = 1) -> Table:
    """A few figures at a time of these parts. As many queries as there are figures, however many parts."""
    columns = columns_of(review)
    pages = max(1, -(-len(columns) // COLUMNS_AT_ONCE))
    group = group if 1 <= group <= pages else 1
    shown = columns[(group - 1) * COLUMNS_AT_ONCE : group * COLUMNS_AT_ONCE]
    below = part_of_each([part.organisation_id for part in parts], last_day(review)) if shown and parts else {}
    rows = {part.pk: Row(part) for part in parts}
    for column in shown if parts else ():
        by_place = column.by_place()
        for part in parts:
            mine = (by_place[place] for place in below.get(part.organisation_id, ()) if place in by_place)
            rows[part.pk].cells.append(_cell(part, column.line(sum(mine, NOTHING))))
    groups = [(place, _group_words(place, len(columns))) for place in range(1, pages + 1)] if pages > 1 else []
    return Table([(column.words, column.goal) for column in shown], list(rows.values()), groups, group)


@dataclass(frozen=True)
class Column:
    words: str
    goal: str
    by_place: Callable[[], dict[int, Figure]]
    line: Callable[[Figure], Line]


def columns_of(review: Review) -> list[Column]:
    """Its targets, then how far it was studied where the issuer or somebody above had asked for that."""
    first, last, root = review.since, last_day(review), review.organisation
    columns = [
        Column(
            measure.name,
            target.goal,
            partial(measure.by_place, root, first, last) if first <= last else dict,
            partial(line_of, target, measure),
        )
        for target, measure in targets_of(review.document)
        if measure
    ]
    studies = studies_of(review.document, root)
    columns += [
        Column(study_words(study), "", partial(_studied, study, root), partial(study_line, study)) for study in studies
    ]
    return columns


def _studied(study: Study, root: Organisation) -> dict[int, Figure]:
    return {place: Figure(reached, expected) for place, (expected, reached) in counts_by_branch(study, root).items()}


def _cell(part: ReviewPart, now: Line) -> Cell:
    sent = Sheet.thawed(part.figures).by_key.get(now.key) if part.is_here and part.figures else None
    if sent is None:
        return Cell(now)
    has_moved = (sent.numerator, sent.denominator) != (now.numerator, now.denominator)
    return Cell(sent, now if has_moved else None)


def _group_words(place: int, count: int) -> str:
    first, last = (place - 1) * COLUMNS_AT_ONCE + 1, min(place * COLUMNS_AT_ONCE, count)
    return f"Số liệu {first}–{last}" if first < last else f"Số liệu {first}"


def judgements_of(review: Review, heading: str) -> QuerySet[ReviewPart]:
    """Parts that were sent and say something under this heading."""
    rows = ReviewPart.objects.everywhere(reason="whoever composes the whole was asked about the review")
    return rows.filter(review=review).here().exclude(**{heading: ""}).select_related("organisation").in_order()


def heading_named(asked: str) -> str:
    return asked if asked in HEADINGS else next(iter(HEADINGS))


def answering_kinds_below(place: Organisation, on: date) -> list[str]:
    """The kinds of organisations that live below it."""
    below = Organisation.objects.everywhere(reason="which kinds there are is no secret").at_or_below(place.path)
    return sorted(set(below.exclude(pk=place.pk).living(on).order_by().values_list("kind", flat=True).distinct()))
