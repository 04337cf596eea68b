"""Letters that no installed face has: on paper they would be empty boxes. Whoever wrote them is told where they stand."""

import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# What Vietnamese is written with, and the signs beside it: every face that we set has them.
KNOWN = frozenset(
    map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x1EA0, 0x1EFA), *range(0x2010, 0x2028)])
) | set(
    "ƠơƯư\u0300\u0301\u0303\u0309\u0323\n\r\t\v\f\x85\u2028\u2029"  # ends of lines are not printed
)
BEFORE = 20  # letters that say where


@dataclass(frozen=True)
class Lacking:
    line: int
    before: str

    @property
    def where(self) -> str:
        """dòng 3, sau “đã họp”"""
        return f"dòng {self.line}, sau “{self.before}”" if self.before else f"đầu dòng {self.line}"


def lacking_in(words: str) -> Iterator[Lacking]:
    for number, line in enumerate(words.splitlines(), 1):
        for place, letter in enumerate(line):
            if not is_printed(letter):
                yield Lacking(number, line[max(0, place - BEFORE) : place].strip())


def is_printed(letter: str) -> bool:
    return letter in KNOWN or _is_somewhere(letter)


@lru_cache(maxsize=4096)
def _is_somewhere(letter: str) -> bool:
    """Asked of fontconfig, as the setting itself does. Signs that only steer others need no face."""
    if unicodedata.category(letter) in ("Cf", "Mn", "Zs"):
        return True
    if unicodedata.category(letter) == "Cc":
        return False
    try:
        asked = ["fc-list", f":charset={ord(letter):x}", "family"]
        return bool(subprocess.run(asked, capture_output=True, timeout=10, check=True).stdout.strip())
    except (OSError, subprocess.SubprocessError):
        return True  # nobody to ask: nobody is kept from their work
