"""For tests of what is kept: how often something was counted, and the tree settled.

In a test's own transaction its writer is never done, so that the tree would never settle by itself.
"""

from collections.abc import Callable
from datetime import date

from branches.models import Month, Organisation, Ripple
from branches.models.ripple import UNSETTLED
from branches.summary.kept import Shelf

TODAY, OCTOBER = date(2026, 11, 20), date(2026, 10, 1)


def settle() -> None:
    """As the clock does, when all who were writing while the tree changed are done."""
    Ripple.everything.filter(place=UNSETTLED).delete()
    Ripple.everything.update(folded=True)


class Counting:
    """Reads rows, and says how often it was asked to."""

    def __init__(self, read: Callable[[], object]) -> None:
        self.read, self.times = read, 0

    def __call__(self) -> object:
        self.times += 1
        return self.read()


def taken(place: Organisation, count: Counting, name: str = "it") -> object:
    return Shelf(place.pk, TODAY).take(name, count)


def strengths(*branches: Organisation) -> Counting:
    rows = Month.everything.filter(organisation__in=branches).order_by("pk")
    return Counting(lambda: list(rows.values_list("organisation", "strength")))


def stand_at(place: Organisation) -> dict[str, int]:
    return Shelf(place.pk, TODAY)._sums[place.pk]
