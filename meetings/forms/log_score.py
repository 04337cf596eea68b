"""The part of the log in which the branch scores its meeting: what fills itself, and what is asked."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from meetings.models import Meeting, Scorer
from meetings.queries.log_wire import Line, blank_line, line_of, name_within
from meetings.queries.score_sheet import ScoreSheet, SheetRow, score_sheet_of
from meetings.services.item_kinds import KINDS
from portal.access.actor import Actor
from portal.words.quantities import number

Shown = Callable[[Line], Line]


@dataclass
class LogPart:
    title: str
    most: int
    lines: list[Line]


@dataclass
class Scoring:
    """`shown`: puts what was typed over a line, where it was refused or somebody else was quicker."""

    meeting: Meeting
    sheet: ScoreSheet
    shown: Shown

    def __post_init__(self) -> None:
        self.parts = [
            LogPart(part.title, part.most, [self._line(row) for row in part.rows]) for part in self.sheet.parts
        ]
        self.head = self._head()

    @property
    def hint(self) -> str:
        left = len(self.sheet.unanswered)
        if left:
            return f"Còn {number(left)} tiêu chí chưa chấm"
        points = f"{self.sheet.branch_total}/{self.sheet.most} điểm, {self.sheet.branch_band}"
        return points if self.sheet.agreed else f"{points}; chưa thống nhất"

    @property
    def done(self) -> bool:
        return self.sheet.agreed and not self.sheet.unanswered

    @property
    def bands(self) -> str:
        """For the script: name and least points of each, the best first."""
        return "|".join(f"{band.name}={band.least}" for band in self.sheet.bands)

    def _line(self, row: SheetRow) -> Line:
        kind, given = KINDS["score"], row.given.get(Scorer.BRANCH)
        if given:
            line = line_of("score", given, kind.fields)
        else:
            facts = {"criterion": str(row.criterion.pk), "by_hand": row.criterion.is_asked}
            line = blank_line("score", kind.fields, row_name(self.meeting, row), **facts)
        line.facts = {"row": row, "choices": [str(points) for points in range(row.most + 1)]}
        return self.shown(line)

    def _head(self) -> Line:
        kind, given = KINDS["quality"], self.sheet.scores.get(Scorer.BRANCH)
        if given:
            return self.shown(line_of("quality", given, kind.fields))
        return self.shown(blank_line("quality", kind.fields, name_within(self.meeting, "quality"), agreed=False))


def row_name(meeting: Meeting, row: SheetRow) -> uuid.UUID:
    """The same on every device; a row that is kept has its own."""
    given = row.given.get(Scorer.BRANCH)
    return given.pk if given else name_within(meeting, "score", row.criterion.pk)


def scoring_of(meeting: Meeting, actor: Actor, shown: Shown) -> Scoring | None:
    sheet = score_sheet_of(meeting, actor)
    return Scoring(meeting, sheet, shown) if sheet else None
