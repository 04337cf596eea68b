"""Numbers and days as a Vietnamese reader writes them: 1.234,5 · 34/36 (94,4 %) · 05/12/2025 · còn 3 ngày."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

NBSP = "\u00a0"
DOES_NOT_APPLY = "–"
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def number(value: int | float | Decimal | None, decimals: int | None = None) -> str:
    """1.234,5. None is a dash: it does not apply; 0 is zero."""
    if value is None:
        return DOES_NOT_APPLY
    exact = Decimal(str(value))
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{exact:,f}".translate(str.maketrans(",.", ".,"))


def share(part: int, whole: int) -> str:
    """A share never stands without what it is a share of: 34/36 (94,4 %)."""
    if not whole:
        return DOES_NOT_APPLY
    return f"{number(part)}/{number(whole)} ({percent(part, whole)})"


def percent(part: int | Decimal, whole: int | Decimal, decimals: int = 1) -> str:
    """Rounded, but never to 100 where something is missing, nor to 0 where something is there."""
    if not whole:
        return DOES_NOT_APPLY
    exact, step = Decimal(part) * 100 / Decimal(whole), Decimal(1).scaleb(-decimals)
    rate = exact.quantize(step, rounding=ROUND_HALF_UP)
    if rate == 100 and exact < 100:
        rate -= step
    if rate == 0 and exact > 0:
        rate += step
    return f"{number(rate, decimals).removesuffix(',' + '0' * decimals)}{NBSP}%"


def day(value: date | None) -> str:
    return DOES_NOT_APPLY if value is None else f"{value:%d/%m/%Y}"


def weekday(value: date) -> str:
    return WEEKDAYS[value.weekday()]


def long_day(value: date) -> str:
    return f"{weekday(value)}, {day(value)}"


def remaining(due_on: date, today: date) -> str:
    """What is due, in words: còn 3 ngày · hạn hôm nay · quá hạn 6 ngày."""
    days = (due_on - today).days
    if days == 0:
        return "hạn hôm nay"
    return f"còn {number(days)} ngày" if days > 0 else f"quá hạn {number(-days)} ngày"


def file_size(size: int) -> str:
    """640 KB, 1,8 MB."""
    if size < 1024:
        return f"{size}{NBSP}byte"
    if size < 1024**2:
        return f"{number(size / 1024, 0)}{NBSP}KB"
    return f"{number(size / 1024**2, 1)}{NBSP}MB"
