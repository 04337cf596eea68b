"""What a log says of a meeting, as far as scoring asks for it; and the borders that hold where and when it was held."""

from dataclasses import dataclass
from datetime import date

from branches.rules.shapes.shares import Share


@dataclass(frozen=True)
class Borders:
    """Dated rules (branches/rules: quality, meetings) of one organisation on one day."""

    attendance_full: Share
    attendance_none: Share
    speakers_full: Share
    absent_running: int
    papers_days: int


@dataclass(frozen=True)
class Facts:
    borders: Borders
    day: date
    # the roll
    expected: int = 0
    came: int = 0
    absent: int = 0  # without a reason
    unmarked: int = 0
    running: int = 0  # how many have been absent so often, one time after the other
    # before it
    told_on: date | None = None
    papers: int = 0
    papers_late: int = 0
    has_committee: bool = False
    committee_met_on: date | None = None
    # in it
    in_time: bool = False
    was_moved: bool = False
    minutes: int | None = None
    least_minutes: int | None = None
    steps: int = 0
    steps_done: int = 0
    speakers: int = 0
    nothing_raised: bool = False
    to_review: int = 0
    reviewed: int = 0
    studies: int = 0
    studied: int = 0
    remarks: int = 0
    # what came of it
    concluded: bool = False
    voted: bool = False
    actions: int = 0
    actions_whole: int = 0
    minutes_read: bool = False
