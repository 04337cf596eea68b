"""The rules by which a regular meeting is in time, of many organisations and months from one book."""

from datetime import date

from branches.models import Organisation
from branches.rules.reading import Rulebook
from meetings.slots import RULES, Measure


class Measures:
    def __init__(self, book: Rulebook) -> None:
        self._book = book
        self._found: dict[tuple[int | None, date], Measure] = {}
        self._some_have_own = any(book.organisations_with_own(rule.key, date.max) for rule in RULES)

    def of(self, organisation: Organisation, period: date) -> Measure:
        """Where nobody has a measure of its own, all have that of the country."""
        place = organisation if self._some_have_own else None
        key = (place.pk if place else None, period)
        if key not in self._found:
            week_one, fixed = (self._book.source_of(rule, place, on=period).value for rule in RULES)
            self._found[key] = Measure(week_one, fixed)  # type: ignore[arg-type]
        return self._found[key]
