"""From a text as it was found, with marks of emphasis and headings, to the text itself."""

import re

from portal.words.text import nfc

_HEADING = re.compile(r"^#{1,6}\s+")
_MARK = re.compile(r"(?<!\\)\*+")
_SPACES = re.compile(r"[ \t\u00a0]+")
_GAPS = re.compile(r"\n{3,}")


def plain(text: str) -> str:
    """Without **emphasis** and # headings; one empty line at most between paragraphs. The words stay as they are."""
    lines = (_SPACES.sub(" ", _unmarked(line)).strip() for line in nfc(text).splitlines())
    return _GAPS.sub("\n\n", "\n".join(lines)).strip()


def _unmarked(line: str) -> str:
    return _MARK.sub("", _HEADING.sub("", line)).replace("\\*", "*")
