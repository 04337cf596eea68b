"""How reports say what they count: none, one, all and some are different sentences."""

from collections.abc import Sequence
from decimal import Decimal

from portal.reports.facts import Line
from portal.words.quantities import NBSP, number

MOST_NAMED = 12


def of_all(line: Line, noun: str, done: str, *, not_done: str) -> str:
    """34/36 chi bộ (94,4 %) đã họp · tất cả 36 chi bộ đã họp · chi bộ duy nhất chưa họp · chưa chi bộ nào họp."""
    whole, part = line.whole or 0, line.part
    if not whole:
        return ""
    if whole == 1:
        return f"{noun} duy nhất {done if part else not_done}"
    if part == whole:
        return f"cả {number(whole)} {noun} {done}"
    if part == 0:
        return f"chưa {noun} nào trong {number(whole)} {noun} {done.removeprefix('đã ')}"
    return f"{number(part)}/{number(whole)} {noun} ({line.rate}) {done}"


def named(names: Sequence[str]) -> str:
    """By name where they are few: thôn A, thôn B và 3 nơi nữa."""
    if len(names) <= MOST_NAMED:
        return " và ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
    return f"{', '.join(names[:MOST_NAMED])} và {number(len(names) - MOST_NAMED)} nơi nữa"


def moved(line: Line) -> str:
    """, tăng 1,2 điểm so với cùng kỳ năm trước"""
    if not line.before or not line.before[1] or not line.whole:
        return ""
    change = Decimal(100 * line.part) / line.whole - Decimal(100 * line.before[0]) / line.before[1]
    if abs(change) < Decimal("0.05"):
        return ", bằng cùng kỳ năm trước"
    return f", {'tăng' if change > 0 else 'giảm'} {number(abs(change), 1)}{NBSP}điểm so với cùng kỳ năm trước"


def sentence(*parts: str) -> str:
    """Begins large, ends with a stop; empty where nothing is said."""
    said = "; ".join(part for part in parts if part)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def paragraph(*sentences: str) -> str:
    return " ".join(one for one in sentences if one)
