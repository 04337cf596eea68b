"""A part of a dashboard leaves as a sheet, a picture or a paper: the same rows, the same door, and quickly."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
import python_calamine
import time_machine
from django.test import Client
from lxml import etree
from PIL import Image

from branches.models import Kind
from branches.summary.recount import recount_since
from members.services.roll import settle_rolls
from portal.dashboards import blocks, urls
from portal.dashboards.blocks import Block, Table, slugs_of
from portal.dashboards.exports.picture import framed, size_of
from portal.dashboards.exports.table import MOST_ROWS
from portal.dashboards.exports.ways import Way, made, name_of
from portal.dashboards.frame import Frame, Level
from portal.history.models import AccessTrace
from portal.ui.plots.bars import Bar, bars
from tests.cast import Cast, place
from tests.members.people import on_the_roll

SignIn = Callable[[str], Client]
HEADS = ["Chi bộ", "Đã họp", "Tỷ lệ", "Trên tổng số"]
ROWS = [
    ["Chi bộ thôn Đông", "1.234", "98,8\u00a0%", "158/160 (98,8\u00a0%)"],
    ["=HYPERLINK(1)", "0", "–", "–"],
    ["+84 912", "12,5", "100\u00a0%", "0912"],
]
CHART = bars([Bar("Thôn Đông & Đoài", 98.8, "98,8 %", "ok", 100)], label="Một thanh")
NUMBERS = frozenset({1, 2, 3})


def a_block(rows: int = 0, chart: str = "", **said: object) -> Block:
    many = [[f"Chi bộ thôn số {row}", str(row), "90,5\u00a0%", "9/10 (90\u00a0%)"] for row in range(rows)]
    return Block("chi-tieu", "Chỉ tiêu <năm>", "Đến ngày 21/11", Table(HEADS, many or ROWS, NUMBERS), chart, **said)


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Callable[[Block | None], None]:
    """Every level has one part, instead of those that the pages register when they are loaded."""
    assert urls.urlpatterns

    assert urls.urlpatterns  # all that registers itself has done so

    def offer(block: Block | None) -> None:
        monkeypatch.setattr(blocks, "_known", {(level, "chi-tieu"): lambda frame: block for level in Level})

    return offer


@pytest.fixture
def frame(cast: Cast, rf: object) -> Iterator[Frame]:
    from portal.dashboards.frame import frame_of

    request = rf.get("/")
    request.actor = cast.actor("mai")
    return frame_of(request, cast.phu_luong.pk)


def path(pk: int, way: str = "xlsx", slug: str = "chi-tieu", more: str = "") -> str:
    return f"/tong-quan/{pk}/khoi/{slug}/?dang={way}{more}"


def cells_of(sheet: bytes) -> list[list[object]]:
    return python_calamine.CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()


# The sheet


def test_numbers_of_a_sheet_can_be_added_up_and_formulas_are_words(frame: Frame):
    head, names, *rows = cells_of(made(a_block(), frame, Way.XLSX))
    assert head[0] == "Chỉ tiêu <năm>. Đảng ủy xã Phú Lương. Đến ngày 21/11."
    assert names == HEADS
    assert rows == [
        ["Chi bộ thôn Đông", 1234, 0.988, "158/160 (98,8\u00a0%)"],
        ["'=HYPERLINK(1)", 0, "–", "–"],
        ["'+84 912", 12.5, 1, "0912"],
    ]


def test_a_number_with_a_zero_before_it_is_a_name(frame: Frame):
    block = Block("x", "X", "", Table(["Mã", "Số"], [["0912", "0912"]], frozenset({1})))
    assert cells_of(made(block, frame, Way.XLSX))[2] == ["0912", "0912"]


# The picture


def test_a_picture_says_whose_it_is_and_has_the_chart_in_it(frame: Frame):
    picture = etree.fromstring(made(a_block(chart=CHART), frame, Way.SVG))
    said = " ".join(picture.itertext())
    for words in ("Đảng ủy xã Phú Lương", "Chỉ tiêu <năm>", "Đến ngày 21/11", "Thôn Đông & Đoài", frame.day_words):
        assert words in said
    assert len([*picture.iter("{http://www.w3.org/2000/svg}svg")]) == 2
    assert picture.get("aria-label") == "Chỉ tiêu <năm>. Đảng ủy xã Phú Lương. Đến ngày 21/11."


def test_without_a_chart_the_table_is_drawn(frame: Frame):
    said = " ".join(etree.fromstring(made(a_block(), frame, Way.SVG)).itertext())
    for cell in [cell for row in ROWS for cell in row]:
        assert cell in said
    many = " ".join(etree.fromstring(made(a_block(MOST_ROWS + 90), frame, Way.SVG)).itertext())
    assert "Và 90 dòng nữa trong bảng Excel." in many


def test_dots_are_of_the_same_shape_as_the_picture(frame: Frame):
    width, height = size_of(framed(a_block(chart=CHART), frame))
    image = Image.open(BytesIO(made(a_block(chart=CHART), frame, Way.PNG)))
    assert abs(image.width - 1600) <= 2
    assert abs(image.height / image.width - height / width) < 0.01
    assert len(set(image.convert("P", colors=16).get_flattened_data())) > 3


# The paper


def words_of(pdf: bytes) -> tuple[str, int, bool]:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [document[number] for number in range(len(document))]
        said = " ".join(page.get_textpage().get_text_bounded() for page in pages)
        return " ".join(said.split()), len(pages), pages[0].get_width() > pages[0].get_height()


def test_a_paper_has_the_chart_and_every_row(frame: Frame):
    said, pages, lies = words_of(made(a_block(chart=CHART), frame, Way.PDF))
    for words in ("Đảng ủy xã Phú Lương", "Chỉ tiêu <năm>", "Thôn Đông & Đoài", "=HYPERLINK(1)", "Trang 1/1"):
        assert words in said
    assert (pages, lies) == (1, False)


def test_a_wide_table_lies(frame: Frame):
    wide = Block("x", "X", "", Table([f"T{n}" for n in range(12)], [["1"] * 12], frozenset()))
    assert words_of(made(wide, frame, Way.PDF))[2]


def test_nothing_to_say_is_said(frame: Frame):
    empty = Block("x", "X", "", Table(HEADS, [], NUMBERS))
    assert "Không có dòng nào." in words_of(made(empty, frame, Way.PDF))[0]
    for way in (Way.SVG, Way.PNG, Way.XLSX):
        assert made(empty, frame, way)


@pytest.mark.parametrize("way", Way)
def test_150_rows_leave_quickly(frame: Frame, way: Way):
    """In time of this process; the first one reads the fonts."""
    made(a_block(2), frame, way)
    began = time.process_time()
    made(a_block(150), frame, way)
    assert time.process_time() - began < 5


# The door


@pytest.mark.parametrize("way", Way)
def test_it_leaves_under_a_name_that_a_person_would_give(cast: Cast, sign_in: SignIn, offered, way: Way):
    offered(a_block())
    with time_machine.travel(date(2026, 11, 21), tick=False):
        answer = sign_in("mai").get(path(cast.phu_luong.pk, way))
    assert answer.status_code == 200
    assert f'filename="chi-tieu-xa-phu-luong-2026-11-21.{way}"' in answer["Content-Disposition"]
    assert answer["Content-Type"] == way.content_type
    assert answer["Cache-Control"] == "private, no-store"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_the_name_says_the_day_that_was_asked_for(cast: Cast, sign_in: SignIn, offered, frame: Frame):
    offered(a_block())
    answer = sign_in("mai").get(path(cast.phu_luong.pk, more="&den=2026-03-31&ky=quy"))
    assert "chi-tieu-xa-phu-luong-2026-03-31.xlsx" in answer["Content-Disposition"]
    assert re.fullmatch(r"[a-z0-9.-]+", name_of(a_block(), frame, Way.PDF))


def test_a_wrong_day_is_said_on_the_page(cast: Cast, sign_in: SignIn, offered):
    offered(a_block())
    answer = sign_in("mai").get(path(cast.phu_luong.pk, more="&den=2026-99-99"), follow=True)
    assert answer.redirect_chain
    assert "Lỗi:" in answer.content.decode()


@pytest.mark.parametrize(
    "where", [("khong-co", "xlsx"), ("chi-tieu", "doc"), ("chi-tieu", ""), ("chi-tieu", "a" * 500)]
)
def test_what_is_unknown_is_not_there(cast: Cast, sign_in: SignIn, offered, where: tuple[str, str]):
    offered(a_block())
    slug, way = where
    assert sign_in("mai").get(path(cast.phu_luong.pk, way, slug)).status_code == 404


def test_what_a_reader_may_not_see_does_not_leave(cast: Cast, sign_in: SignIn, offered):
    offered(None)
    assert sign_in("mai").get(path(cast.phu_luong.pk)).status_code == 404


@pytest.mark.parametrize(("person", "status"), [("quyet", 404), ("hau", 403), ("kien", 200), ("mai", 200)])
def test_the_door_is_that_of_the_page(cast: Cast, sign_in: SignIn, offered, person: str, status: int):
    offered(a_block())
    browser = sign_in(person)
    for way in Way:
        assert browser.get(path(cast.phu_luong.pk, way)).status_code == status
    assert browser.get(f"/tong-quan/{cast.phu_luong.pk}/").status_code == status


def test_who_takes_names_of_persons_leaves_a_trace(cast: Cast, sign_in: SignIn, offered):
    browser = sign_in("mai")
    offered(a_block())
    browser.get(path(cast.phu_luong.pk))
    assert not AccessTrace.everything.exists()
    offered(a_block(names_persons=True))
    browser.head(path(cast.phu_luong.pk))
    assert not AccessTrace.everything.exists()
    browser.get(path(cast.phu_luong.pk))
    trace = AccessTrace.everything.get()
    assert (trace.subject, trace.place, trace.account) == ("Chỉ tiêu <năm>: 3 dòng", cast.phu_luong.path, cast["mai"])


# What every dashboard hands out


@pytest.mark.parametrize("place", ["dong", "phu_luong", "province"])
def test_every_figure_of_a_place_leaves(cast: Cast, sign_in: SignIn, place: str):
    for number in range(3):
        on_the_roll(cast.dong, f"Vàng A Lử {number}")
    settle_rolls()
    recount_since([cast.dong], None)
    answer = sign_in("kien").get(path(getattr(cast, place).pk, "xlsx", "chi-so"))
    said, heads, *rows = cells_of(answer.content)
    assert said[0].startswith(f"Các chỉ số trong kỳ. {getattr(cast, place).name}. Năm ")
    assert heads == ["Nhóm", "Chỉ số", "Đạt", "Trên tổng số", "Tính theo", "Tỷ lệ"]
    figures = {row[1]: row[2:4] for row in rows}
    assert figures["Đảng viên đang công tác được giao nhiệm vụ"] == [0, 3]


@pytest.mark.parametrize(("person", "where"), [("mai", "phu_luong"), ("thinh", "dong")])
def test_rows_elsewhere_move_nothing_in_any_part(cast: Cast, sign_in: SignIn, person: str, where: str):
    """Sheets and pictures of every part: another commune's branch is in none, and no number moves."""
    pk = getattr(cast, where).pk
    on_the_roll(cast.dong, "Vàng A Lử")
    settle_rolls()
    recount_since([cast.dong, cast.doai], None)
    browser = sign_in(person)
    before = parts_of(browser, pk, where)
    assert len(before) > 2
    for number in range(3):
        branch = place(9_400_000 + number, f"TH-Z{number}", f"Chi bộ {ELSEWHERE} {number}", Kind.BRANCH, cast.tan_hoa)
        on_the_roll(branch, f"{ELSEWHERE} Văn {number}")
        settle_rolls()
        recount_since([branch], None)
    after = parts_of(browser, pk, where)
    assert after == before
    assert not [name for name, said in after.items() if ELSEWHERE in said]


ELSEWHERE = "Nơikhác"


def parts_of(browser: Client, pk: int, where: str) -> dict[str, str]:
    """By slug and way, what each part says."""
    level = Level.BRANCH if where == "dong" else Level.COMMUNE
    found = {}
    for slug in slugs_of(level):
        picture = browser.get(path(pk, "svg", slug)).content
        found[f"{slug}.svg"] = " ".join(etree.fromstring(picture).itertext())
        found[f"{slug}.xlsx"] = str(cells_of(browser.get(path(pk, "xlsx", slug)).content))
    return found
