"""Values go to JSON and back, into a form and back, and are compared exactly."""

import json
import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.http import QueryDict
from hypothesis import assume, given
from hypothesis import strategies as st

from branches.rules.definitions.quality import BANDS, YEAR, Band, YearStep
from branches.rules.files import all_defaults
from branches.rules.forms import RuleForm, form_for
from branches.rules.registry import Definition, definition_of, definitions
from branches.rules.shapes import (
    CEILINGS,
    Between,
    Cadence,
    DayOfYear,
    Fractional,
    Line,
    Margins,
    MonthDeadline,
    OftenEnough,
    Operator,
    Percentage,
    Period,
    Range,
    Shape,
    Share,
    Table,
    TextList,
    ThroughOrBefore,
    Unfit,
    Whole,
    WholeList,
    YearDay,
    YearDeadline,
    YesNo,
)
from branches.rules.shapes.days import DayInMonth, Deadline
from branches.rules.shapes.numbers import Edges
from portal.words.text import nfc

operators = st.sampled_from(ThroughOrBefore)
year_days = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: YearDay(day.day, day.month))
percents = st.integers(0, 10_000).map(lambda hundredths: Fraction(hundredths, 10_000))
lines = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=60).map(nfc).filter(
    lambda text: text.split() == [text] and len(text) <= 100
)  # fmt: skip
bands = st.lists(st.integers(1, 100), max_size=4, unique=True).flatmap(
    lambda points: st.just([*sorted(points, reverse=True), 0])
)

VALUES = {
    Whole("phút", most=600): st.integers(0, 600),
    Between("%", most=100): st.tuples(st.integers(0, 100), st.integers(0, 100)).map(lambda two: Range(*sorted(two))),
    OftenEnough(): st.builds(Cadence, st.integers(1, 60), st.sampled_from([Period.MONTH, Period.QUARTER, Period.YEAR])),
    Margins(): st.builds(Edges, *[st.integers(0, 60)] * 4),
    Percentage(): st.builds(Share, st.sampled_from([Operator.OVER, Operator.FROM]), percents),
    Percentage(CEILINGS): st.builds(Share, st.sampled_from(CEILINGS), percents),
    Fractional(): st.builds(
        Share,
        st.sampled_from([Operator.OVER, Operator.FROM]),
        st.integers(1, 99).flatmap(lambda whole: st.integers(1, whole).map(lambda part: Fraction(part, whole))),
    ),
    YearDeadline(): st.builds(Deadline, operators, year_days),
    MonthDeadline(): st.builds(DayInMonth, operators, st.integers(2, 31)),
    DayOfYear(): year_days,
    YesNo(): st.booleans(),
    Line(): lines,
    TextList(): st.lists(lines, min_size=1, max_size=10).map(tuple),
    WholeList("ngày", falling=True): st.lists(st.integers(0, 366), min_size=1, max_size=9, unique=True).map(
        lambda numbers: tuple(sorted(numbers, reverse=True))
    ),
    BANDS.shape: bands.flatmap(
        lambda points: st.tuples(*[lines.map(lambda name, least=least: Band(name, least)) for least in points])
    ),
    YEAR.shape: st.lists(
        st.builds(YearStep, lines, lines, st.integers(0, 100), st.integers(0, 12)), min_size=1, max_size=6
    ).map(tuple),
}


@pytest.mark.parametrize("shape", VALUES, ids=lambda shape: type(shape).__name__)
def test_to_json_and_back(shape):
    @given(VALUES[shape])
    def round_trip(value):
        kept = json.loads(json.dumps(shape.dump(value)))
        assert shape.load(kept) == value
        assert shape.say(value).strip()

    round_trip()


@pytest.mark.parametrize("shape", VALUES, ids=lambda shape: type(shape).__name__)
def test_into_a_form_and_back(shape):
    definition = Definition("a.rule", "Một quy định", "Để thử.", shape)

    @given(VALUES[shape])
    def round_trip(value):
        form = filled(definition, value)
        assert form.is_valid(), form.errors
        assert form.cleaned_data["value"] == value

    round_trip()


def filled(definition: Definition, value: object) -> RuleForm:
    """As a browser sends back what the page showed."""
    options = {"above": "", "earliest": date(2026, 1, 1)}
    page = form_for(definition)(initial=definition.shape.shown(value), **options)
    sent = QueryDict(mutable=True)
    for name in page.inputs:
        bound = page[name]
        sent[name] = bound.field.widget.format_value(bound.value()) if bound.value() is not None else ""
        if isinstance(sent[name], list):
            sent[name] = sent[name][0] if sent[name] else ""
        sent[name] = "" if sent[name] is None else sent[name]
    sent.update({"since_day": "1", "since_month": "2", "since_year": "2026", "source": "Quyết định 1"})
    return form_for(definition)(sent, **options)


@pytest.mark.parametrize("default", list(all_defaults()), ids=lambda d: f"{d.key} {d.since}")
def test_every_default_goes_through_its_form(default):
    definition = definition_of(default.key)
    value = definition.shape.load(default.value)
    form = filled(definition, value)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["value"] == value


NONSENSE = [
    None,
    "",
    "x",
    1.5,
    -1,
    10**30,
    True,
    [],
    {},
    [None],
    {"a": 1},
    ["x"] * 500,
    "before 31/02",
    ">= 101 %",
    "9/9",
]


@pytest.mark.parametrize("definition", list(definitions()), ids=lambda definition: definition.key)
def test_nonsense_is_refused_with_a_sentence_or_is_none(definition: Definition):
    """What one shape refuses another may take (any line is a line of text): then it is a value like others."""
    for nonsense in NONSENSE:
        assert re.fullmatch(r".+\.", said_of(definition.shape, nonsense))


def said_of(shape: Shape, nonsense: object) -> str:
    try:
        value = shape.load(nonsense)
    except Unfit as refusal:
        return refusal.sentence
    return shape.say(shape.load(shape.dump(value))) + "."


@pytest.mark.parametrize("definition", list(definitions()), ids=lambda definition: definition.key)
def test_null_is_no_value(definition: Definition):
    """In the database it says that the level above is followed."""
    with pytest.raises(Unfit):
        definition.shape.load(None)


class TestShares:
    @pytest.mark.parametrize(
        ("kept", "ninety", "above", "below"), [("> 90 %", False, True, False), (">= 90 %", True, True, False)]
    )
    def test_exactly_ninety_per_cent(self, kept: str, ninety: bool, above: bool, below: bool):
        share = Percentage().load(kept)
        assert (share.met(90, 100), share.met(91, 100), share.met(899, 1000)) == (ninety, above, below)
        assert share.met(9, 10) is ninety

    def test_no_rounding_decides(self):
        assert not Percentage().load(">= 90 %").met(89_999, 100_000)
        assert not Fractional().load(">= 2/3").met(66_666, 100_000)
        assert Fractional().load(">= 2/3").met(2, 3)

    @pytest.mark.parametrize(
        ("whole", "more_than_half", "two_thirds"), [(1, 1, 1), (2, 2, 2), (3, 2, 2), (36, 19, 24), (37, 19, 25)]
    )
    def test_how_many_votes_are_needed(self, whole: int, more_than_half: int, two_thirds: int):
        assert Fractional().load("> 1/2").needed(whole) == more_than_half
        assert Fractional().load(">= 2/3").needed(whole) == two_thirds

    @pytest.mark.parametrize(("good", "room"), [(4, 0), (5, 1), (9, 1), (10, 2), (20, 4)])
    def test_the_cap_of_a_fifth(self, good: int, room: int):
        assert Percentage(CEILINGS).load("<= 20 %").room(good) == room

    @given(st.builds(Share, st.sampled_from(Operator), percents), st.integers(1, 500))
    def test_needed_and_room_agree_with_met(self, share: Share, whole: int):
        if share.operator in CEILINGS:
            most = share.room(whole)
            assert not share.met(most + 1, whole)
            assume(most >= 0)
            assert share.met(most, whole)
        else:
            least = share.needed(whole)
            assert share.met(least, whole)
            assert not share.met(least - 1, whole)

    def test_a_share_of_nothing_is_not_judged(self):
        with pytest.raises(ValueError, match="nothing"):
            Percentage().load(">= 90 %").met(0, 0)

    def test_words(self):
        said = [Percentage().say(Percentage().load(kept)) for kept in ("> 90 %", ">= 90 %", ">= 100 %", "> 87.5 %")]
        assert said == ["trên 90\u00a0%", "từ 90\u00a0% trở lên", "đủ 100\u00a0%", "trên 87,5\u00a0%"]
        assert Fractional().say(Fractional().load("> 1/2")) == "quá nửa"
        assert Percentage(CEILINGS).say(Percentage(CEILINGS).load("<= 20 %")) == "không quá 20\u00a0%"


class TestDeadlines:
    @pytest.mark.parametrize(("kept", "last"), [("before 05/12", "2026-12-04"), ("through 05/12", "2026-12-05")])
    def test_the_last_good_day(self, kept: str, last: str):
        assert YearDeadline().load(kept).last_day(2026) == date.fromisoformat(last)

    def test_before_the_first_of_january_lies_in_the_year_before(self):
        assert YearDeadline().load("before 01/01").last_day(2026) == date(2025, 12, 31)

    def test_the_29th_of_february(self):
        assert YearDeadline().load("through 29/02").last_day(2026) == date(2026, 2, 28)
        assert YearDeadline().load("through 29/02").last_day(2028) == date(2028, 2, 29)

    def test_the_first_week_of_a_month(self):
        week_one = MonthDeadline().load("through 7")
        assert week_one.last_day(2026, 2) == date(2026, 2, 7)
        assert MonthDeadline().load("before 8").last_day(2026, 2) == date(2026, 2, 7)

    @given(st.builds(DayInMonth, operators, st.integers(2, 31)), st.integers(2000, 2100), st.integers(1, 12))
    def test_a_day_of_a_month_stays_in_its_month(self, deadline: DayInMonth, year: int, month: int):
        last = deadline.last_day(year, month)
        assert (last.year, last.month) == (year, month)
        assert last.day == (last + timedelta(days=1)).day - 1 or (last + timedelta(days=1)).month != month
        assert last.day <= deadline.day

    @pytest.mark.parametrize("wrong", ["before 31/02", "before 0/1", "after 05/12", "before 5", "before ٥/١٢", ""])
    def test_no_such_day(self, wrong: str):
        with pytest.raises(Unfit):
            YearDeadline().load(wrong)

    def test_words(self):
        assert YearDeadline().say(YearDeadline().load("before 05/12")) == "trước ngày 05/12"
        assert MonthDeadline().say(MonthDeadline().load("through 7")) == "đến hết ngày 7 hằng tháng"


class TestTables:
    def test_a_row_names_its_cells(self):
        shape: Table = BANDS.shape  # type: ignore[assignment]
        best = shape.load([{"name": "Tốt", "least": 90}, {"name": "Kém", "least": 0}])[0]
        assert (best.name, best.least) == ("Tốt", 90)

    @pytest.mark.parametrize(
        ("rows", "said"),
        [
            ([{"name": "Tốt", "least": 90}], "Mức cuối cùng phải từ 0 điểm"),
            ([{"name": "Kém", "least": 0}, {"name": "Tốt", "least": 90}], "từ cao xuống thấp"),
            ([{"name": "Tốt"}], "Dòng 1 còn thiếu"),
            ([{"name": "Tốt", "least": 0, "colour": "red"}], "cột lạ"),
            ([{"name": "Tốt", "least": number} for number in range(9, -1, -1)], "Nhiều dòng quá"),
        ],
    )
    def test_rows_that_do_not_go_together(self, rows: list, said: str):
        with pytest.raises(Unfit, match=said):
            BANDS.shape.load(rows)

    def test_what_nobody_found_is_none(self):
        rewards = definition_of("badge.rewards").shape
        rows = rewards.load([{"years": 30, "factor": "1.5"}, {"years": 45}])
        assert [row.factor for row in rows] == [Decimal("1.5"), None]
        assert rewards.say(rows) == "30 năm: 1,5 lần; 45 năm: chưa rõ"


def test_the_stricter_of_two():
    weight = Percentage().weight
    load = Percentage().load
    assert weight(load(">= 85 %")) < weight(load("> 85 %")) < weight(load(">= 90 %"))
    ceiling = Percentage(CEILINGS)
    assert ceiling.weight(ceiling.load("< 20 %")) < ceiling.weight(ceiling.load("<= 20 %"))
    often = OftenEnough()
    assert (
        often.weight(often.load("1/quarter"))
        < often.weight(often.load("1/month"))
        == often.weight(often.load("12/year"))
    )
    assert YearDeadline().weight(YearDeadline().load("before 05/12")) == YearDeadline().weight(
        YearDeadline().load("through 04/12")
    )
