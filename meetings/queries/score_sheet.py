"""The score sheet of a meeting: what the page shows, and what its paper prints. Each who scores has a column; none covers another."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from branches.rules.definitions.quality import BANDS, DOCUMENT, Band
from branches.rules.reading import Reader, Rulebook
from meetings.models import CriteriaSet, Criterion, Meeting, MeetingKind, QualityScore, Scorer, ScoreRow
from meetings.quality.bands import band_of
from meetings.quality.gathering import facts_of
from meetings.quality.measurers import ARROW, MEASURERS, Filled
from meetings.queries.criteria import lines_of, set_in_force
from portal.duties.rules import Asked
from portal.words.quantities import number


@dataclass
class SheetRow:
    """A criterion and what everybody gave for it. `filled`: what the log says by itself, whether that counts or not."""

    number: str
    criterion: Criterion
    filled: Filled | None = None
    given: dict[str, ScoreRow] = field(default_factory=dict)

    @property
    def block(self) -> str:
        return self.criterion.block.title

    @property
    def words(self) -> str:
        return self.criterion.words

    @property
    def most(self) -> int:
        return self.criterion.most

    @property
    def by_hand(self) -> bool:
        row = self.given.get(Scorer.BRANCH)
        return self.criterion.is_asked or bool(row and row.by_hand)

    @property
    def branch(self) -> int | None:
        """As it was kept; while the log is open, what fills itself is what the log says now."""
        row = self.given.get(Scorer.BRANCH)
        if self.filled and not (row and row.by_hand):
            return self.filled.points
        return row.points if row else None

    @property
    def reason(self) -> str:
        row = self.given.get(Scorer.BRANCH)
        if self.filled and not (row and row.by_hand):
            return self.filled.reason
        return row.reason if row else ""

    @property
    def why(self) -> str:
        """The reason where its points stand beside it anyway."""
        return self.reason.rpartition(ARROW)[0] or self.reason

    @property
    def visitor(self) -> int | None:
        return self._points(Scorer.VISITOR)

    @property
    def above(self) -> int | None:
        return self._points(Scorer.ABOVE)

    def _points(self, scorer: str) -> int | None:
        return self.given[scorer].points if scorer in self.given else None


@dataclass
class Part:
    """A block with its rows."""

    title: str
    rows: list[SheetRow]

    @property
    def most(self) -> int:
        return sum(row.most for row in self.rows)

    @property
    def branch(self) -> int:
        return sum(row.branch or 0 for row in self.rows)


@dataclass
class ScoreSheet:
    meeting: Meeting
    criteria: CriteriaSet
    document: str
    rows: list[SheetRow]
    scores: dict[str, QualityScore]
    bands: Sequence[Band]

    @property
    def title(self) -> str:
        return self.criteria.name

    @cached_property
    def parts(self) -> list[Part]:
        return [
            Part(rows[0].block, rows)
            for _, group in groupby(self.rows, lambda row: row.criterion.block_id)
            if (rows := list(group))
        ]

    @property
    def most(self) -> int:
        return sum(row.most for row in self.rows)

    @property
    def unanswered(self) -> list[SheetRow]:
        """What the branch has still to say."""
        return [row for row in self.rows if row.branch is None]

    @property
    def agreed(self) -> bool:
        return self.has_agreed(Scorer.BRANCH)

    def has_agreed(self, scorer: str) -> bool:
        return scorer in self.scores and self.scores[scorer].agreed

    # of each who scores: nothing before they have agreed, but for the branch's own, which is shown while it grows
    @property
    def branch_total(self) -> int:
        return self._total(Scorer.BRANCH)

    @property
    def visitor_total(self) -> int | None:
        return self._total(Scorer.VISITOR) if self.has_agreed(Scorer.VISITOR) else None

    @property
    def above_total(self) -> int | None:
        return self._total(Scorer.ABOVE) if self.has_agreed(Scorer.ABOVE) else None

    @property
    def branch_band(self) -> str:
        return self.band(Scorer.BRANCH)

    @property
    def visitor_band(self) -> str:
        return self.band(Scorer.VISITOR) if self.has_agreed(Scorer.VISITOR) else ""

    @property
    def above_band(self) -> str:
        return self.band(Scorer.ABOVE) if self.has_agreed(Scorer.ABOVE) else ""

    @property
    def difference(self) -> int | None:
        """How much the branch gave itself beyond what the level above gave; a fact, nothing is put right by it."""
        if self.above_total is None or not self.agreed:
            return None
        return self.branch_total - self.above_total

    @property
    def difference_words(self) -> str:
        if not self.difference:
            return ""
        side = "thấp" if self.difference > 0 else "cao"
        return f"{side} hơn chi bộ {number(abs(self.difference))} điểm"

    def band(self, scorer: str) -> str:
        return self.bands[self.place(scorer)].name

    def place(self, scorer: str) -> int:
        whole = all(self._points(row, scorer) == row.most for row in self.rows if row.criterion.must_be_full)
        return band_of(self._total(scorer), self.bands, whole=whole)

    def comment(self, scorer: str) -> str:
        return self.scores[scorer].comment if scorer in self.scores else ""

    def _total(self, scorer: str) -> int:
        return sum(self._points(row, scorer) or 0 for row in self.rows)

    @staticmethod
    def _points(row: SheetRow, scorer: str) -> int | None:
        return getattr(row, Scorer(scorer).value)


def score_sheet_of(meeting: Meeting, reader: Reader | None = None) -> ScoreSheet | None:
    """None: no set of criteria holds here, or meetings of this kind are not scored. A constant number of queries."""
    if meeting.kind not in MeetingKind.scored():
        return None
    given = _scores(meeting)
    criteria = given[0].criteria if given else set_in_force(meeting.organisation, meeting.kind, meeting.day)
    if criteria is None:
        return None
    reader = reader or Asked(meeting.day)
    book = Rulebook.of(reader)
    rows = _rows(lines_of(criteria))
    scores = {row.scorer: row for row in given}
    names = {score.pk: scorer for scorer, score in scores.items()}
    by_criterion = {row.criterion.pk: row for row in rows}
    for kept in _given(given):
        if kept.criterion_id in by_criterion:
            by_criterion[kept.criterion_id].given[names[kept.score_id]] = kept
    if meeting.closed_at is None:
        _fill(rows, meeting, reader)
    return ScoreSheet(
        meeting=meeting,
        criteria=criteria,
        document=criteria.document or book.value(DOCUMENT, meeting.organisation, on=meeting.day),
        rows=rows,
        scores=scores,
        bands=book.value(BANDS, meeting.organisation, on=meeting.day),
    )


def filled_by_itself(meeting: Meeting, lines: Sequence[Criterion], reader: Reader) -> dict[int, Filled]:
    """By criterion; what is asked is not among them."""
    facts = facts_of([meeting], reader)[meeting.pk]
    return {one.pk: MEASURERS[one.fills].fill(facts, one.most) for one in lines if one.fills in MEASURERS}


def _fill(rows: list[SheetRow], meeting: Meeting, reader: Reader) -> None:
    found = filled_by_itself(meeting, [row.criterion for row in rows], reader)
    for row in rows:
        row.filled = found.get(row.criterion.pk)


def _rows(lines: Sequence[Criterion]) -> list[SheetRow]:
    """Numbered by block: 1.1, 1.2, 2.1."""
    blocks: dict[int, int] = {}
    counts: dict[int, int] = {}
    found = []
    for one in lines:
        block = blocks.setdefault(one.block_id, len(blocks) + 1)
        counts[block] = counts.get(block, 0) + 1
        found.append(SheetRow(f"{block}.{counts[block]}", one))
    return found


def _scores(meeting: Meeting) -> list[QualityScore]:
    rows = QualityScore.objects.everywhere(reason="of a meeting that was reached")
    return list(rows.filter(meeting=meeting, gone=False).select_related("criteria").order_by("saved_at"))


def _given(scores: list[QualityScore]) -> list[ScoreRow]:
    """Of the scores that were read: one that was begun between the two statements is not half shown."""
    rows = ScoreRow.objects.everywhere(reason="of a meeting that was reached")
    return list(rows.filter(score__in=scores, gone=False))
