"""Biến động đảng viên: who came and who went, by ground. Counted, not named: the list with names stays with who reads the roll."""

from collections.abc import Iterable

from members.exports.changes import counted_changes
from members.queries.movement import Counted, movement_of
from portal.papers.content import Block, Text
from portal.reports.asked import Asked, body_of
from portal.reports.facts import Facts, Line, Sheet
from portal.reports.sections.section import About, Section
from portal.reports.sentences import lowered, paragraph, sentence
from portal.words.quantities import day, number

BEFORE, AFTER, CAME, WENT = "movement.before", "movement.after", "movement.came", "movement.went"
CAME_BY, WENT_BY = "movement.came.", "movement.went."
UNTIL, PLACES = "movement.until", "movement.places"
HEADS = ("TT", "{noun}", "Đầu kỳ", "Tăng", "Giảm", "Cuối kỳ")
WIDTHS = (11, 0, 22, 22, 22, 22)


class Movement(Section):
    """`with_places`: an annex of those directly below."""

    key = "movement"
    title = "Biến động đảng viên"

    def __init__(self, *, with_places: bool = False) -> None:
        super().__init__()
        self.with_places = with_places

    def read(self, asked: Asked) -> Facts:
        found = counted_changes(asked.place, since=asked.first, until=asked.until)
        lines = [
            Line(BEFORE, "Đảng viên đầu kỳ", found.before), Line(CAME, "Đảng viên tăng", found.came),
            Line(WENT, "Đảng viên giảm", found.went), Line(AFTER, "Đảng viên cuối kỳ", found.after),
        ]  # fmt: skip
        lines += [
            Line(f"{CAME_BY if came else WENT_BY}{why}", f"{'Tăng' if came else 'Giảm'}: {lowered(why)}", count)
            for came, why, count in found.by_ground
        ]
        sheets = (_places(asked),) if self.with_places and asked.children else ()
        return Facts(asked.today, tuple(lines), sheets, names={UNTIL: (day(asked.until),)})

    def tell(self, facts: Facts, about: About) -> Iterable[Block]:
        said = {line.key: line.part for line in facts.lines}
        ends = f"đến ngày {until[0]}" if (until := facts.names.get(UNTIL)) else "cuối kỳ"
        whole = sentence(f"đầu kỳ có {number(said[BEFORE])} đảng viên, {ends} có {number(said[AFTER])} đảng viên")
        if not said[CAME] and not said[WENT]:
            yield Text(paragraph(whole, "Trong kỳ không có đảng viên tăng, giảm."))
            return
        came = _turns("tăng", said[CAME], facts.lines_of(CAME_BY), CAME_BY)
        yield Text(paragraph(whole, came, _turns("giảm", said[WENT], facts.lines_of(WENT_BY), WENT_BY)))

    def annexes(self, facts: Facts) -> list[Sheet]:
        sheet = facts.sheet(PLACES)
        return [sheet] if sheet and sheet.rows else []


def _turns(which: str, count: int, grounds: list[Line], beginning: str) -> str:
    """Trong kỳ tăng 17 đảng viên, đều do kết nạp · giảm 4 đảng viên: chuyển đi 3, từ trần 1 · tăng 1 đảng viên do kết nạp."""
    if not count:
        return f"Không có đảng viên {which}."
    named = [(lowered(ground.key.removeprefix(beginning)), ground.part) for ground in grounds]
    if len(named) == 1:
        return sentence(f"trong kỳ {which} {number(count)} đảng viên{', đều' if count > 1 else ''} do {named[0][0]}")
    return sentence(
        f"trong kỳ {which} {number(count)} đảng viên: {', '.join(f'{why} {number(part)}' for why, part in named)}"
    )


def _places(asked: Asked) -> Sheet:
    """Going from one to another below is a going here and a coming there: so the sum may be more than the text says."""
    noun = "Đảng bộ" if asked.is_above_committees else "Chi bộ"
    found = movement_of({pk: above for pk, _, above in asked.branches}, since=asked.first, until=asked.until)
    rows = [(body_of(one), found.get(one.pk, Counted())) for one in asked.children]
    whole = sum((counted for _, counted in rows), Counted())
    listed = [_row(str(place), name, counted) for place, (name, counted) in enumerate(rows, 1)]
    title = f"Biến động đảng viên của từng {noun.lower()}, kể cả chuyển giữa các {noun.lower()}"
    heads = tuple(head.format(noun=noun) for head in HEADS)
    return Sheet(PLACES, title, heads, (*listed, _row("", "Cộng", whole)), WIDTHS, sums=True)


def _row(place: str, name: str, counted: Counted) -> tuple[str, ...]:
    return (
        place, name, number(counted.before), number(counted.came), number(counted.went), number(counted.after),
    )  # fmt: skip
