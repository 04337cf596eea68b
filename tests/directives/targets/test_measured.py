"""A target held against what the portal counts, as of a day: the year so far, the last month, what lacks, who meets it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.models import Kind, Month
from directives.models import Document, HandValue
from directives.queries.targets import documents_reaching, measured, month_over, periods_of_year, targets_in, targets_of
from directives.targets.measured import Measured, Verdict
from portal.indicators import registry
from portal.indicators.registry import Figure, Growth, Indicator
from tests.cast import Cast, place
from tests.directives.papers import a_document, a_target

DAY = date(2026, 11, 15)
Counts = Callable[..., None]


@pytest.fixture
def plan(cast: Cast) -> Document:
    return a_document(cast.phu_luong, "Kế hoạch")


@pytest.fixture
def counts(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Counts:
    """An indicator “thu” that gives these figures."""

    def publish(parts: dict[int, Figure], months: dict[date, Figure] | None = None, **facts: Any) -> None:
        usual = {"by_place": lambda place, first, last: parts, "by_month": (lambda *asked: months) if months else None}
        one = Indicator("thu", "Chi bộ làm đủ", "chi bộ đã họp", **usual | facts)
        monkeypatch.setattr(registry, "_published", registry._published | {"thu": one})

    return publish


def one(cast: Cast, plan: Document, day: date = DAY, **facts: Any) -> Measured:
    return measured([a_target(plan, "thu", **facts)], cast.phu_luong, day)[0]


@pytest.mark.parametrize(
    ("comparison", "part", "verdict"),
    [
        ("at least", 90, Verdict.MET), ("at least", 89, Verdict.NOT_MET), ("over", 90, Verdict.NOT_MET),
        ("over", 91, Verdict.MET), ("exactly", 90, Verdict.MET), ("exactly", 91, Verdict.NOT_MET),
    ],
)  # fmt: skip
def test_it_is_held_against_the_words(
    cast: Cast, plan: Document, counts: Counts, comparison: str, part: int, verdict: Verdict
):
    counts({cast.dong.pk: Figure(part, 100)})
    assert one(cast, plan, comparison=comparison).verdict == verdict


def test_the_figure_is_of_the_year_so_far_with_its_denominator(cast: Cast, plan: Document, counts: Counts):
    asked = []
    counts({cast.dong.pk: Figure(1, 2)}, by_place=lambda *said: asked.append(said) or {cast.dong.pk: Figure(421, 426)})
    found = one(cast, plan, comparison="exactly", value=100)
    assert asked == [(cast.phu_luong, date(2026, 1, 1), DAY)]
    assert (found.said, found.base, found.state) == ("98,8\u00a0%", "421/426 chi bộ đã họp", "Thiếu 5\u00a0chi bộ")


def test_it_begins_where_its_words_begin(cast: Cast, plan: Document, counts: Counts):
    asked = []
    counts({}, by_place=lambda *said: asked.append(said[1]) or {})
    one(cast, plan, timing={"since": date(2026, 4, 1)})
    one(cast, plan, timing={"since": date(2022, 4, 1)})
    assert asked == [date(2026, 4, 1), date(2026, 1, 1)]


@pytest.mark.parametrize(
    ("timing", "words"),
    [
        ({"until": date(2025, 12, 31)}, "Hết thời gian 31/12/2025"),
        ({"until": date(2026, 11, 14)}, "Hết thời gian 14/11/2026"),
        ({"since": date(2026, 11, 16)}, "Tính từ 16/11/2026"),
    ],
)
def test_outside_its_days_nothing_is_judged(
    cast: Cast, plan: Document, counts: Counts, timing: dict[str, date], words: str
):
    counts({cast.dong.pk: Figure(1, 2)})
    found = one(cast, plan, timing=timing)
    assert (found.verdict, found.conclusions, found.bar) == (Verdict.OUT_OF_TIME, [words], None)


@pytest.mark.parametrize("timing", [{"until": DAY}, {"since": DAY}])
def test_its_first_and_last_day_belong_to_it(cast: Cast, plan: Document, counts: Counts, timing: dict[str, date]):
    counts({cast.dong.pk: Figure(1, 2)})
    assert one(cast, plan, timing=timing).verdict == Verdict.NOT_MET


def test_nothing_to_count_yet_is_no_failure(cast: Cast, plan: Document, counts: Counts):
    counts({cast.dong.pk: Figure(0, 0)})
    found = one(cast, plan)
    assert (found.verdict, found.said, found.forecast, found.state) == (Verdict.NOTHING, "", None, "Chưa có gì để tính")


def test_without_a_level_it_is_a_direction(cast: Cast, plan: Document, counts: Counts):
    counts({cast.dong.pk: Figure(1, 2)})
    found = one(cast, plan, comparison="", value=None, unit="")
    assert (found.verdict, found.said, found.base) == (Verdict.DIRECTION, "50\u00a0%", "1/2 chi bộ đã họp")


def test_an_indicator_that_the_portal_does_not_have_measures_nothing(cast: Cast, plan: Document):
    found = one(cast, plan)
    assert (found.verdict, found.is_for_hand) == (Verdict.UNMEASURED, False)


def test_who_below_meets_it_is_counted_place_by_place(cast: Cast, plan: Document, counts: Counts):
    counts({cast.dong.pk: Figure(90, 100), cast.doai.pk: Figure(89, 100), cast.thuong.pk: Figure(0, 0)})
    found = one(cast, plan)
    assert (found.met_below, found.verdict) == (Figure(1, 2), Verdict.NOT_MET)
    assert found.conclusions[-1] == "1/2 nơi tự đạt"
    counts({cast.dong.pk: Figure(1, 1), cast.doai.pk: Figure(0, 1)})
    assert one(cast, plan).met_below is None  # it says the same once more


@pytest.mark.parametrize(("part", "said", "state"), [(1, "Có", "Đạt"), (0, "Không", "Chưa đạt")])
def test_of_one_branch_it_is_said_plainly(cast: Cast, plan: Document, counts: Counts, part: int, said: str, state: str):
    counts({cast.dong.pk: Figure(part, 1)}, growth=Growth.KEEPS)
    found = measured([a_target(plan, "thu", comparison="exactly", value=100)], cast.dong, DAY)[0]
    assert (found.said, found.base, found.state) == (said, "", state)


def test_the_months_tell_how_it_moves_and_whether_it_can_be_met(cast: Cast, plan: Document, counts: Counts):
    months = {date(2026, month, 1): Figure(17, 20) for month in range(1, 11)}
    months |= {date(2026, 10, 1): Figure(19, 20), date(2025, 12, 1): Figure(1, 20), date(2026, 5, 1): Figure(0, 0)}
    counts({cast.dong.pk: Figure(155, 180)}, months)
    found = one(cast, plan)
    assert found.trend.last == "Tháng 10: 95\u00a0%, tăng 10\u00a0điểm so với tháng 9"
    assert (found.over, found.left, len(found.trend.line)) == (9, 2, 9)
    assert found.forecast_words == "Không còn kịp trong năm 2026"
    counts({cast.dong.pk: Figure(159, 180)}, months)
    found = one(cast, plan)
    assert (found.forecast_words, found.tone, found.state) == (
        "Cần 2 kỳ nữa đủ 100\u00a0%",
        "warn",
        "Thiếu 3\u00a0chi bộ",
    )


def test_without_a_trend_a_monthly_target_shows_its_last_month(cast: Cast, plan: Document, counts: Counts):
    counts({cast.dong.pk: Figure(9, 10)}, growth=Growth.STANDS)
    assert one(cast, plan, timing={"pace": "month"}).trend.last == "Tháng 10: 90\u00a0%"
    assert one(cast, plan).trend.last == ""


@pytest.mark.parametrize(
    ("day", "month", "monthly", "quarterly"),
    [
        (date(2026, 1, 30), date(2025, 12, 1), (0, 12), (0, 4)),
        (date(2026, 1, 31), date(2026, 1, 1), (1, 11), (0, 4)),
        (date(2026, 3, 30), date(2026, 2, 1), (2, 10), (0, 4)),
        (date(2026, 3, 31), date(2026, 3, 1), (3, 9), (1, 3)),
        (date(2026, 12, 31), date(2026, 12, 1), (12, 0), (4, 0)),
    ],
)
def test_a_month_counts_on_its_last_day(day: date, month: date, monthly: tuple[int, int], quarterly: tuple[int, int]):
    assert month_over(day) == month
    assert (periods_of_year(1, day), periods_of_year(3, day)) == (monthly, quarterly)


def by_hand(cast: Cast, target: Any, as_of: date, value: str, place_: Any = None) -> None:
    HandValue(
        target=target, organisation=place_ or cast.phu_luong, as_of=as_of, value=Decimal(value), words="Báo cáo",
        said_by=cast["mai"], said_at=timezone.now(),
    ).save()  # fmt: skip


def test_the_last_word_of_the_year_is_taken_for_what_nothing_counts(cast: Cast, plan: Document):
    target = a_target(plan)
    for as_of, value in [(date(2025, 12, 31), "99"), (date(2026, 3, 1), "80"), (date(2026, 9, 1), "91.5")]:
        by_hand(cast, target, as_of, value)
    by_hand(cast, target, date(2026, 10, 1), "10", cast.dong)

    def on(day: date) -> tuple[str, Verdict]:
        found = measured([target], cast.phu_luong, day)[0]
        return found.said, found.verdict

    assert on(date(2026, 2, 28)) == ("", Verdict.UNMEASURED)
    assert on(date(2026, 8, 31)) == ("80\u00a0%", Verdict.NOT_MET)
    assert on(DAY) == ("91,5\u00a0%", Verdict.MET)


def test_of_two_targets_with_one_indicator_it_is_asked_once(cast: Cast, plan: Document, counts: Counts):
    asked = []
    counts({}, by_place=lambda *said: asked.append(said) or {})
    measured([a_target(plan, "thu"), a_target(plan, "thu", value=95)], cast.phu_luong, DAY)
    assert len(asked) == 1


def test_documents_reach_from_above_and_while_they_are_in_force(cast: Cast, plan: Document):
    everywhere = a_document(None, "Nghị quyết")
    a_document(cast.tan_hoa, "Của nơi khác")
    own = a_document(cast.dong, "Của chi bộ")
    a_document(None, "Đã hết hiệu lực", until=date(2026, 6, 30))
    reach = lambda organisation, name: set(documents_reaching(organisation, cast.actor(name), DAY))  # noqa: E731
    assert reach(cast.dong, "thinh") == {everywhere, plan, own}
    assert reach(cast.phu_luong, "mai") == {everywhere, plan}
    assert reach(cast.province, "kien") == {everywhere}


def months_of(cast: Cast, *branches: Any) -> None:
    for branch in branches:
        for month in range(1, 11):
            said = {"in_use": True, "regular_held_on": date(2026, month, 5), "regular_expected": 10, "regular_came": 9}
            Month.everything.create(organisation=branch, month=date(2026, month, 1), **said)


def test_a_figure_of_the_summary_meets_its_target(cast: Cast, plan: Document):
    months_of(cast, cast.dong, cast.doai)
    a_target(plan, "meetings.attendance")
    found = targets_in(plan, cast.phu_luong, cast.actor("mai"), DAY).rows[0]
    assert (found.figure, found.verdict, found.said) == (Figure(180, 200), Verdict.MET, "90\u00a0%")
    assert found.address.startswith("/to-chuc/")
    assert found.met_below == Figure(2, 2)


def test_as_many_queries_however_many_branches(cast: Cast, plan: Document):
    for code in ("meetings.attendance", "meetings.regime", "", ""):
        a_target(plan, code)
    months_of(cast, cast.dong)
    before = queries(cast)
    for number in range(8):
        months_of(cast, place(9_300_000 + number, f"PL-X{number}", f"Chi bộ {number}", Kind.BRANCH, cast.phu_luong))
    a_target(plan)
    a_target(plan, "meetings.attendance", value=95)
    assert queries(cast) == before <= 8


def queries(cast: Cast) -> int:
    with CaptureQueriesContext(connection) as asked:
        groups = targets_of(cast.phu_luong, cast.actor("mai"), DAY)
        assert groups[0].rows[0].conclusions is not None
    return len(asked)
