"""What holds in the whole country, read from the files of the published subjects and checked against their shapes."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from branches.rules.registry import Certainty, Subject, definition_of, subjects
from branches.rules.shapes import Unfit


class WrongDefault(ValueError):
    """A file of defaults says something that cannot be: a mistake of this release, not of a reader."""


@dataclass(frozen=True)
class Default:
    key: str
    since: date
    value: Any
    source: str
    certainty: Certainty


def all_defaults() -> Iterator[Default]:
    for subject in subjects():
        yield from defaults_of(subject)


def defaults_of(subject: Subject) -> Iterator[Default]:
    own = {definition.key for definition in subject.definitions}
    for row in tomllib.loads(subject.defaults.read_text(encoding="utf-8"))["rule"]:
        default = _read(row, subject.defaults)
        if default.key not in own:
            raise WrongDefault(f"{subject.defaults.name}: {default.key} is no rule of “{subject.title}”.")
        yield default


def _read(row: dict[str, Any], path: Path) -> Default:
    try:
        default = Default(**row | {"certainty": Certainty(row["certainty"])})
        shape = definition_of(default.key).shape
        kept = shape.dump(shape.load(default.value))
    except (KeyError, TypeError, ValueError, LookupError) as error:
        said = error.sentence if isinstance(error, Unfit) else error
        raise WrongDefault(f"{path.name}: {row.get('key')}, {row.get('since')}: {said}") from error
    if not default.source or type(default.since) is not date or default.certainty is Certainty.OWN:
        raise WrongDefault(f"{path.name}: {default.key} needs a day, a source and a certainty of the files.")
    return Default(default.key, default.since, kept, default.source, default.certainty)
