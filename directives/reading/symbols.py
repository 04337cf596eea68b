"""Number and symbol of a document: “12-HD/BTCTW” is number 12, a hướng dẫn, of Ban Tổ chức Trung ương."""

import re

_SYMBOL = re.compile(r"^(?P<number>\d{1,5})(?P<suffix>[a-zđ]?)\s*[-/]\s*(?P<letters>[^\W\d_]+(?:/[^\W\d_]+)*)$")


def number_in(symbol: str) -> int | None:
    found = _SYMBOL.match(symbol.strip())
    return int(found["number"]) if found else None


def suffix_in(symbol: str) -> str:
    """The letter behind a number that was given between two others: 12a-HD/BTCTW."""
    found = _SYMBOL.match(symbol.strip())
    return found["suffix"] if found else ""
