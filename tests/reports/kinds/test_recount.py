"""Every figure in the text of each kind of report counted a second time from raw rows, on several days: none is left over.

In the year behind, a branch has moved from one commune to another, meetings were excused and moved, posts were filled and left.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from django.db.models import Max

from branches.models import Kind, Organisation
from branches.models.organisation import OrganisationQuerySet
from directives.models import Document
from directives.targets.level import Level
from members.models.membership import MembershipQuerySet
from members.queries import movement as by_place
from portal.reports import facts
from portal.reports.asked import Asked
from portal.reports.sections import places, quality, tasks
from portal.words.quantities import number
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


def committee(
    *sections: Section, has: frozenset[str] = ALL, annex: bool = False, months: int = 0
) -> tuple[tuple[Section, ...], frozenset[str]]:
    """`months`: so long is the period of which those below send a report."""
    rows = (expected.place_rows, expected.branch_rows) if annex else (expected.place_rows,)
    annexes = (*rows, expected.bars)
    sends = (partial(expected.sending, months=months),) if months else ()
    return (*sections, expected.places, *sends, *annexes), has


QUARTER = (expected.situation, expected.targets, *OF_MONTH[1:])
KINDS: dict[tuple[str, str], tuple[tuple[Section, ...], frozenset[str]]] = {
    ("chi-bo-thang", Kind.BRANCH): (
        (*OF_MONTH[:-1], partial(expected.tasks, brief=True)),
        frozenset({"regime", "tasks"}),
    ),
    ("chi-bo-nam", Kind.BRANCH): (OF_YEAR, frozenset({"regime", "tasks", "targets"})),
    ("dang-vien", Kind.COMMUNE): ((expected.situation, expected.movement, expected.movement_rows), frozenset()),
    ("dang-vien", Kind.PROVINCE): ((expected.situation, expected.movement, expected.movement_rows), frozenset()),
    ("van-ban", Kind.COMMUNE): (
        (expected.situation, expected.targets, expected.tasks),
        frozenset({"tasks", "targets"}),
    ),
    ("van-ban", Kind.PROVINCE): (
        (expected.situation, expected.targets, expected.tasks),
        frozenset({"tasks", "targets"}),
    ),
    ("tom-tat", Kind.COMMUNE): (IN_BRIEF, frozenset({"regime", "brief"})),
    ("tom-tat", Kind.PROVINCE): (IN_BRIEF, frozenset({"regime", "brief"})),
    ("so-sanh", Kind.PROVINCE): ((expected.places, expected.place_rows, expected.bars), frozenset()),
}
for level, kind, annex in (("xa", Kind.COMMUNE, False), ("tinh", Kind.PROVINCE, True)):
    KINDS[f"{level}-thang", kind] = committee(*OF_MONTH, has=ALL - {"targets"}, annex=annex, months=1)
    KINDS[f"{level}-quy", kind] = committee(*QUARTER, annex=annex, months=3 * annex)
    KINDS[f"{level}-nua-nam", kind] = committee(*OF_YEAR, annex=annex, months=6 * annex)
    KINDS[f"{level}-nam", kind] = committee(*OF_YEAR, annex=annex, months=12)
# what carries figures that nothing counts: days, numbers of chapters, tables, annexes and pages, the name of a document
FORM = (
    r"ngày \d\d tháng \d+ năm \d{4}", r"số liệu đến ngày \d\d/\d\d/\d{4}", r"tổng hợp ngày \d\d/\d\d/\d{4}", r"Mã đối chiếu: \S+", r"tại http\S+",
    r"(năm|tháng|quý|6 tháng đầu năm|6 tháng cuối năm) (I+V?/|\d\d/)?\d{4}", r"Bảng \d+\. ", r"Phụ lục \d+", r"từ trang \d+",
    r"(?<![\d,.])[1-6]\. ", r"Kế hoạch số 117-KH/ĐU", r"4 (chi|đảng) bộ dẫn đầu và 3 (chi|đảng) bộ cần tập trung chỉ đạo",
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
        self.left = re.sub(r"(?<=[\dIV.])/ (?=\d)", "/", read_aloud(one.pdf).replace("\u00a0", " "))

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


@pytest.mark.parametrize(("code", "kind"), KINDS, ids=str)
def test_what_it_says_a_second_count_says_too(demo: Demo, code: str, kind: str):
    agree(demo, code, kind)


def agree(demo: Demo, code: str, kind: str) -> None:
    for place in place_for(demo, kind):
        for day in days(demo):
            assert compared(demo, code, kind, place, day).unheard() == []


# ------------------------------------------------------------------ the list of one branch, cell by cell

SIGNS = {"present": "x", "late": "m", "online": "t", "excused": "P", "absent": "K", "": ""}


def test_the_year_of_attendance_cell_by_cell(demo: Demo):
    for place in (demo.moved, Organisation.everything.filter(parent=demo.communes[2], kind=Kind.BRANCH)[0]):
        one = composed("diem-danh-nam", demo.today, place=place, today=demo.today)
        marks = reports.marks(demo.rows, place.pk, one.asked.first, one.asked.until)
        came = whole = 0
        wanted = []
        for who, months in marks.items():
            expected_ones = [mark for standing, mark in months.values() if standing == "expected"]
            here = sum(mark in ("present", "late", "online") for mark in expected_ones)
            came, whole = came + here, whole + len(expected_ones)
            signs = [
                "–" if standing == "exempt" else SIGNS[mark]
                for standing, mark in (months.get(month, ("", "")) for month in range(1, demo.today.month + 1))
            ]
            count = f"{here}/{len(expected_ones)}" if expected_ones else "–"
            wanted.append(" ".join([who.rsplit(" ", 1)[0], *filter(None, signs), count]))
        heard = Heard(one)
        heard.hear(
            f"Có {len(marks)} đảng viên trong danh sách điểm danh, {came}/{whole} lượt dự họp ({reports.rate(came, whole)})."
        )
        for words in sorted(wanted, key=len, reverse=True):
            heard.hear(expected.Row(words))
        heard.left = heard.left.replace(" ".join(str(month) for month in range(1, demo.today.month + 1)), "")
        assert heard.unheard() == []


# ------------------------------------------------------------------ mistakes are found out


def _all_who_ever_came(statement: str) -> str:
    return statement.replace("lower(days) BETWEEN %(since)s AND %(until)s", "lower(days) <= %(until)s")


Patch = pytest.MonkeyPatch
MISTAKES: dict[str, tuple[str, str, Callable[[Patch], None]]] = {
    "the tree of today": (
        "xa-quy", Kind.COMMUNE,
        lambda patch: patch.setattr(
            OrganisationQuerySet, "below_as_of", lambda rows, root, day: rows.filter(path__startswith=root.path)
        ),
    ),
    "exempt members counted as working": (
        "chi-bo-thang", Kind.BRANCH, lambda patch: patch.setattr(MembershipQuerySet, "working_on", MembershipQuerySet.counted_on),
    ),
    "over for at least": (
        "van-ban", Kind.COMMUNE,
        lambda patch: patch.setattr(
            Level, "is_met", lambda level, figure: 100 * figure.numerator > level.value * figure.denominator
        ),
    ),
    "this year for the year before": (
        "xa-nua-nam", Kind.COMMUNE, lambda patch: patch.setattr(Asked, "before", property(lambda asked: asked.span)),
    ),
    "handed in taken for done": (
        "tinh-nam", Kind.PROVINCE,
        lambda patch: patch.setattr(tasks, "AssignmentState", SimpleNamespace(DOING="doing", DONE="handed in")),
    ),
    "the most that spoke for the mean": ("xa-quy", Kind.COMMUNE, lambda patch: patch.setattr(quality, "Avg", Max)),
    "the worst in front": (
        "so-sanh", Kind.PROVINCE,
        lambda patch: patch.setattr(places.Row, "order", property(lambda row: row.share("meetings.held"))),
    ),
    "shares cut off, not rounded": (
        "xa-thang", Kind.COMMUNE,
        lambda patch: patch.setattr(facts, "percent", lambda part, whole: f"{number(1000 * part // whole / 10)} %"),
    ),
    "whoever ever came for who came in the period": (
        "dang-vien", Kind.PROVINCE, lambda patch: patch.setattr(by_place, "BY_PLACE", _all_who_ever_came(by_place.BY_PLACE)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_found_out(demo: Demo, monkeypatch: pytest.MonkeyPatch, mistake: str):
    code, kind, make = MISTAKES[mistake]
    make(monkeypatch)
    with pytest.raises(AssertionError, match=r"is not said|== \[\]"):
        agree(demo, code, kind)
