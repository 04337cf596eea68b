"""How shares, periods and what is counted are said."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from portal.words.quantities import NBSP, number

_QUARTERS = ("I", "II", "III", "IV")
# where the thing that is counted ends and what is said of it begins: “lượt đảng viên phải dự”
_SAID_OF_IT = (" phải ", " đã ", " đang ", " cả ", " được ", " có ", " chưa ", " của ")


def told(value: Fraction, line: Fraction | None = None) -> str:
    """With one digit, or as many more as it takes not to stand on the other side of the line, of 0 or of 100."""
    for digits in range(1, 5):
        rounded = Decimal(value.numerator) / value.denominator
        rounded = rounded.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
        if all(_side(value, one) == _side(Fraction(rounded), one) for one in (line, Fraction(0), Fraction(100))):
            break
    return number(rounded).rstrip("0").removesuffix(",") if "," in number(rounded) else number(rounded)


def _side(value: Fraction, line: Fraction | None) -> int:
    return 0 if line is None else (value > line) - (value < line)


def told_with_unit(value: Fraction, unit: str, line: Fraction | None = None) -> str:
    return f"{told(value, line)}{NBSP}{unit}".strip()


def period_name(first_month: date, months: int) -> str:
    """Tháng 10, Quý III."""
    return f"Quý {_QUARTERS[(first_month.month - 1) // 3]}" if months == 3 else f"Tháng {first_month.month}"


def noun_of(of_what: str) -> str:
    """The thing alone: đảng viên, where the whole is “đảng viên đang công tác”."""
    ends = [place for word in _SAID_OF_IT if (place := f"{of_what} ".find(word)) > 0]
    return of_what[: min(ends)] if ends else of_what
