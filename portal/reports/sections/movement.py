"""Biến động đảng viên: who came and who went, by ground. Counted, not named: the list with names stays with who reads the roll."""

from collections.abc import Iterable

from members.exports.changes import counted_changes
from portal.papers.content import Block, Text
from portal.reports.asked import Asked
from portal.reports.facts import Facts, Line
from portal.reports.sections.section import About, Section
from portal.reports.sentences import paragraph, sentence
from portal.words.quantities import number

BEFORE, AFTER, CAME, WENT = "movement.before", "movement.after", "movement.came", "movement.went"
CAME_BY, WENT_BY = "movement.came.", "movement.went."


class Movement(Section):
    key = "movement"
    title = "Biến động đảng viên"

    def read(self, asked: Asked) -> Facts:
        found = counted_changes(asked.place, since=asked.first, until=asked.until)
        lines = [
            Line(BEFORE, "Đảng viên đầu kỳ", found.before), Line(CAME, "Đảng viên tăng", found.came),
            Line(WENT, "Đảng viên giảm", found.went), Line(AFTER, "Đảng viên cuối kỳ", found.after),
        ]  # fmt: skip
        lines += [Line(f"{CAME_BY if came else WENT_BY}{why}", why, count) for came, why, count in found.by_ground]
        return Facts(asked.today, tuple(lines))

    def tell(self, facts: Facts, about: About) -> Iterable[Block]:
        said = {line.key: line.part for line in facts.lines}
        whole = sentence(f"đầu kỳ có {number(said[BEFORE])} đảng viên, cuối kỳ có {number(said[AFTER])} đảng viên")
        yield Text(
            paragraph(
                whole,
                _turns("tăng", said[CAME], facts.lines_of(CAME_BY)),
                _turns("giảm", said[WENT], facts.lines_of(WENT_BY)),
            )
        )


def _turns(which: str, count: int, grounds: list[Line]) -> str:
    if not count:
        return f"Trong kỳ không có đảng viên {which}."
    said = ", ".join(f"{ground.words[:1].lower()}{ground.words[1:]} {number(ground.part)}" for ground in grounds)
    return sentence(f"trong kỳ {which} {number(count)} đảng viên: {said}")
