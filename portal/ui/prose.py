"""Plain text that people write (help, minutes) as paragraphs, lists and headings. Everything is escaped."""

import re
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_MARKS = [("h2", re.compile(r"##\s+")), ("ul", re.compile(r"[-•]\s+")), ("ol", re.compile(r"\d{1,3}[.)]\s+"))]


def as_html(text: str) -> SafeString:
    """“## ” begins a heading, “- ” a line of a list, “1. ” a step, an empty line a new paragraph."""
    lines = _without_gaps_in_lists([_marked(line.strip()) for line in text.splitlines()])
    blocks = [_block(mark, [said for _, said in group]) for mark, group in groupby(lines, key=lambda line: line[0])]
    return mark_safe("\n".join(block for block in blocks if block))  # noqa: S308  every text passed escape()


def _marked(line: str) -> tuple[str, str]:
    for mark, pattern in _MARKS:
        if found := pattern.match(line):
            return mark, line[found.end() :]
    return ("p", line) if line else ("", "")


def _without_gaps_in_lists(lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """People leave empty lines between steps; the steps are one list all the same, and count on."""
    kept: list[tuple[str, str]] = []
    for mark, line in lines:
        if mark in ("ul", "ol") and len(kept) > 1 and kept[-1][0] == "" and kept[-2][0] == mark:
            kept.pop()
        if mark or (kept and kept[-1][0]):
            kept.append((mark, line))
    return kept


def _block(mark: str, lines: list[str]) -> str:
    texts = [str(escape(line)) for line in lines]
    if mark == "p":
        return f"<p>{'<br>'.join(texts)}</p>"
    if mark == "h2":
        return "".join(f"<h2>{text}</h2>" for text in texts)
    if mark in ("ul", "ol"):
        return f"<{mark}>{''.join(f'<li>{text}</li>' for text in texts)}</{mark}>"
    return ""
