"""Telephone numbers as people write them: 0912 345 678, +84 912.345.678. One number is kept in one way."""

import re

_BETWEEN = re.compile(r"[\s.\-()]+")
_NUMBER = re.compile(r"0[0-9]{9,10}")


def normal_phone(typed: str) -> str | None:
    """Digits only, beginning with 0; None when it is no Vietnamese number."""
    digits = _BETWEEN.sub("", typed)
    digits = re.sub(r"^(\+|00)84", "0", digits)
    return digits if _NUMBER.fullmatch(digits) else None
