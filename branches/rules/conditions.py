"""A rule inside a question of a past day: what it asks of each row is said by the rule that held where the row belonged."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.db.models import Q

from branches.models import Organisation
from branches.models.organisation import OrganisationQuerySet
from branches.rules.reading import Rulebook
from branches.rules.registry import Definition

T = TypeVar("T")


def where_it_holds(rule: Definition[T], said: Callable[[T], Q], *, on: date, organisation: str = "organisation") -> Q:
    """`said`: what a value asks. `organisation`: the column that says where a row belongs. What is nearer goes before."""
    usual, own = _standing(rule, on)
    found = said(usual)
    for place, value in own:
        inside = Q(**{f"{organisation}__in": _below(place, on).values("pk")})
        found = inside & said(value) | ~inside & found
    return found


def value_where(rule: Definition[T], *, on: date) -> Callable[[int], T]:
    """Of an organisation by its number, what holds there. As many queries as there are places with a value of their own."""
    usual, own = _standing(rule, on)
    found: dict[int, T] = {}
    for place, value in own:
        found |= dict.fromkeys(_below(place, on).values_list("pk", flat=True), value)
    return lambda number: found.get(number, usual)


def _standing(rule: Definition[T], on: date) -> tuple[T, list[tuple[Organisation, T]]]:
    """What holds in the whole country, and where something else does: the highest first."""
    book = Rulebook(only=rule.key)
    own = book.organisations_with_own(rule.key, on)
    rows = Organisation.objects.everywhere(reason="where a rule of one's own holds is no secret")
    places = list(rows.filter(pk__in=own)) if own else []
    places.sort(key=lambda place: (len(book.ancestry.ancestors(place, on)), place.path))
    return book.source_of(rule, None, on=on).value, [(one, book.value(rule, one, on=on)) for one in places]


def _below(place: Organisation, on: date) -> OrganisationQuerySet:
    rows = Organisation.objects.everywhere(reason="whom a rule reaches is no secret")
    return rows.below_as_of(place, on).order_by()
