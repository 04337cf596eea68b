"""The documents that the portal brings along, as files that anyone can read; loaded by services/library.py.

A folder a document: document.toml (what it is), van-ban.txt (its text, word by word, as it was found, up to “Nơi nhận”: who
signed it, and persons among its receivers, are left out; so is what a scanner made of a stamp), obligations.toml (what it
obliges to, sentence by sentence). cited.toml has the documents that those five cite, newer.toml the later ones that replaced
some of them; of neither is the text here.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from directives.reading.places import Place, places_of
from directives.reading.plain import plain

HERE = Path(__file__).resolve().parent


class WrongLibrary(ValueError):
    """A file of the library says something that cannot be: a mistake of this release."""


@dataclass(frozen=True)
class Entry:
    """A document of the library, and what it obliges to."""

    facts: dict[str, Any]
    text: str
    obligations: list[dict[str, Any]]

    @property
    def slug(self) -> str:
        return self.facts["slug"]

    def place_of(self, row: dict[str, Any]) -> Place:
        """Where the words of an obligation stand in the text; `at` says which time, where they stand more than once."""
        places = places_of(row["quote"], self.text)
        number = row.get("at", 1)
        if len(places) < number or (len(places) > 1 and "at" not in row):
            raise WrongLibrary(f"{row['id']}: its words stand {len(places)} times in {self.slug}.")
        return places[number - 1]


def entries() -> list[Entry]:
    return [*_documents(), *_stubs("cited.toml"), *_stubs("newer.toml")]


def _documents() -> Iterator[Entry]:
    for file in sorted(HERE.glob("*/document.toml")):
        rows = _read(file.with_name("obligations.toml"))["obligation"]
        text = plain(file.with_name("van-ban.txt").read_text(encoding="utf-8"))
        yield Entry(_read(file), text, rows)


def _stubs(name: str) -> Iterator[Entry]:
    for facts in _read(HERE / name)["document"]:
        yield Entry(facts, "", [])


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
