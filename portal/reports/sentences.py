"""How reports say what they count: none, one, all and some are different sentences."""

from collections.abc import Sequence
from decimal import Decimal

from portal.reports.facts import Line
from portal.words.quantities import NBSP, number

MOST_NAMED = 12
NOUGHT = ",0"


def of_all(line: Line, noun: str, done: str, *, not_done: str) -> str:
    """34/36 chi bộ (94,4 %) đã họp · cả 36 chi bộ đã họp · chi bộ duy nhất chưa họp · chưa chi bộ nào trong 36 chi bộ họp."""
    return by_count(
        line,
        one=f"{noun} duy nhất {done}",
        not_one=f"{noun} duy nhất {not_done}",
        every=f"cả {{whole}} {noun} {done}",
        none=f"chưa {noun} nào trong {{whole}} {noun} {done.removeprefix('đã ')}",
        some=f"{{part}}/{{whole}} {noun} ({{rate}}) {done}",
    )


def by_count(line: Line, *, one: str, not_one: str, every: str, none: str, some: str) -> str:
    """The sentence for this count, with {part}, {whole}, {rate}, {lacking} filled in; of nothing nothing is said."""
    whole, part = line.whole or 0, line.part
    if not whole:
        return ""
    of_one, of_many = one if part else not_one, every if part == whole else some if part else none
    said = of_one if whole == 1 else of_many
    return said.format(part=number(part), whole=number(whole), rate=line.rate, lacking=number(line.lacking))


def named(names: Sequence[str]) -> str:
    """By name where they are few: thôn A, thôn B và 3 nơi nữa."""
    if len(names) <= MOST_NAMED:
        return " và ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
    return f"{', '.join(names[:MOST_NAMED])} và {number(len(names) - MOST_NAMED)} nơi nữa"


def moved(line: Line) -> str:
    """, tăng 1,2 điểm phần trăm so với cùng kỳ năm trước. Of one there is nothing to compare."""
    if not line.before or line.before[1] < 2 or not line.whole or line.whole < 2:
        return ""
    change = Decimal(100 * line.part) / line.whole - Decimal(100 * line.before[0]) / line.before[1]
    if abs(change) < Decimal("0.05"):
        return ", bằng cùng kỳ năm trước"
    return f", {'tăng' if change > 0 else 'giảm'} {tenths(abs(change))}{NBSP}điểm phần trăm so với cùng kỳ năm trước"


def tenths(value: Decimal | float) -> str:
    """6,3; and 4, not 4,0."""
    return number(value, 1).removesuffix(NOUGHT)


def lowered(words: str) -> str:
    """As it goes on within a sentence."""
    return f"{words[:1].lower()}{words[1:]}"


def sentence(*parts: str) -> str:
    """Begins large, ends with a stop; empty where nothing is said."""
    said = "; ".join(part for part in parts if part)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def paragraph(*sentences: str) -> str:
    return " ".join(one for one in sentences if one)
