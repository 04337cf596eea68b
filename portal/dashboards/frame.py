"""What a dashboard looks at: a place, over which days, in the tree of which day, by whom. All of it stands in the address."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from branches.models import Kind, Organisation
from branches.queries.tree import roots_on
from branches.summary.below import Span
from branches.summary.kept import Shelf
from branches.views.reached import reached_organisation
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.views import ActorRequest
from portal.dashboards.live import mark_of
from portal.figures.forms import PeriodForm
from portal.figures.periods import Length, Period
from portal.words.quantities import day as in_words

OWN = ("vb", "xep", "cua")
LONGEST_WORD = 20
WHY = "names of what lies below a place that was asked for through the door"


class Tree(StrEnum):
    """Whose branches count."""

    THEN = "ky"
    NOW = "nay"

    @property
    def label(self) -> str:
        return {"ky": "Như vào ngày cuối kỳ", "nay": "Như hôm nay"}[self]


class FrameForm(PeriodForm):
    """?ky=quy&den=2026-09-30&cay=nay"""

    cay = forms.ChoiceField(
        label="Cây tổ chức", choices=[(one.value, one.label) for one in Tree], required=False, widget=forms.HiddenInput
    )

    def __init__(self, asked: QueryDict, *, place: Organisation, today: date) -> None:
        super().__init__(asked, place=place, today=today)
        self.data = {**self.data, "cay": asked.get("cay") or Tree.THEN.value}

    @property
    def tree(self) -> Tree:
        return Tree(self.cleaned_data.get("cay") or Tree.THEN)


class Level(StrEnum):
    """What stands below: which page it is."""

    BRANCH = "branch"
    COMMUNE = "commune"
    PROVINCE = "province"


@dataclass(frozen=True)
class Frame:
    actor: Actor
    place: Organisation
    today: date
    period: Period
    tree: Tree
    asked: QueryDict  # what else the address says: each page takes its own words from it
    form: FrameForm = field(compare=False)
    shelf: Shelf = field(compare=False)  # what was counted for others who looked at this place today
    # words that the page read in the address and its links keep
    kept: dict[str, str] = field(default_factory=dict, compare=False)
    mark: str = field(default="", compare=False)  # by which the open page asks whether anything has moved
    made_at: datetime = field(default_factory=timezone.localtime, compare=False)

    # days

    @property
    def tree_on(self) -> date:
        return self.today if self.tree is Tree.NOW else self.period.last

    @property
    def span(self) -> Span:
        return Span(self.period.first, self.period.last, self.tree_on)

    @property
    def is_now(self) -> bool:
        """What it shows may still move."""
        return self.period.last == self.today

    @property
    def is_live(self) -> bool:
        """It asks by itself: not of a past day, where nothing moves."""
        return self.is_now and bool(self.mark)

    @property
    def day_words(self) -> str:
        """Số liệu đến ngày 30/09/2026, theo cây tổ chức hôm nay"""
        tree = ", theo cây tổ chức hôm nay" if self.tree is Tree.NOW and not self.is_now else ""
        return f"Số liệu đến ngày {in_words(self.period.last)}{tree}"

    # the tree

    @cached_property
    def children(self) -> list[Organisation]:
        """Directly below it, with their names of that day."""
        return self.shelf.take(("children", self.tree_on), self._read_children)

    def _read_children(self) -> list[Organisation]:
        rows = Organisation.objects.everywhere(reason=WHY).placed_under(self.place, self.tree_on)
        found = list(rows.as_of(self.tree_on).in_order())
        for one in found:
            one.name = one.name_then or one.name  # type: ignore[attr-defined]  # from as_of
        return found

    @cached_property
    def level(self) -> Level:
        if self.place.kind == Kind.BRANCH:
            return Level.BRANCH
        has_committees = any(child.kind not in (Kind.BRANCH, Kind.CELL) for child in self.children)
        return Level.PROVINCE if has_committees else Level.COMMUNE

    @cached_property
    def before_it(self) -> list[Organisation]:
        """Where it did not stand yet on that day: those that went on in it, whose own pages tell of that day."""
        return [] if self.place.lives_on(self.tree_on) else roots_on(self.place, self.tree_on)

    def may_open(self, organisation: Organisation, permission: Permission = Permission.READ_FIGURES) -> bool:
        return self.actor.may(permission, organisation.path)

    def may(self, permission: Permission) -> bool:
        """At the place itself."""
        return self.actor.may(permission, self.place.path)

    @property
    def reaches_below(self) -> bool:
        """Whoever may see something at the place may see it everywhere below."""
        held = self.actor.capacity
        return held is not None and held.reaches_below and held.reaches(self.place.path)

    # addresses

    @property
    def said(self) -> dict[str, str]:
        """The words that every link keeps; what is usual is left out."""
        found = {}
        if self.period.length is not Length.YEAR:
            found["ky"] = self.period.length.value
        if self.form.is_asked:
            found["den"] = self.period.last.isoformat()
        if self.tree is not Tree.THEN:
            found["cay"] = self.tree.value
        return found

    @property
    def query(self) -> str:
        return urlencode(self.said)

    def url(self, name: str, *args: Any, **changes: str) -> str:
        """Of another page with the same frame; `changes` to its words, an empty one takes a word out."""
        words = {name: word for name, word in {**self.said, **changes}.items() if word}
        address = reverse(name, args=args)
        return f"{address}?{urlencode(words)}" if words else address

    @property
    def own(self) -> dict[str, str]:
        """The page's own words, which its links keep: which document, in which order, whose."""
        said = {name: word for name in OWN if (word := self.asked.get(name, "")) and len(word) <= LONGEST_WORD}
        return {**said, **self.kept}

    def here(self, **changes: str) -> str:
        return self.url("dashboard", self.place.pk, **{**self.own, **changes})

    @property
    def lengths(self) -> list[tuple[Length, str, bool]]:
        return [
            (one, self.here(ky="" if one is Length.YEAR else one.value), one is self.period.length) for one in Length
        ]

    @property
    def trees(self) -> list[tuple[Tree, str, bool]]:
        return [(one, self.here(cay="" if one is Tree.THEN else one.value), one is self.tree) for one in Tree]


def frame_of(request: ActorRequest, pk: int) -> Frame:
    """Through the door. A wrong day or word is said in the form, and what is usual shown."""
    today = timezone.localdate()
    shelf = Shelf(pk, today)
    place = reached_organisation(request, pk, Permission.READ_FIGURES)
    mark = mark_of(request.actor, place, shelf)
    form = FrameForm(request.GET, place=place, today=today)
    period = form.period
    return Frame(request.actor, place, today, period, form.tree, request.GET, form, shelf, mark=mark)
