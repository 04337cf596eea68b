"""All of the page, each part read when it is asked for; a part that leaves the page by itself reads no more than it needs."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from branches.models import Organisation
from branches.rules.reading import Rulebook
from directives.models import Document, Target
from meetings.models import MeetingKind
from meetings.queries.grid import Row, in_time_by_period, rows_of
from portal.access.permissions import Permission
from portal.dashboards.frame import Frame
from portal.dashboards.queries.commune.month import MonthOfBranches, Reminding, month_of_rows, reminding_of
from portal.dashboards.queries.commune.news import News, news_of
from portal.dashboards.queries.commune.scope import ALL, branches_of, in_charge
from portal.dashboards.queries.commune.targets import (
    ByBranch,
    Counted,
    Targets,
    chosen,
    firsts_of,
    measured_targets,
    scope_words,
    targets_of,
)
from portal.dashboards.queries.commune.visits import Visits, visits_of
from portal.dashboards.queries.commune.work import Overdue, Proposals, Without, overdue_of, proposals_of
from portal.indicators.registry import NOTHING, Figure, Indicator, indicator
from portal.words.quantities import number, percent

BY_NAME = "ten"
# What a period comes to, whatever a document asks; the others are on the page of all figures.
FIGURES = (
    "meetings.held", "meetings.week_one", "meetings.thematic", "meetings.attendance",
    "meetings.good", "meetings.resolved",
)  # fmt: skip
WITH_TASKS = "members.with_tasks"


@dataclass(frozen=True)
class Line:
    """A figure of the period, and the way to what it counts."""

    indicator: Indicator
    figure: Figure
    url: str

    @property
    def said(self) -> str:
        return percent(self.figure.numerator, self.figure.denominator)

    @property
    def base(self) -> str:
        return f"{number(self.figure.numerator)}/{number(self.figure.denominator)}"


@dataclass(frozen=True)
class Commune:
    frame: Frame

    # whose

    @cached_property
    def in_charge(self) -> frozenset[int]:
        return in_charge(self.frame)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.in_charge) and self.frame.own.get("cua") != ALL

    @cached_property
    def branches(self) -> list[Organisation]:
        return branches_of(self.frame, self.in_charge if self.is_narrowed else frozenset())

    @cached_property
    def numbers(self) -> list[int]:
        return [branch.pk for branch in self.branches]

    # meetings

    @property
    def day(self) -> date:
        return self.frame.period.last

    @cached_property
    def rows(self) -> list[Row]:
        """In the order of their names."""
        frame, branches = self.frame, self.branches
        until = None if frame.is_now else self.day
        page = frame.url("dashboard", 0)

        def read(moved: list[int]) -> dict[int, Row]:
            some = [branch for branch in branches if branch.pk in moved]
            book = frame.shelf.take_for_all("rules", lambda: Rulebook().read())
            rows = rows_of(some, self.day.year, MeetingKind.REGULAR, today=self.day, book=book, until=until)
            return {row.branch.pk: row for row in rows}

        known = frame.shelf.take_each(("rows", self.day, frame.tree_on, until), self.numbers, read)
        return [
            replace(
                row,
                url=page.replace("/0/", f"/{row.branch.pk}/", 1) if frame.may_open(row.branch) else "",
                leads=frame.may_open(row.branch, Permission.SEE_MEETINGS),
            )
            for row in known.values()
        ]

    @property
    def is_by_name(self) -> bool:
        return self.frame.own.get("xep") == BY_NAME

    @property
    def sorted_rows(self) -> list[Row]:
        return self.rows if self.is_by_name else sorted(self.rows, key=lambda row: row.attention)

    @cached_property
    def foot(self) -> list[tuple[int, int]]:
        return in_time_by_period(self.rows) if self.rows else []

    @cached_property
    def month(self) -> MonthOfBranches:
        return month_of_rows(self.rows, self.day)

    @cached_property
    def reminding(self) -> Reminding | None:
        """Of this day alone, and for whoever directs meetings here."""
        may = self.frame.is_now and self.frame.may(Permission.DIRECT_MEETINGS)
        return reminding_of(self.month) if may else None

    # figures

    @cached_property
    def found_targets(self) -> dict[Document, list[Target]]:
        return measured_targets(self.frame)

    @cached_property
    def counted(self) -> dict[date, ByBranch]:
        """Everything that the page needs of figures: one question for each day from which something is counted."""
        frame, document = self.frame, chosen(self.frame, self.found_targets)
        wanted = firsts_of(frame, self.found_targets[document] if document else [])
        general = [one for code in (*FIGURES, WITH_TASKS) if (one := indicator(code))]
        wanted.setdefault(frame.period.first, []).extend(general)
        only = frozenset(self.numbers) if self.is_narrowed else None
        counted = Counted(frame.place, self.numbers, self.day, frame.tree_on, only, frame.shelf)
        return {first: counted.of({one.code: one for one in asked}.values(), first) for first, asked in wanted.items()}

    @cached_property
    def targets(self) -> Targets:
        return targets_of(self.frame, self.found_targets, self.counted)

    @cached_property
    def figures(self) -> list[Line]:
        found = []
        for code in FIGURES:
            one, parts = indicator(code), self.counted[self.frame.period.first][code]
            figure = sum(parts.values(), NOTHING)
            if one and figure.denominator:
                found.append(Line(one, figure, self.figure_url(code)))
        return found

    def figure_url(self, code: str) -> str:
        return self.frame.url("dashboard_figure", self.frame.place.pk, code, **scope_words(self.frame))

    # what waits

    @cached_property
    def without_tasks(self) -> list[Without]:
        """Branches where some have no task, the most first; each leads to the persons, or to the figure of the branch."""
        parts, frame = self.counted[self.frame.period.first][WITH_TASKS], self.frame
        found = []
        for branch in self.branches:
            figure = parts.get(branch.pk, NOTHING)
            if not figure.lacking:
                continue
            if frame.is_now and frame.may_open(branch, Permission.READ_ROLL):
                url = frame.url("assignments", branch.pk)
            else:
                url = frame.url("figure", WITH_TASKS, **{"to-chuc": str(branch.pk)}) if frame.may_open(branch) else ""
            found.append(Without(branch.pk, branch.name, figure, url))
        return sorted(found, key=lambda one: (-one.figure.lacking, one.pk))

    @cached_property
    def overdue(self) -> Overdue | None:
        return overdue_of(self.frame, self.branches) if self.frame.may(Permission.SEE_TASKS) else None

    @cached_property
    def proposals(self) -> Proposals | None:
        if not self.frame.may(Permission.SEE_MEETINGS):
            return None
        return proposals_of(self.frame, self.numbers, narrowed=self.is_narrowed)

    @cached_property
    def visits(self) -> Visits | None:
        return visits_of(self.frame, self.rows) if self.frame.may(Permission.SEE_MEETINGS) else None

    @cached_property
    def news(self) -> News | None:
        return news_of(self.frame, self.branches) if self.frame.is_now else None
