"""What the portal reads in a passage: days, rhythms, figures and who is named. Pure functions."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from directives.bearers import Bearer
from directives.library import entries
from directives.reading.bodies import bodies_in
from directives.reading.marked import marked
from directives.reading.outline import paragraphs_of
from directives.reading.places import places_of
from directives.reading.plain import plain
from directives.reading.proposals import proposals_in
from directives.reading.shares import Comparison, shares_in
from directives.reading.symbols import number_in, suffix_in
from directives.reading.timings import timing_of, timings_in
from directives.targets.level import Level
from directives.timing import Operator, Pace, Timing

SEVEN = [
    "Hằng năm, ít nhất 2 lần/năm",
    "Một lần, trước ngày 30/11/2020",
    "Một lần, trước ngày 15/12/2020",
    "Từ ngày 01/01/2021",
    "Hằng năm, trước ngày 05/12",
    "Chậm nhất 10 ngày trước: sinh hoạt",
    "Hằng năm, trước ngày 15/12",
]


def text_of(source: str) -> str:
    return next(entry.text for entry in entries() if entry.facts.get("source") == source)


def test_the_seven_days_of_the_plan_are_proposed_and_those_of_cited_papers_are_not():
    proposals = proposals_in(text_of("S002"))
    dated = [one.timing.words for one in proposals if one.timing.is_dated]
    assert dated == SEVEN
    assert {one.clause for one in proposals} == {"II.1", "II.2", "II.3", "II.4", "II.5"}


def test_the_figures_of_the_plan_are_proposed_as_targets():
    targets = [one for one in proposals_in(text_of("S003")) if one.kind == "target"]
    said = [(share.comparison, share.value, share.most) for one in targets[:4] for share in one.shares]
    assert said == [("exactly", 100, None), ("exactly", 100, None), ("at least", 90, None), ("exactly", 100, None)]


def test_the_passage_is_a_sentence_of_the_text_itself():
    text = text_of("S002")
    for one in proposals_in(text):
        assert text[one.start : one.end] == one.words
        assert not one.words.startswith(("-", "1.", "2.", " "))


@pytest.mark.parametrize(
    ("words", "timing"),
    [
        ("trước ngày 30/11/2020", Timing(Pace.ONCE, Operator.BEFORE, due_on=date(2020, 11, 30))),
        ("chậm nhất ngày 5 tháng 9 năm 2026", Timing(Pace.ONCE, Operator.WITHIN, due_on=date(2026, 9, 5))),
        ("hoàn thành trong tháng 1 năm 2024", Timing(Pace.ONCE, Operator.WITHIN, due_on=date(2024, 1, 31))),
        ("trong quý II/2022", Timing(Pace.ONCE, Operator.WITHIN, due_on=date(2022, 6, 30))),
        ("trước ngày 05/12 hằng năm", Timing(Pace.YEAR, Operator.BEFORE, due_month=12, due_day=5)),
        ("trước ngày 25 hàng tháng", Timing(Pace.MONTH, Operator.BEFORE, due_day=25)),
        ("tháng 01 hàng năm", Timing(Pace.YEAR, Operator.WITHIN, due_month=1, due_day=31)),
        ("hàng quý", Timing(Pace.QUARTER)),
        ("từ năm 2024 trở đi", Timing(since=date(2024, 1, 1))),
        ("hằng năm, đến năm 2030", Timing(Pace.YEAR, until=date(2030, 12, 31))),
        ("trước 10 ngày sinh hoạt", Timing(Pace.BEFORE_EVENT, event="sinh hoạt", event_days=10)),
        ("sau khi có hướng dẫn của tỉnh", Timing(Pace.AFTER_EVENT, event="có hướng dẫn của tỉnh")),
        ("ít nhất 01 lần/quý", Timing(Pace.QUARTER, times=1)),
        ("thường xuyên", Timing()),
    ],
)
def test_a_phrase_becomes_a_day_or_a_rhythm(words: str, timing: Timing):
    assert timing_of(words) == timing


@pytest.mark.parametrize(
    "words",
    ["Kết luận số 38-KL/TW ngày 13/11/2018 của Bộ Chính trị", "trước ngày 31/02/2026", "trong tháng 13/2025", "",
     "9" * 500],
)  # fmt: skip
def test_a_day_that_dates_a_paper_or_does_not_exist_is_none(words: str):
    assert timings_in(words) == []


@pytest.mark.parametrize(("operator", "last"), [(Operator.BEFORE, -1), (Operator.WITHIN, 0)])
def test_before_a_day_ends_the_day_before_and_until_a_day_includes_it(operator: Operator, last: int):
    named = date(2026, 12, 5)
    assert Timing(Pace.ONCE, operator, due_on=named).last_good_day == named + timedelta(days=last)
    yearly = Timing(Pace.YEAR, operator, due_month=12, due_day=5)
    assert yearly.last_good_day_of(date(2026, 1, 1)) == named + timedelta(days=last)


def test_the_last_good_day_of_each_period():
    monthly = Timing(Pace.MONTH, Operator.WITHIN, due_day=31)
    assert monthly.last_good_day_of(date(2026, 2, 1)) == date(2026, 2, 28)
    assert Timing(Pace.QUARTER, Operator.WITHIN, due_day=30, due_month=3).last_good_day_of(date(2026, 4, 1)) == date(
        2026, 6, 30
    )
    assert Timing(Pace.YEAR).last_good_day_of(date(2026, 1, 1)) == date(2026, 12, 31)
    assert Timing(Pace.MEETING).last_good_day_of(date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("words", "comparison", "met_at_90"),
    [
        ("trên 90% đảng viên", Comparison.OVER, False),
        ("đạt từ 90% trở lên", Comparison.AT_LEAST, True),
        ("ít nhất 90 %", Comparison.AT_LEAST, True),
        ("không quá 90%", Comparison.AT_MOST, True),
        ("dưới 90%", Comparison.UNDER, False),
        ("đạt 90%", Comparison.AT_LEAST, True),
        ("100% chi bộ", Comparison.EXACTLY, False),
        ("từ 5-90 % chi bộ", Comparison.BETWEEN, True),
    ],
)
def test_the_operator_is_in_the_words(words: str, comparison: Comparison, met_at_90: bool):
    share = shares_in(words)[0]
    assert share.comparison == comparison
    level = Level(comparison, Fraction(share.value), share.most and Fraction(share.most))
    assert level.holds(Fraction(90)) is met_at_90


def test_who_is_named_in_order_and_once():
    words = "Ban Tổ chức Tỉnh ủy phối hợp Uỷ ban Kiểm tra, Hội đồng nhân dân; chi bộ, chi bộ trường học"
    assert bodies_in(words)[:3] == [Bearer.ORGANISATION, Bearer.PROVINCE, Bearer.INSPECTION]
    assert Bearer.COUNCIL in bodies_in(words)
    assert bodies_in(words).count(Bearer.BRANCH) == 1


def test_an_office_answers_for_bodies_without_an_account():
    assert Bearer.COUNCIL.answered_by == Bearer.OFFICE
    assert Bearer.BRANCH.answered_by == Bearer.BRANCH


def test_a_text_loses_its_marks_and_keeps_its_words():
    assert (
        plain("## **II. NHIỆM VỤ**\n\n\n- (*trước ngày **30/11***)  \n\\* Lưu ý")
        == "II. NHIỆM VỤ\n\n- (trước ngày 30/11)\n* Lưu ý"
    )


def test_words_are_found_however_lines_are_broken():
    text = "Chi bộ họp\nmỗi tháng. Chi bộ họp mỗi tháng."
    assert [(one.start, one.end) for one in places_of("họp **mỗi**  tháng", text)] == [(7, 20), (29, 42)]
    assert places_of("họp mỗi quý", text) == places_of("", text) == []


def test_every_paragraph_knows_its_clause():
    text = "KẾ HOẠCH\n\nI. MỤC ĐÍCH\n\n1. Nâng cao.\n\n- Một việc\n\nII- NHIỆM VỤ\n\n6.1 Dự họp\n\n22 tháng 9 năm 2017 của Ban Bí thư"
    assert [one.clause for one in paragraphs_of(text)] == ["", "I", "I.1", "I.1", "II", "II.6.1", "II.6.1"]


def test_passages_that_overlap_are_each_marked():
    text = "Một hai ba bốn\n\nnăm"
    one, two = marked(text, [(0, 7, "A"), (4, 11, "B")])
    assert [(piece.text, piece.leads_to) for piece in one.pieces] == [
        ("Một ", "A"),
        ("hai", "B"),
        (" ba ", "B"),
        ("bốn", ""),
    ]
    assert [piece.text for piece in two.pieces] == ["năm"]


@pytest.mark.parametrize(
    ("symbol", "number", "suffix"),
    [
        ("12-HD/BTCTW", 12, ""),
        ("07-KH/TW", 7, ""),
        ("12a-KH/ĐU", 12, "a"),
        ("01/QU", 1, ""),
        ("không số", None, ""),
        ("", None, ""),
    ],
)
def test_a_symbol_begins_with_its_number(symbol: str, number: int | None, suffix: str):
    assert (number_in(symbol), suffix_in(symbol)) == (number, suffix)
