"""What a meeting is measured by, by the rules of its day: how long, and how many must be there."""

from branches.rules.definitions import meetings as rules
from branches.rules.reading import Reader, Rulebook
from meetings.models import Meeting, MeetingKind


def least_minutes(meeting: Meeting, expected: int, reader: Reader) -> int | None:
    """None: no rule asks a length of this kind. A small branch has its own measure, whatever it combines."""
    if meeting.kind != MeetingKind.REGULAR:
        return None
    book, where, day = Rulebook.of(reader), meeting.organisation, meeting.day
    for band in book.value(rules.SMALL_BRANCH_MINUTES, where, on=day):
        if expected <= band.members:
            return band.minutes
    rule = rules.COMBINED_MINUTES if meeting.also_thematic else rules.MINUTES
    return book.value(rule, where, on=day)


def quorum(meeting: Meeting, expected: int, reader: Reader) -> int:
    """How many of those expected must be there: of 36, 19."""
    return Rulebook.of(reader).value(rules.QUORUM, meeting.organisation, on=meeting.day).needed(expected)
