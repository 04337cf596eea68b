"""Dashboards that stand open look again. Recounting a month says so by itself; what no month holds says so here."""

from collections.abc import Iterable

from branches.models import Organisation
from portal.live.versions import touched


def moved_at(organisations: Iterable[int]) -> None:
    """By their numbers, inside the transaction of the change: they, and all above them."""
    rows = Organisation.objects.everywhere(reason="those who look at them see it through the door")
    touched(rows.filter(pk__in=set(organisations)).values_list("path", flat=True))


def moved_below(organisation: Organisation | None) -> None:
    """Everywhere below it; without one, in the whole country."""
    rows = Organisation.objects.everywhere(reason="those who look at them see it through the door")
    touched(rows.at_or_below(organisation.path if organisation else "/").values_list("path", flat=True))
