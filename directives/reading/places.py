"""Where words stand in a text."""

import re
from dataclasses import dataclass

from directives.reading.plain import plain


@dataclass(frozen=True)
class Place:
    start: int
    end: int


def places_of(words: str, text: str) -> list[Place]:
    """Every place where the words stand, letter by letter; only how lines are broken and spaced may differ."""
    parts = [re.escape(part) for part in plain(words).split()]
    if not parts:
        return []
    return [Place(found.start(), found.end()) for found in re.finditer(r"\s+".join(parts), text)]
