"""Every figure in the text of each kind of report counted a second time from raw rows, on several days: none is left over.

In the year behind, a branch has moved from one commune to another, meetings were excused and moved, posts were filled and left.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

import pytest

from branches.models import Kind, Organisation
from directives.models import Document
from tests.indicators.conftest import Demo
from tests.indicators.conftest import demo as a_year  # noqa: F401
from tests.recount import reports
from tests.reports.kinds import expected
from tests.reports.kinds.composing import PLAN, Composed, composed, read_aloud
from tests.reports.kinds.expected import Second

Section = Callable[[Second], Iterator[str]]
ALL = frozenset({"regime", "places", "tasks", "targets"})
OF_MONTH = (expected.situation, expected.regime, expected.quality, expected.tasks)
OF_YEAR = (expected.situation, expected.movement, expected.targets, *OF_MONTH[1:])
IN_BRIEF = tuple(partial(one, brief=True) for one in (expected.situation, expected.regime, expected.targets))


def committee(*sections: Section, has: frozenset[str] = ALL, annex: bool = False) -> tuple[tuple[Section, ...], frozenset[str]]:
    annexes = (expected.place_rows, expected.branch_rows) if annex else (expected.place_rows,)
    return (*sections, expected.places, *annexes), has


QUARTER = (expected.situation, expected.targets, *OF_MONTH[1:])
KINDS: dict[tuple[str, str], tuple[tuple[Section, ...], frozenset[str]]] = {
    ("chi-bo-thang", Kind.BRANCH): (OF_MONTH, frozenset({"regime", "tasks"})),
    ("chi-bo-nam", Kind.BRANCH): (OF_YEAR, frozenset({"regime", "tasks", "targets"})),
    ("dang-vien", Kind.COMMUNE): ((expected.situation, expected.movement, expected.movement_rows), frozenset()),
    ("dang-vien", Kind.PROVINCE): ((expected.situation, expected.movement, expected.movement_rows), frozenset()),
    ("van-ban", Kind.COMMUNE): ((expected.situation, expected.targets, expected.tasks), frozenset({"tasks", "targets"})),
    ("van-ban", Kind.PROVINCE): ((expected.situation, expected.targets, expected.tasks), frozenset({"tasks", "targets"})),
    ("tom-tat", Kind.COMMUNE): (IN_BRIEF, frozenset({"regime", "brief"})),
    ("tom-tat", Kind.PROVINCE): (IN_BRIEF, frozenset({"regime", "brief"})),
    ("so-sanh", Kind.PROVINCE): ((expected.places, expected.place_rows), frozenset()),
}
for level, kind, annex in (("xa", Kind.COMMUNE, False), ("tinh", Kind.PROVINCE, True)):
    KINDS[f"{level}-thang", kind] = committee(*OF_MONTH, has=ALL - {"targets"}, annex=annex)
    KINDS[f"{level}-quy", kind] = committee(*QUARTER, annex=annex)
    KINDS[f"{level}-nua-nam", kind] = committee(*OF_YEAR, annex=annex)
    KINDS[f"{level}-nam", kind] = committee(*OF_YEAR, annex=annex)
# what carries figures that nothing counts: days, numbers of chapters, tables, annexes and pages, the name of a document
FORM = (
    r"ngày \d\d tháng \d+ năm \d{4}", r"số liệu đến ngày \d\d/\d\d/\d{4}", r"tổng hợp ngày \d\d/\d\d/\d{4}", r"Mã đối chiếu: \S+",
    r"(năm|tháng|quý|6 tháng đầu năm|6 tháng cuối năm) (I+V?/|\d\d/)?\d{4}", r"Bảng \d+\. ", r"Phụ lục \d+", r"từ trang \d+",
    r"(?<![\d,.])[1-5]\. ", r"Kế hoạch số 117-KH/ĐU", r"4 (chi|đảng) bộ dẫn đầu và 3 (chi|đảng) bộ cần tập trung chỉ đạo",
    r"dưới 90 %", r"nhiệm vụ 6 tháng tiếp theo",
)  # fmt: skip


@pytest.fixture
def demo(a_year: Demo) -> Demo:  # noqa: F811
    return a_year


def days(demo: Demo) -> list[date]:
    """Ends of months of this year, and today: a year, a half and a quarter that go on are looked at as far as they have come."""
    months = [demo.today.replace(day=1) - timedelta(days=1), demo.dates[0]]
    return [demo.today, *(day for day in months if day.year == demo.today.year)]


def place_for(demo: Demo, kind: str) -> list[Organisation]:
    if kind == Kind.BRANCH:
        return [Organisation.everything.select_related("parent").get(pk=demo.moved.pk)]
    return demo.communes[:2] if kind == Kind.COMMUNE else [demo.province]


class Heard:
    """The text of a report, from which is taken what was counted."""

    def __init__(self, one: Composed) -> None:
        self.left = re.sub(r"(?<=[\d.])/ (?=\d)", "/", read_aloud(one.pdf).replace("\u00a0", " "))

    def hear(self, words: str) -> None:
        before = r"(?<= )\d+ " if isinstance(words, expected.Row) else ""
        left, count = re.subn(before + re.escape(words), " · ", self.left, count=1)
        assert count, f"{words!r} is not said in: {self.left}"
        self.left = left

    def unheard(self) -> list[str]:
        left = self.left
        for form in FORM:
            left = re.sub(form, " · ", left, flags=re.IGNORECASE)
        return re.findall(r".{0,60}\d.{0,40}", left)


def compared(demo: Demo, code: str, kind: str, place: Organisation, day: date) -> Heard:
    one = composed(code, day, place=place, today=demo.today)
    document = Document.everything.get(source=PLAN).pk if code == "van-ban" else None
    second = Second(demo, place.pk, kind, one.asked.first, one.asked.until, document)
    heard, (sections, has) = Heard(one), KINDS[code, kind]
    for section in sections:
        for words in sorted(section(second), key=len, reverse=True):
            heard.hear(words)
    directions = () if "brief" in has else expected.directions(second, has=set(has))
    for words in (*expected.shortcomings(second, has=set(has)), *directions):
        heard.hear(words)
    return heard


@pytest.mark.parametrize(("code", "kind"), KINDS, ids=lambda words: str(words))
def test_what_it_says_a_second_count_says_too(demo: Demo, code: str, kind: str):
    for place in place_for(demo, kind):
        for day in days(demo):
            assert compared(demo, code, kind, place, day).unheard() == []
