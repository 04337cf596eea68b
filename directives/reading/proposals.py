"""What the portal proposes for a passage: task or target, who, when, how much. A person decides."""

import re
from dataclasses import dataclass, field

from directives.bearers import Bearer
from directives.reading.bodies import bodies_in
from directives.reading.outline import Paragraph, paragraphs_of
from directives.reading.shares import Share, shares_in
from directives.reading.timings import FoundTiming, timings_in
from directives.timing import Pace, Timing

# A point ends a sentence before a capital letter; the one in “1. Đảng ủy”, “xã, thị trấn...” or “HĐND.” mostly does not.
_END = re.compile(r"[.;](?:\s+(?=[A-ZĐÁÀẢÃẠĂÂÉÊÍÓÔƠÚƯÝỨỦẢẤẦẨẪẬẮẰẲẴẶ“])|\s*$)|/\.")
MOST_BODIES = 4


@dataclass(frozen=True)
class Proposal:
    start: int
    end: int
    words: str
    clause: str
    timings: list[FoundTiming] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    bodies: list[Bearer] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return "target" if self.shares else "task"

    @property
    def timing(self) -> Timing:
        """The most exact that is named: a day before a rhythm."""
        return max((one.timing for one in self.timings), key=_exactness, default=Timing())

    @property
    def when_words(self) -> str:
        best = max(self.timings, key=lambda one: _exactness(one.timing), default=None)
        return best.words if best else ""

    @property
    def says_something(self) -> bool:
        return bool(self.shares) or any(one.timing.pace != Pace.CONTINUOUS or one.timing.since for one in self.timings)


def proposals_in(text: str) -> list[Proposal]:
    """For each sentence of the text that names a day, a rhythm or a figure."""
    found = [
        proposal_for(text, start, end, one.clause) for one in paragraphs_of(text) for start, end in _sentences(one)
    ]
    return [proposal for proposal in found if proposal.says_something]


def proposal_for(text: str, start: int, end: int, clause: str = "") -> Proposal:
    words = text[start:end]
    timings, shares = timings_in(words), shares_in(words)
    return Proposal(start, end, words, clause, timings, shares, bodies_in(words)[:MOST_BODIES])


def _sentences(paragraph: Paragraph) -> list[tuple[int, int]]:
    """Places of its sentences; a heading's number and a bullet stay outside."""
    head = re.match(
        r"\s*(?:[IVX]+\s*[.\-–]|\d{1,2}(?:\.\d{1,2})*\.?(?=\s)|[-–+•*]|\([a-zđ0-9]{1,2}\)|[a-zđ]\))?\s*", paragraph.text
    )
    begin, found = head.end() if head else 0, []
    for stop in _END.finditer(paragraph.text, begin):
        if paragraph.text[begin : stop.start()].strip():
            found.append((paragraph.start + begin, paragraph.start + stop.start()))
        begin = stop.end()
    if paragraph.text[begin:].strip():
        found.append((paragraph.start + begin, paragraph.start + len(paragraph.text)))
    return found


def _exactness(timing: Timing) -> int:
    return (
        4 * bool(timing.due_on or timing.due_day)
        + 3 * bool(timing.event)
        + 2 * bool(timing.times or timing.since)
        + bool(timing.pace != Pace.CONTINUOUS)
    )
