"""The place in a text that was sought without tones, shown with them."""

from collections import Counter, deque
from dataclasses import dataclass
from itertools import islice

from portal.words.text import TOKENS

AROUND = 14  # words on each side
WIDEST = 40  # words between the first and the last that was sought


@dataclass(frozen=True)
class Excerpt:
    start: int  # where its first word that was sought stands in the text
    pieces: list[tuple[str, bool]]  # text, and whether it was sought
    cut_before: bool
    cut_after: bool


def excerpt_of(text: str, bare: str, tokens: list[str]) -> Excerpt | None:
    """`bare`: the same text through search_key, so that its n-th word is the n-th word of the text."""
    words = bare.split()
    first, last, hits = _closest(words, tokens)
    if not hits:
        return None
    begin, end = max(0, first - AROUND), min(len(words), last + 1 + AROUND)
    spans = [found.span() for found in islice(TOKENS.finditer(text), begin, end)]
    if len(spans) < end - begin:  # a letter that counts otherwise without its marks: better none than a wrong place
        return None
    return Excerpt(
        start=spans[first - begin][0],
        pieces=_pieces(text, spans, {hit - begin for hit in hits}),
        cut_before=begin > 0,
        cut_after=end < len(words),
    )


def _closest(words: list[str], tokens: list[str]) -> tuple[int, int, list[int]]:
    """The first and last word of the shortest stretch with most of what was sought, and the hits in it."""
    wanted, prefix = set(tokens), tokens[-1] if tokens else ""
    hits = [
        (n, word if word in wanted else prefix)
        for n, word in enumerate(words)
        if word in wanted or (prefix and word.startswith(prefix))
    ]
    best: tuple[int, int, list[int]] = (0, 0, [])
    most, shortest = 0, 0
    window: deque[tuple[int, str]] = deque()
    inside: Counter[str] = Counter()
    for hit in hits:
        window.append(hit)
        inside[hit[1]] += 1
        while inside[window[0][1]] > 1 or window[-1][0] - window[0][0] > WIDEST:
            _, word = window.popleft()
            inside[word] -= 1
            if not inside[word]:
                del inside[word]
        length = window[-1][0] - window[0][0]
        if len(inside) > most or (len(inside) == most and length < shortest):
            most, shortest = len(inside), length
            best = (window[0][0], window[-1][0], [place for place, _ in window])
    return best


def _pieces(text: str, spans: list[tuple[int, int]], hits: set[int]) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    at = spans[0][0]
    for number in sorted(hits):
        start, end = spans[number]
        if start > at:
            pieces.append((text[at:start], False))
        pieces.append((text[start:end], True))
        at = end
    if at < spans[-1][1]:
        pieces.append((text[at : spans[-1][1]], False))
    return pieces
