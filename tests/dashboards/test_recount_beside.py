"""What stands beside the figures, counted a second time: how many members, how places moved and their months went, who was
visited, how a branch's neighbours stand."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

import pgtrigger
import pytest

from branches.models import Organisation
from directives.queries.targets import begins_on
from meetings.models import Guest, Meeting
from members.models import Charge
from portal.dashboards.queries.commune import visits as of_visits
from portal.dashboards.queries.commune.page import Commune
from portal.dashboards.queries.commune.visits import visits_of
from portal.dashboards.queries.province import movement, places
from portal.figures.periods import Length, period_of
from portal.indicators.registry import Figure, Growth
from tests.dashboards.test_recount import asked, demo, second, whole, year  # noqa: F401  fixtures
from tests.indicators.conftest import Demo
from tests.indicators.conftest import demo as a_year  # noqa: F401
from tests.recount import people
from tests.recount.meetings import chains, months_over

Asked = Callable[..., Any]


@pytest.fixture(scope="module")
def visited(demo: Demo) -> Demo:  # noqa: F811
    """Somebody of the committee came to three branches, before and after the second day; one charge ended before it."""
    _, day, _ = demo.dates
    for number, branch in enumerate(Organisation.everything.filter(parent=demo.communes[0]).order_by("pk")[:6]):
        logs = Meeting.everything.filter(organisation=branch, closed_at__isnull=False)
        log = (logs.filter(day__lte=day) if number % 2 else logs).latest("day")
        with pgtrigger.ignore("meetings.Guest:open_when_inserted"):
            Guest.everything.create(meeting=log, name="Đảng ủy viên", of_committee=True, gone=number == 4)
    Charge.everything.filter(pk=Charge.everything.order_by("pk").values("pk")[:1]).update(until=day - timedelta(days=5))
    return demo


def test_members_of_every_commune_on_three_days(demo: Demo, asked: Asked):  # noqa: F811
    for day in demo.dates:
        board = asked(f"/tong-quan/{demo.province.pk}/", on=day).context["board"]
        found = {row.pk: row.size.members for row in board.rows}
        assert found == {one.pk: people.strength(demo.rows, one.pk, day, demo.today) for one in demo.communes}, day
        assert board.size.members == sum(found.values()) > 0


@pytest.mark.parametrize("length", [Length.MONTH, Length.QUARTER])
def test_how_far_each_has_moved(demo: Demo, asked: Asked, length: Length):  # noqa: F811
    moved = 0
    for day in demo.dates:
        page = asked(f"/tong-quan/{demo.province.pk}/", on=day, ky=length.value)
        board = page.context["board"]
        period, code = period_of(length, day), board.shown.code
        before = period_of(length, period.first - timedelta(days=1))
        for row in page.context["page"]:
            now = _share(demo, code, row.pk, period.first, day)
            then = _share(demo, code, row.pk, before.first, _end(before.first, length))
            wanted = None if now is None or then is None else now - then
            assert (row.moved.points if row.moved else None) == wanted, (row, day)
            moved += bool(wanted)
    assert moved


def _end(first: date, length: Length) -> date:
    after = first
    for _ in range(1 if length is Length.MONTH else 3):
        after = (after + timedelta(days=32)).replace(day=1)
    return after - timedelta(days=1)


def _share(demo: Demo, code: str, place: int, first: date, day: date) -> Decimal | None:  # noqa: F811
    part, of = whole(second(demo, code, place, first, day))
    return Decimal(100 * part) / of if of else None


def test_how_the_months_of_each_went(demo: Demo, asked: Asked):  # noqa: F811
    """Each month as it stands on the day, in the day's tree."""
    for day in demo.dates[1:]:
        page = asked(f"/tong-quan/{demo.province.pk}/", on=day)
        board = page.context["board"]
        seen = 0
        for row in page.context["page"]:
            for month in months_over(demo.first, day):
                counted = whole(_of_month(demo, board.shown.code, row.pk, month, day))
                known = row.went.months.get(month, Figure(0, 0))
                assert (known.numerator, known.denominator) == counted, (row, month, day)
                seen += bool(counted[1])
        assert seen


def _of_month(demo: Demo, code: str, place: int, month: date, day: date) -> dict[int, tuple[int, int]]:  # noqa: F811
    """Of two spans that differ by that month the difference."""
    upto, without = second(demo, code, place, month, day), second(demo, code, place, _next(month), day)
    return {pk: (part - without.get(pk, (0, 0))[0], of - without.get(pk, (0, 0))[1]) for pk, (part, of) in upto.items()}


def _next(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def test_who_was_visited_and_whom_nobody_follows(visited: Demo, asked: Asked):  # noqa: F811
    demo, some = visited, 0  # noqa: F811
    for place in demo.communes:
        for day in demo.dates:
            commune = Commune(asked(f"/tong-quan/{place.pk}/", on=day).context["frame"])
            found = visits_of(commune.frame, commune.rows)
            assert {one.pk for one in found.visited} == people.visited(demo.rows, place.pk, day), (place, day)
            assert {one.pk for one in found.unfollowed} == people.unfollowed(demo.rows, place.pk, day), (place, day)
            some += len(found.visited)
    assert some >= 2


def test_the_targets_of_a_branch_and_the_middle_of_its_neighbours(demo: Demo, asked: Asked):  # noqa: F811
    seen = 0
    for day in demo.dates:
        above = chains(demo.rows, day)[demo.moved.pk][1]
        branch = asked(f"/tong-quan/{demo.moved.pk}/", on=day).context["branch"]
        for one in branch.targets:
            measured = one.measured
            first = begins_on(measured.target, year(day))
            beside = second(demo, measured.target.indicator, above, first, day)
            own = beside.get(demo.moved.pk)
            found = {pk: (part.numerator, part.denominator) for pk, part in measured.parts.items()}
            assert found == ({demo.moved.pk: own} if own else {}), (one.name, day)
            shares = [Decimal(100 * part) / of for part, of in beside.values() if of]
            if measured.indicator.growth is Growth.KEEPS:
                said = f"{sum(part == of for part, of in beside.values())}/{len(beside)} chi bộ đạt"
            else:
                said = f"{_one_decimal(median(shares))} %"
            if len(shares) >= 3:
                assert one.middle.replace("\u00a0", " ") == said, (one.name, day)
                seen += 1
    assert seen


def _one_decimal(share: Decimal) -> str:
    said = f"{share.quantize(Decimal('0.1'), rounding='ROUND_HALF_UP')}".replace(".", ",")
    return said.removesuffix(",0")


# ------------------------------------------------------------------ mistakes are found out

Patch = pytest.MonkeyPatch
MISTAKES: dict[str, tuple[Callable[..., None], Callable[[Patch], None]]] = {
    "members of this month": (
        test_members_of_every_commune_on_three_days,
        lambda patch: patch.setattr(places, "last_whole_month", lambda day: day.replace(day=1)),
    ),
    "before is now": (
        lambda year, ask: test_how_far_each_has_moved(year, ask, Length.MONTH),
        lambda patch: patch.setattr(movement, "period_before", lambda period: period),
    ),
    "visits of all years": (
        test_who_was_visited_and_whom_nobody_follows,
        lambda patch: patch.setattr(of_visits, "visited_in_quarter", _visited_ever),
    ),
}


def _visited_ever(numbers: list[int], day: date) -> list[int]:
    return sorted(row[0] for row in of_visits.VISITED.rows(numbers, {of_visits.FIRST: date.min, of_visits.LAST: day}))


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_found_out(visited: Demo, asked: Asked, monkeypatch: Patch, mistake: str):  # noqa: F811
    test, seed = MISTAKES[mistake]
    seed(monkeypatch)
    with pytest.raises(AssertionError):
        test(visited, asked)
