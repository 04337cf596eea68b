"""A score sheet in tests: read, written item by item, agreed on."""

from django.utils import timezone

from meetings.models import (
    Criterion,
    Meeting,
)
from meetings.queries.log_wire import name_within
from meetings.queries.score_sheet import ScoreSheet, score_sheet_of
from meetings.services.closing import close_meeting
from meetings.services.log import Change, Outcome, save_items
from tests.cast import Cast


def sheet(meeting: Meeting) -> ScoreSheet:
    found = score_sheet_of(meeting)
    assert found
    return found


def reasons(meeting: Meeting) -> dict[str, str]:
    return {row.criterion.fills: row.reason.replace("\u00a0", " ") for row in sheet(meeting).rows}


def line(meeting: Meeting, fills: str) -> Criterion:
    return next(row.criterion for row in sheet(meeting).rows if row.criterion.fills == fills)


def give(meeting: Meeting, fills: str, points: int | None, cast: Cast, version: int = 0, reason: str = "") -> Outcome:
    one = line(meeting, fills)
    values = {"criterion": one, "points": points, "reason": reason, "by_hand": points is not None}
    change = Change("score", name_within(meeting, "score", one.pk), version, values)
    return save_items(meeting, [change], by=cast.actor("thinh")).answers[0].outcome


def agree(meeting: Meeting, cast: Cast) -> None:
    give(meeting, "asked", 4, cast)
    values = {"agreed": True, "agreed_at": timezone.now(), "comment": ""}
    save_items(meeting, [Change("quality", name_within(meeting, "quality"), 0, values)], by=cast.actor("thinh"))


def closed(meeting: Meeting, cast: Cast) -> Meeting:
    agree(meeting, cast)
    return close_meeting(meeting, by=cast.actor("thinh"))
