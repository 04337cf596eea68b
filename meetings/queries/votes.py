"""Whether a vote has passed: by the rule of that day, compared exactly; no rounding decides."""

from collections.abc import Callable

from branches.rules.definitions import votes as rules
from branches.rules.reading import Reader, Rulebook
from meetings.models import Attendance, Majority, Meeting, Vote

RULES = {
    Majority.HALF: (rules.RESOLUTION, rules.RESOLUTION_OF),
    Majority.TWO_THIRDS: (rules.RECOGNITION, rules.MEMBERSHIP_OF),
}


def needed(vote: Vote, reader: Reader) -> int:
    """The smallest number in favour that carries it: of 10 full members 6 for a resolution, 7 for two thirds."""
    return least_in_favour(vote.meeting, vote.majority, vote.voters, lambda: _there(vote), reader)


def least_in_favour(meeting: Meeting, majority: str, voters: int, there: Callable[[], int], reader: Reader) -> int:
    """`there`: how many full members came; counted only where the rule asks for it."""
    book, organisation, day = Rulebook.of(reader), meeting.organisation, meeting.day
    share, of = RULES[Majority(majority)]
    whole = voters if book.value(of, organisation, on=day) == "all" else there()
    return max(book.value(share, organisation, on=day).needed(whole), 1)


def passed(vote: Vote, reader: Reader) -> bool:
    return vote.in_favour >= needed(vote, reader)


def _there(vote: Vote) -> int:
    return (
        Attendance.objects.everywhere(reason="a count, of a vote within reach")
        .filter(meeting=vote.meeting_id)
        .counts()["voters_came"]
    )
