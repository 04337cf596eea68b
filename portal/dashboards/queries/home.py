"""Reads for the first page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from branches.models import Organisation
from portal.access.actor import Actor
from portal.access.grants import Held
from portal.access.permissions import Permission
from portal.duties.reading import SOON, Item, Overview, Place, duties_of, overview_of
from portal.words.quantities import number, remaining

AT_FIRST = 8  # rows of a section that stand open
MANY = 300  # organisations: more are not asked anew for every page


@dataclass(frozen=True)
class Section:
    name: str  # anchor
    title: str
    items: Sequence[Item]

    @property
    def first(self) -> Sequence[Item]:
        return self.items[:AT_FIRST]

    @property
    def rest(self) -> Sequence[Item]:
        return self.items[AT_FIRST:]


@dataclass(frozen=True)
class Elsewhere:
    """What waits in another of one's roles."""

    held: Held
    count: int
    late: int


@dataclass(frozen=True)
class MyWork:
    """What is due in the capacity one acts in, and what waits in one's others."""

    items: Sequence[Item]
    elsewhere: Sequence[Elsewhere]
    today: date

    @property
    def first(self) -> Item | None:
        return self.items[0] if self.items else None

    @property
    def late(self) -> int:
        return sum(item.is_overdue for item in self.items)

    @property
    def sections(self) -> list[Section]:
        """Without the first, which stands above them in its frame."""
        rest = self.items[1:]
        soon = self.today + timedelta(days=SOON)
        found = [
            Section("qua-han", "Quá hạn", [item for item in rest if item.is_overdue]),
            Section("tuan-nay", "Trong 7 ngày tới", [item for item in rest if self.today <= item.due_on <= soon]),
            Section("sau-do", "Sau đó", [item for item in rest if item.due_on > soon]),
        ]
        return [section for section in found if section.items]

    @property
    def lead(self) -> str:
        if not self.items:
            return "Không có việc nào đang chờ đồng chí."
        late = f", trong đó {number(self.late)} việc đã quá hạn" if self.late else ", chưa việc nào quá hạn"
        return f"Đồng chí có {number(len(self.items))} việc{late}."


def work_of(actor: Actor, today: date) -> MyWork:
    """One query for all rules and all roles together."""
    items = duties_of(actor, on=today)
    here = [item for item in items if _is_of(item, actor.capacity)]
    others = [held for held in actor.held if held != actor.capacity]
    left = [item for item in items if not _is_of(item, actor.capacity)]
    elsewhere = [(held, [item for item in left if _is_of(item, held)]) for held in others]
    counted = [Elsewhere(held, len(theirs), sum(i.is_overdue for i in theirs)) for held, theirs in elsewhere if theirs]
    return MyWork(here, counted, today)


def overview_for(actor: Actor, today: date) -> Overview:
    """Who looks after others sees what they have not done; over many, as it stood when it was last counted."""
    held = actor.capacity
    if held is None or held.is_of_one_branch or not (held.gives(Permission.READ_FIGURES) and held.reaches_below):
        return Overview([])
    below = Organisation.objects.everywhere(reason="which lie below").filter(path__startswith=held.path)
    numbers = list(below.exclude(pk=held.organisation_id).values_list("pk", flat=True)[:MANY])
    return overview_of(actor, on=today, below=numbers if len(numbers) < MANY else None)


@dataclass(frozen=True)
class UndoneAt:
    """A row of the list of those who have not done something."""

    organisation: Organisation
    place: Place
    today: date

    @property
    def is_late(self) -> bool:
        return self.place.due_on < self.today

    @property
    def remaining(self) -> str:
        return remaining(self.place.due_on, self.today).capitalize()


def named(places: Sequence[Place], actor: Actor, today: date) -> list[UndoneAt]:
    """The organisations of one page of undone work. One query."""
    seen = Organisation.objects.allowed(actor, Permission.SEE_ORGANISATION).select_related("parent")
    found = seen.in_bulk([place.organisation for place in places])
    return [UndoneAt(found[place.organisation], place, today) for place in places if place.organisation in found]


def _is_of(item: Item, held: Held | None) -> bool:
    if item.account is not None or item.duty.doer is None:
        return True
    return held is not None and item.organisation == held.organisation_id and held.gives(item.duty.doer)
