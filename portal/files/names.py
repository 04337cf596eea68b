"""Names of files as people gave them, made fit to be shown and offered again. They never become a path on our disk."""

import re
import unicodedata

from portal.files.kinds import Kind
from portal.files.refusals import FileRefused
from portal.words.text import nfc

LONGEST = 120
NAMELESS = "tep"
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')  # Windows cannot save them
# “12-CV.ĐU” and “Tháng 12.2025” end in no extension: one is short, plain letters and digits, with a letter in it
_EXTENSION = re.compile(r"(?<=.)\.(?=[0-9]*[A-Za-z])[A-Za-z0-9]{1,5}$")
# controls, invisible marks (also those that turn the reading direction), line ends, halves of characters, private and no characters
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def cleaned(given: str, kind: Kind) -> str:
    """The name without paths, controls and tricks, in Vietnamese letters, ending in what the content is."""
    stem = _EXTENSION.sub("", bare(given))
    ending = f".{kind.facts.extensions[0]}"
    stem = stem[: LONGEST - len(ending)].strip(" .")
    return (stem or NAMELESS) + ending


def must_agree(given: str, kind: Kind) -> None:
    """A name that says one thing over content that is another deceives whoever opens it."""
    said = extension(given)
    if said and said not in kind.facts.extensions:
        raise FileRefused(
            f"Tên tệp ghi “.{said}” nhưng bên trong là {kind.label}. "
            "Hãy mở lại tệp gốc, lưu đúng loại rồi chọn lại; đừng chỉ đổi đuôi tên."
        )


def extension(given: str) -> str:
    found = _EXTENSION.search(bare(given))
    return found[0][1:].lower() if found else ""


def bare(given: str) -> str:
    last = re.split(r"[/\\]", nfc(given))[-1]
    seen = "".join(" " if _is_gap(char) else char for char in last if _is_gap(char) or _is_seen(char))
    return " ".join(_NOT_IN_NAMES.sub("-", seen).split()).strip(" .")


def _is_gap(char: str) -> bool:
    return char in "\t\n\r" or unicodedata.category(char) == "Zs"


def _is_seen(char: str) -> bool:
    return unicodedata.category(char) not in _UNSEEN
