"""A rule's value inside a question to the database: of each row the one that holds where the row belongs."""

from collections.abc import Callable
from datetime import date
from hashlib import blake2b
from typing import Any, Protocol, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, Field, IntegerField, Value, When
from django.utils import timezone

from branches.models import Organisation
from branches.rules.definitions import reminders
from branches.rules.reading import Reader, Rulebook
from branches.rules.registry import Definition

T = TypeVar("T")


class AskedOn(Reader, Protocol):
    """Who asks for what is due on a day."""

    @property
    def on(self) -> date: ...


WHOLE = IntegerField()
KEPT = "places with rules of their own"


def measure(rule: Definition[int], reader: Reader, *, on: date, path: str) -> Case | Value:
    """A whole number. `path`: the column that says where a row belongs."""
    book = Rulebook.of(reader)
    own = book.organisations_with_own(rule.key, on)
    values = {place: book.value(rule, place, on=on) for place in _places(reader) if place.pk in own}
    return _case(values, book.source_of(rule, None, on=on).value, path, WHOLE)


def measured(
    rule: Definition[T], reader: Reader, turned: Callable[[T], Any], field: Field, *, on: date, path: str
) -> Case | Value:
    """Of any rule, what its value comes to on that day: the last good day of a month, say."""
    book = Rulebook.of(reader)
    own = book.organisations_with_own(rule.key, on)
    values = {place: turned(book.value(rule, place, on=on)) for place in _places(reader) if place.pk in own}
    return _case(values, turned(book.source_of(rule, None, on=on).value), path, field)


def largest(rule: Definition[int], reader: Reader, *, on: date) -> int:
    """Of the whole country's value and all places' own: beyond it nothing need be looked for."""
    book = Rulebook.of(reader)
    own = book.organisations_with_own(rule.key, on)
    values = [book.value(rule, place, on=on) for place in _places(reader) if place.pk in own]
    return max([book.source_of(rule, None, on=on).value, *values])


def stages_of_reminding(reader: Reader, *, on: date, path: str) -> Case | Value:
    """Before the day as far as one rule says, after it as far as another does; counted from the last good day."""
    book, places = Rulebook.of(reader), _places(reader)
    rules = (reminders.DAYS_BEFORE, reminders.DAYS_AFTER)
    own = set().union(*(book.organisations_with_own(rule.key, on) for rule in rules))

    def stages(place: Organisation | None) -> list[int]:
        before, after = (book.source_of(rule, place, on=on).value for rule in rules)
        return sorted([-days for days in before] + list(after))

    return _case({place: stages(place) for place in places if place.pk in own}, stages(None), path, ArrayField(WHOLE))


def what_measures_say(asked: AskedOn) -> str:
    """The same as long as every rule holds where it held, and the tree stands over those that have their own."""
    book = Rulebook.of(asked)
    places = [(place.path, book.ancestry.ancestors(place, asked.on)) for place in _places(asked)]
    said = f"{timezone.localdate()}{places}{book.said}"
    return blake2b(said.encode(), digest_size=16).hexdigest()


def _case(values: dict[Organisation, Any], default: Any, path: str, field: Field) -> Case | Value:
    """The nearest place first: a branch before its commune."""
    nearest = sorted(values, key=lambda place: -len(place.path))
    whens = [When(**{f"{path}__startswith": place.path}, then=Value(values[place], field)) for place in nearest]
    fallback = Value(default, field)
    return Case(*whens, default=fallback, output_field=field) if whens else fallback


def _places(reader: Reader) -> list[Organisation]:
    """Those which have rules of their own; read once."""
    if KEPT not in reader.read_once:
        rows = Organisation.objects.everywhere(
            reason="one measure for all: where a rule of one's own holds is no secret"
        )
        reader.read_once[KEPT] = list(rows.filter(rules__isnull=False).distinct())
    return reader.read_once[KEPT]
