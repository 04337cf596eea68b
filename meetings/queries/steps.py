"""The standard steps of a meeting: dated rules, of an organisation and a day. What an agenda line's `step` names."""

from datetime import date
from typing import NamedTuple

from branches.models import Organisation
from branches.rules.definitions import dues, meetings
from branches.rules.reading import Rulebook
from branches.rules.registry import Definition
from meetings.models import AgendaItem, Meeting, MeetingKind
from portal.words.text import search_key

LONGEST_CODE = 40
RULES: dict[MeetingKind, Definition[tuple[str, ...]]] = {
    MeetingKind.REGULAR: meetings.STEPS,
    MeetingKind.THEMATIC: meetings.STEPS_THEMATIC,
    MeetingKind.COMMITTEE: meetings.STEPS_COMMITTEE,
    MeetingKind.REVIEW: meetings.STEPS_REVIEW,
    MeetingKind.PLENUM: meetings.STEPS_OTHER,
    MeetingKind.EXTRAORDINARY: meetings.STEPS_OTHER,
}  # a congress has a programme of its own
DUES_FIRST = "Thu đảng phí của tháng"


class Step(NamedTuple):
    code: str
    words: str


def standard_steps(organisation: Organisation, kind: str, day: date, book: Rulebook) -> list[Step]:
    rule = RULES.get(MeetingKind(kind))
    if rule is None:
        return []
    words = list(book.value(rule, organisation, on=day))
    if kind == MeetingKind.REGULAR and book.value(dues.FIRST_STEP, organisation, on=day):
        words = [DUES_FIRST, *(line for line in words if code_of(line) != code_of(DUES_FIRST))]
    return [Step(code, line) for line, code in zip(words, _codes(words), strict=True)]


def steps_left(meeting: Meeting, book: Rulebook) -> list[Step]:
    """The standard steps of its day that were not done, in their order: those taken out of the agenda too."""
    items = (
        AgendaItem.objects.everywhere(reason="of a meeting that was reached")
        .there()
        .filter(meeting=meeting, done=True)
        .exclude(step="")
    )
    done = set(items.values_list("step", flat=True))
    steps = standard_steps(meeting.organisation, meeting.kind, meeting.day, book)
    return [step for step in steps if step.code not in done]


def code_of(words: str) -> str:
    """The same words, the same code, however often the rules are loaded: “Cử thư ký” is cu-thu-ky."""
    return search_key(words).replace(" ", "-")[:LONGEST_CODE].strip("-") or "buoc"


def _codes(lines: list[str]) -> list[str]:
    """Two lines that begin alike are told apart by their number."""
    found: list[str] = []
    for place, line in enumerate(lines, start=1):
        code = code_of(line)
        found.append(code if code not in found else f"{code[: LONGEST_CODE - 3]}-{place}")
    return found
