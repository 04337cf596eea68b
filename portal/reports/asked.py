"""What a report is asked about: which place, over which days, and the same days a year before."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from branches.models import Kind, Organisation
from branches.papers import as_party_body
from branches.summary.below import Span, places_above
from branches.summary.months import last_day_of, month_of
from directives.models import Document

OF_COMMITTEE = re.compile(r"^(Đảng ủy|Đảng bộ) (?=(xã|phường|đặc khu) )")  # Đảng ủy xã Phú Lương: xã Phú Lương
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

    @cached_property
    def names(self) -> dict[int, str]:
        """What each below it was called on the last day. One query."""
        rows = Organisation.objects.everywhere(reason=WHY).below_as_of(self.place, self.until).as_of(self.until)
        listed: Any = rows.order_by().values_list("pk", "name_then", "name")  # type: ignore[misc]
        return {pk: then or now for pk, then, now in listed}

    @cached_property
    def above(self) -> dict[int, int]:
        """Under which of those directly below it each stood. One query."""
        return places_above([one.pk for one in self.children], self.until)

    def named(self, place: int) -> str:
        """Where there are committees between, with theirs: in one province many branches have the same name."""
        name, above = self.names.get(place, ""), self.above.get(place)
        if not self.is_above_committees or above in (None, place):
            return name
        commune = OF_COMMITTEE.sub("", self.names.get(above, "")) if above else ""
        return f"{name}, {commune}" if commune and commune not in name else name

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
    def branches(self) -> list[tuple[int, str, int]]:
        """Those that lived on the day: number, name, under which of those directly below they stood."""
        rows = Organisation.objects.everywhere(reason=WHY).filter(kind=Kind.BRANCH).living(self.until)
        found = rows.below_as_of(self.place, self.until).as_of(self.until).in_order()
        listed: Any = found.values_list("pk", "name_then")  # type: ignore[misc]
        return [(pk, name, self.above.get(pk, self.place.pk)) for pk, name in listed]


def name_of(place: Any) -> str:
    """As it was called on the day it was read for."""
    return getattr(place, "name_then", "") or place.name


def body_of(place: Any) -> str:
    """With all its members: Đảng bộ xã Phú Lương, whose committee is Đảng ủy xã Phú Lương."""
    return as_party_body(name_of(place))


def _a_year_back(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)
