"""Vietnamese text: one normal form, one order, one way to search."""

import re
import unicodedata
from functools import lru_cache

_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng
_MARKS = {"\u0306": "1", "\u0302": "2", "\u031b": "3"}  # ă, then â ê ô, then ơ ư: the order of the alphabet
TOKENS = re.compile(r"[^\W_]+")
_BARE = {ord("đ"): "d"} | {  # small letters of ours and of our neighbours without their marks, and the marks alone
    code: "".join(char for char in unicodedata.normalize("NFD", chr(code)) if not unicodedata.combining(char))
    for code in (*range(0xC0, 0x250), *range(0x300, 0x370), *range(0x1E00, 0x1F00)) if chr(code) != "đ"
}  # fmt: skip
_DIGITS = re.compile(r"\d+")


def nfc(text: str) -> str:
    """The composed form. Phones of one maker type names decomposed: the same to the eye, another string to a computer."""
    return unicodedata.normalize("NFC", text)


def sort_key(text: str) -> str:
    """An ASCII string whose byte order is the Vietnamese dictionary's: letters of a syllable first, then its tone.

    The tone is taken out of the syllable, so hoà and hòa are one word. Numbers sort as numbers: thôn 2 before thôn 10.
    """
    return " ".join(_syllable_key(token) for token in TOKENS.findall(nfc(text).lower()))


def person_sort_key(full_name: str) -> str:
    """Given name first, then family and middle name: the order of every list of persons."""
    *others, given = full_name.split() or [""]
    return sort_key(" ".join([given, *others]))


def search_key(text: str) -> str:
    """What people type in a hurry: no tones, no marks, small letters. Finds “Nà Pài” by “na pai”."""
    bare = text.lower().translate(_BARE)
    if not bare.isascii():
        bare = "".join(char for char in unicodedata.normalize("NFD", bare) if not unicodedata.combining(char))
    return " ".join(TOKENS.findall(bare))


@lru_cache(maxsize=20_000)  # names are made of few syllables
def _syllable_key(syllable: str) -> str:
    letters: list[str] = []
    tone = "0"
    for char in unicodedata.normalize("NFD", _DIGITS.sub(lambda found: found[0].zfill(6), syllable)):
        if char in _TONES:
            tone = _TONES[char]
        elif char in _MARKS and letters:
            letters[-1] = letters[-1][0] + _MARKS[char]
        elif char == "đ":
            letters.append("d1")
        elif char.isascii():
            letters.append(char if char.isdigit() else char + "0")
        elif not unicodedata.combining(char):
            letters.append(f"~{ord(char):06x}")  # other scripts: after ours, in a fixed order
    return "".join(letters) + " " + tone
