"""Every figure of the dashboards counted a second time from raw rows, on three days, before and after a branch has moved and two
were merged; and each list behind a figure holds as many as the figure says."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from bench.bare_summary import CODES
from bench.entries.dashboards import of_logs, of_summary
from branches.models import Organisation
from branches.services.reorganisation import merge_organisations
from branches.summary.below import Span
from branches.summary.months import months_between
from branches.summary.recount import recount_since
from directives.models import TaskAssignment
from meetings.slots import SlotState
from portal.access.actor import Actor
from portal.accounts.models import Account
from portal.dashboards.frame import Frame
from portal.dashboards.queries.commune import work
from portal.dashboards.queries.commune.page import FIGURES, Commune
from portal.dashboards.queries.province import overdue as of_province
from portal.dashboards.queries.province import places
from portal.dashboards.queries.province.board import Board
from portal.figures.periods import Length, period_of
from portal.indicators.registry import NOTHING, indicator
from tests.indicators.conftest import Demo
from tests.indicators.conftest import demo as a_year  # noqa: F401
from tests.indicators.test_recount import SECOND
from tests.recount import waiting


@pytest.fixture(scope="module")
def demo(a_year: Demo) -> Demo:  # noqa: F811
    """And two branches of the first commune go on in one, ten weeks ago."""
    months = list(months_between(a_year.first, a_year.today))
    one = a_year.communes[0]
    pair = list(
        Organisation.everything.filter(parent=one, dissolved_on=None, branch_type="village").order_by("-pk")[:2]
    )
    office = Actor.today(Account.objects.get(username="bantochuc"))
    merge_organisations(merged=pair[:1], into=pair[1], parent=one, on=months[9], by=office)
    recount_since(Organisation.everything.all(), a_year.first)
    _tasks(a_year)
    return a_year


def _tasks(demo: Demo) -> None:
    """Some were due before the second day, and done or handed in after it, or not at all."""
    first, second, _ = demo.dates
    rows = TaskAssignment.everything.filter(organisation__kind="branch", state="doing").order_by("pk")
    numbers = list(rows.values_list("pk", flat=True)[:9])
    TaskAssignment.everything.filter(pk__in=numbers).update(
        opens_on=first, due_on=second - timedelta(days=9), period=None
    )
    later = {"done_on": second + timedelta(days=9), "state": "done"}
    TaskAssignment.everything.filter(pk__in=numbers[:3]).update(**later)
    TaskAssignment.everything.filter(pk__in=numbers[3:6]).update(
        handed_in_on=second + timedelta(days=1), state="handed in"
    )


@pytest.fixture
def asked(demo: Demo) -> Callable[..., Any]:
    """The answer to a page of a place as of a day."""
    clients: dict[str, Client] = {}

    def answer(address: str, *, on: date | None = None, as_: str = "bantochuc", **words: str) -> Any:
        if as_ not in clients:
            clients[as_] = Client()
            clients[as_].force_login(Account.objects.get(username=as_))
        said = words | ({"den": on.isoformat()} if on else {})
        found = clients[as_].get(address, said)
        assert found.status_code == 200, (address, found.status_code)
        return found

    return answer


def second(demo: Demo, code: str, place: int, first: date, day: date) -> dict[int, tuple[int, int]]:
    return SECOND[code](replace(demo, first=first), place, day)


def year(day: date) -> date:
    return period_of(Length.YEAR, day).first


def whole(parts: dict[int, tuple[int, int]]) -> tuple[int, int]:
    return sum(part for part, _ in parts.values()), sum(of for _, of in parts.values())


# ------------------------------------------------------------------ the province


def boards(demo: Demo, asked: Callable[..., Any]) -> Iterator[tuple[date, Board]]:
    for day in demo.dates:
        yield day, asked(f"/tong-quan/{demo.province.pk}/", on=day).context["board"]


def test_the_province_of_every_commune_on_three_days(demo: Demo, asked):
    for day, board in boards(demo, asked):
        assert len(board.rows) == len(demo.communes)
        for row in board.rows:
            for one in board.indicators:
                counted = whole(second(demo, one.code, row.pk, year(day), day))
                assert (row.figure(one.code).numerator, row.figure(one.code).denominator) == counted, (
                    one.code,
                    row,
                    day,
                )
            assert row.size.branches == waiting.branches(demo.rows, row.pk, day)
            assert row.overdue == waiting.overdue(demo.rows, row.pk, day)
        assert any(row.figure(one.code).numerator for row in board.rows for one in board.indicators)


def test_the_list_behind_overdue_tasks_of_the_province(demo: Demo, asked):
    for day, board in boards(demo, asked):
        for row in board.rows:
            listed = asked(f"/tong-quan/{row.pk}/viec/", on=day, loc="qua-han").context["page"].paginator.count
            assert listed == row.overdue


# ------------------------------------------------------------------ a commune


def test_a_commune_on_three_days(demo: Demo, asked):
    for place in demo.communes[:2]:
        for day in demo.dates:
            commune = Commune(asked(f"/tong-quan/{place.pk}/", on=day).context["frame"])
            month = commune.month
            assert (len(month.held), month.owed) == waiting.month(demo.rows, place.pk, day)
            for first, figures in commune.counted.items():
                for code, parts in figures.items():
                    found = {pk: (one.numerator, one.denominator) for pk, one in parts.items()}
                    assert found == second(demo, code, place.pk, first, day), (code, place, day)
            by_document = waiting.overdue_of_branches(demo.rows, place.pk, day)
            assert commune.overdue.count == sum(by_document.values())
            assert {one.document: one.count for one in commune.overdue.by_document} == dict(by_document)
            lacking = second(demo, "members.with_tasks", place.pk, year(day), day)
            assert sum(one.figure.lacking for one in commune.without_tasks) == whole(lacking)[1] - whole(lacking)[0]


def test_proposals_of_the_commune_on_three_days(demo: Demo, asked):
    place = demo.communes[0]
    for day in demo.dates:
        page = asked(f"/tong-quan/{place.pk}/", on=day, as_="vanphong")
        found = Commune(page.context["frame"]).proposals
        assert found.count == waiting.proposals(demo.rows, place.pk, day, demo.today)
        listed = asked(f"/tong-quan/{place.pk}/kien-nghi/", on=day, as_="vanphong").context["page"]
        assert listed.paginator.count == found.count


def test_lists_behind_the_figures_of_a_commune(demo: Demo, asked):
    place = demo.communes[0]
    for day in demo.dates:
        commune = Commune(asked(f"/tong-quan/{place.pk}/", on=day).context["frame"])
        for group, standings in commune.month.groups.items():
            listed = asked(f"/tong-quan/{place.pk}/thang/", on=day, loc=group).context["shown"]
            assert [one.branch.pk for one in listed] == [one.branch.pk for one in standings], group
        for one in commune.overdue.by_document:
            page = asked(f"/tong-quan/{place.pk}/viec-qua-han/", on=day, vb=str(one.document)).context["page"]
            assert page.paginator.count == one.count
        for line in commune.figures:
            rows = asked(line.url).context["rows"]
            assert sum((row.figure for row in rows), NOTHING) == line.figure, line.indicator.code
        for card in commune.targets.shown:
            rows = asked(card.url).context["rows"]
            counted = sorted((row.figure.numerator, row.figure.denominator) for row in rows if row.figure.denominator)
            parts = card.measured.parts.values()
            assert counted == sorted((one.numerator, one.denominator) for one in parts), card.name


# ------------------------------------------------------------------ a branch


def test_a_branch_on_three_days(demo: Demo, asked):
    place = demo.moved
    for day in demo.dates:
        branch = asked(f"/tong-quan/{place.pk}/", on=day).context["branch"]
        for line in branch.figures:
            counted = whole(second(demo, line.indicator.code, place.pk, year(day), day))
            assert (line.figure.numerator, line.figure.denominator) == counted, (line.indicator.code, day)
        assert {line.indicator.code for line in branch.figures} <= set(FIGURES)
        assert branch.figures


def test_the_bench_counts_the_same_from_the_logs(demo: Demo):
    """Of communes where no branch has an approved day of its own."""
    communes, indicators = [one.pk for one in demo.communes], [one for code in CODES if (one := indicator(code))]
    for day in demo.dates:
        span = Span(year(day), day, day)
        assert of_summary(communes, indicators, span, demo.province) == of_logs(communes, year(day), day), day


# ------------------------------------------------------------------ mistakes are found out

Patch = pytest.MonkeyPatch
MISTAKES: dict[str, tuple[Callable[..., None], Callable[[Patch], None]]] = {
    "tree of today": (
        test_the_province_of_every_commune_on_three_days,
        lambda patch: patch.setattr(Frame, "tree_on", property(lambda frame: frame.today)),
    ),
    "branches of today": (
        test_the_province_of_every_commune_on_three_days,
        lambda patch: _without(patch, places, "SIZES", "below.days @> %(tree_on)s", "below.days @> CURRENT_DATE"),
    ),
    "due that day is overdue": (
        test_the_province_of_every_commune_on_three_days,
        lambda patch: _without(patch, of_province, "OVERDUE", "due_on < %(day)s", "due_on < %(day)s + 30"),
    ),
    "done later is done": (
        test_the_list_behind_overdue_tasks_of_the_province,
        lambda patch: _without(patch, of_province, "OVERDUE", "OR COALESCE(task.handed_in_on, task.done_on) > %(day)s", ""),
    ),
    "drafts of logs count": (
        test_proposals_of_the_commune_on_three_days,
        lambda patch: patch.setattr(work, "was_closed", lambda: work.Q(pk=None)),
    ),
    "all are late": (
        test_a_commune_on_three_days,
        lambda patch: patch.setattr(work, "overdue_tasks", lambda frame, branches: work.TaskAssignment.everything.filter(organisation__in=branches)),
    ),
    "planned is held": (
        test_a_commune_on_three_days,
        lambda patch: patch.setattr(SlotState, "held", classmethod(lambda kinds: tuple(SlotState))),
    ),
}  # fmt: skip


def _without(patch: Patch, room: Any, name: str, said: str, instead: str) -> None:
    sql = getattr(room, name)
    assert sql.count(said) > 0
    patch.setattr(room, name, sql.replace(said, instead))


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_found_out(demo: Demo, asked, monkeypatch: Patch, mistake: str):
    test, seed = MISTAKES[mistake]
    seed(monkeypatch)
    with pytest.raises(AssertionError):
        test(demo, asked)
