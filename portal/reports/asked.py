"""What a report is asked about: which place, over which days, and the same days a year before."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from branches.models import Kind, Organisation
from branches.summary.below import Span
from branches.summary.months import last_day_of, month_of
from directives.models import Document

WHY = "a report of a place was asked for through the door; what lies below it is counted"


@dataclass(frozen=True)
class Asked:
    """`today`: a period that is not over is looked at as far as it has come."""

    place: Organisation
    first: date
    last: date
    today: date
    document: Document | None = None

    @property
    def until(self) -> date:
        return min(self.last, self.today)

    @property
    def span(self) -> Span:
        return Span(self.first, self.until, self.until)

    @property
    def before(self) -> Span:
        """The same months of the year before, in the tree of their last day."""
        last = last_day_of(month_of(self.until).replace(year=self.until.year - 1))
        last = last if self.until == last_day_of(month_of(self.until)) else _a_year_back(self.until)
        return Span(_a_year_back(self.first), last, last)

    @cached_property
    def children(self) -> list[Organisation]:
        """Directly below it on the last day, with their names then. One query."""
        rows = Organisation.objects.everywhere(reason=WHY).placed_under(self.place, self.until).as_of(self.until)
        return list(rows.exclude(kind=Kind.CELL).in_order())

    @property
    def is_branch(self) -> bool:
        return self.place.kind == Kind.BRANCH

    @property
    def committees(self) -> list[Organisation]:
        return [one for one in self.children if one.kind != Kind.BRANCH]

    @property
    def is_above_committees(self) -> bool:
        return bool(self.committees)

    @cached_property
    def branches(self) -> list[tuple[int, str, str]]:
        """All branches of the day, under whom they stood: number, name, who stood above. Two queries."""
        rows = Organisation.objects.everywhere(reason=WHY).filter(kind=Kind.BRANCH)
        found = rows.below_as_of(self.place, self.until).as_of(self.until).in_order()
        above = {self.place.pk: self.place.name} | {one.pk: name_of(one) for one in self.committees}
        listed: Any = found.values_list("pk", "name_then", "parent_then")  # type: ignore[misc]
        return [(pk, name, above.get(parent, "")) for pk, name, parent in listed]


def name_of(place: Any) -> str:
    """As it was called on the day it was read for."""
    return getattr(place, "name_then", "") or place.name


def _a_year_back(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)
