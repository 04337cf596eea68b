"""Pictures stand alone: attributes only, our colours, what people wrote escaped; dots lie where their values are."""

import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from portal.ui.icons import UnknownIcon
from portal.ui.plots.bars import Bar, bars, bullet_picture
from portal.ui.plots.colours import COLOURS, LOW, TRACK
from portal.ui.plots.grid import Cell, Line, heat_picture
from portal.ui.plots.lines import spark_picture
from portal.ui.plots.marks import broken, length, sign
from portal.ui.plots.samples import PLOTS
from portal.ui.plots.stacked import Part, stacked
from portal.ui.plots.strip import FLOOR, WIDTH, Dot, axis_of, heaped, strip_plot
from portal.ui.plots.tiles import Tile, tile_map

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
SVG = "{http://www.w3.org/2000/svg}"
SAID = "Một câu nói hình vẽ gì"


def all_pictures() -> dict[str, str]:
    return {
        "strip": strip_plot(PLOTS["dots"], goal=90, middle=91, label=SAID),
        "here": strip_plot(PLOTS["here"], goal=90, label=SAID),
        "bars": bars(PLOTS["bars"], label=SAID),
        "bars, wide": bars(PLOTS["bars"], label=SAID, width=700),
        "stacked": stacked(PLOTS["parts"], label=SAID),
        "stacked, wide": stacked(PLOTS["parts"], label=SAID, width=700),
        "tiles": tile_map(PLOTS["tiles"], bands=PLOTS["bands"], label=SAID),
        "heat": heat_picture(PLOTS["lines"], columns=PLOTS["columns"], foot=PLOTS["foot"], now=11, label=SAID),
        "spark": spark_picture([90, None, 92, 93], goal=90, label=SAID),
        "bullet": bullet_picture(93.4, goal=90, tone="ok", label=SAID),
        "no dots": strip_plot([], goal=90, label=SAID),
        "no bars": bars([], label=SAID),
        "no parts": stacked([], label=SAID),
        "no tiles": tile_map([], bands=PLOTS["bands"], label=SAID),
        "no lines": heat_picture([], columns=PLOTS["columns"], label=SAID),
    }


@pytest.mark.parametrize("name", list(all_pictures()))
def test_a_picture_stands_alone(name: str):
    picture = etree.fromstring(all_pictures()[name])
    assert picture.tag == f"{SVG}svg"
    assert picture.get("aria-label") == SAID
    assert picture.get("role") == ("group" if [*picture.iter(f"{SVG}a")] else "img")
    assert "Be Vietnam Pro" in picture.get("font-family", "")
    assert float(picture.get("width", 0)) > 0
    for part in picture.iter():
        assert part.get("style") is None
        assert part is picture or part.get("class") is None
        assert not part.tag.endswith(("use", "image", "style", "script"))


@pytest.mark.parametrize("name", list(all_pictures()))
def test_a_picture_has_no_colours_but_ours(name: str):
    ours = {*COLOURS.values(), TRACK, LOW, "#FFFFFF", "none"}
    assert {*re.findall(r'(?:fill|stroke)="([^"]+)"', all_pictures()[name])} <= ours


@pytest.mark.parametrize("name", list(all_pictures()))
def test_nothing_of_a_picture_lies_outside(name: str):
    picture = etree.fromstring(all_pictures()[name])
    width, height = float(picture.get("width")), float(picture.get("height"))
    for part in picture.iter(f"{SVG}rect"):
        assert float(part.get("x")) + float(part.get("width")) <= width + 0.1
        assert float(part.get("y")) + float(part.get("height")) <= height + 0.1
    for part in picture.iter(f"{SVG}text"):
        assert 0 <= float(part.get("x")) <= width
        assert 0 < float(part.get("y")) <= height


def test_the_colours_are_those_of_the_tokens():
    tokens = dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6});", (CSS / "tokens.css").read_text()))
    assert {name: tokens[name] for name in COLOURS} == COLOURS
    assert f"fill: {TRACK}" in (CSS / "components" / "target.css").read_text()
    assert f"background: {LOW}" in (CSS / "pages" / "heat.css").read_text()


def test_what_people_wrote_is_escaped():
    name = "<b>Xã & phường</b>"
    drawn = [
        strip_plot([Dot(91, "ok", name, "91 %", "/?a=1&b=2")], goal=90, label=name),
        bars([Bar(name, 1, name, detail=name, url="/?a=1&b=2")], label=name),
        stacked([Part(name, 1, "ok", url="/?a=1&b=2")], label=name),
        tile_map([Tile(name, name, 0, "/?a=1&b=2")], bands=[name], label=name),
        heat_picture([Line(name, [Cell("met", 90, name)], name, name)], columns=[name], label=name),
    ]
    for picture in drawn:
        assert etree.fromstring(picture).get("aria-label") == name
        assert "<b>" not in picture


# Strips


def test_dots_of_one_value_stand_on_each_other():
    placed, _ = heaped([Dot(95, "ok"), Dot(95, "ok"), Dot(90, "warn")], axis_of([95, 90], None, 100))
    assert Counter(Counter(one.x for one in placed).values()) == {2: 1, 1: 1}
    assert len({one.y for one in placed}) == 2


@pytest.mark.parametrize("count", [1, 24, 60, 150, 200])
def test_no_dot_lies_on_another_however_many(count: int):
    dots = [Dot(100 - place % 7, "ok") for place in range(count)]
    placed, size = heaped(dots, axis_of([93, 100], 100, 100))
    assert len({(one.x, one.y) for one in placed}) == count
    assert all(one.y >= size for one in placed)
    assert all(one.y <= FLOOR - size and 0 < one.x < WIDTH for one in placed)


def test_a_higher_value_lies_farther_right():
    values = [84, 87.5, 91, 96, 100]
    placed, _ = heaped([Dot(value, "ok") for value in values], axis_of(values, 90, 100))
    assert [one.dot.value for one in sorted(placed, key=lambda one: one.x)] == values


@pytest.mark.parametrize(
    ("values", "goal", "at_most", "low", "high"),
    [
        ([96.3, 99, 100], 100, 100, 95, 100),
        ([86.4, 97.1], 90, 100, 85, 100),
        ([100, 100], 100, 100, 95, 100),
        ([], 100, 100, 95, 100),
        ([0, 3], None, None, 0, 3),
        ([12, 140], 100, None, 0, 150),
        ([0, 0], None, None, 0, 1),
    ],
)
def test_the_axis_ends_at_round_numbers(values, goal, at_most, low, high):
    axis = axis_of(values, goal, at_most)
    assert (axis.low, axis.high) == (low, high)


def test_links_of_dots_are_for_pointers_and_not_in_the_way_of_the_keyboard():
    picture = etree.fromstring(strip_plot([Dot(91, "ok", "Xã Kim Tân", "91 %", "/xa/")], goal=90, label=SAID))
    (link,) = picture.iter(f"{SVG}a")
    assert (link.get("href"), link.get("tabindex"), link.get("aria-label")) == ("/xa/", "-1", "Xã Kim Tân: 91 %")
    assert link.getparent().get("aria-hidden") == "true"
    assert picture.get("role") == "group"


def test_the_goal_is_never_written_over_the_ends():
    for goal in range(0, 101, 4):
        picture = etree.fromstring(strip_plot([Dot(50, "ok")], goal=goal, label=SAID, at_most=None))
        assert 1 <= len([*picture.iter(f"{SVG}text")]) <= 3


# Bars, parts, tiles


def test_the_longest_bar_is_full_and_a_goal_has_its_mark():
    picture = etree.fromstring(bars([Bar("a", 20, "20"), Bar("b", 10, "10", "warn", goal=15)], label=SAID))
    fills = [float(rect.get("width")) for rect in picture.iter(f"{SVG}rect") if rect.get("fill") != TRACK]
    assert fills == [380, 190]
    (goal,) = picture.iter(f"{SVG}line")
    assert float(goal.get("x1")) == 285


@pytest.mark.parametrize("said", ["98 %", "158/160 (98,8 %)", "95,4 % (2.447/2.566 lượt đảng viên phải dự)"])
def test_a_value_never_lies_on_its_bar(said: str):
    picture = etree.fromstring(bars([Bar("Dự họp", 100, said, "ok", goal=100)], label=SAID, width=620))
    (value,) = [text for text in picture.iter(f"{SVG}text") if text.get("text-anchor") == "end"]
    begins = float(value.get("x")) - length(said)
    ends = max(float(rect.get("x")) + float(rect.get("width")) for rect in picture.iter(f"{SVG}rect"))
    tops = [float(rect.get("y")) for rect in picture.iter(f"{SVG}rect")]
    assert begins > ends or float(value.get("y")) <= min(tops)


def test_parts_fill_the_whole_and_empty_ones_are_in_the_key_only():
    picture = etree.fromstring(stacked([Part("a", 3, "ok"), Part("b", 1, "bad"), Part("c", 0, "mute")], label=SAID))
    widths = [float(rect.get("width")) for rect in picture.iter(f"{SVG}rect") if rect.get("height") == "30"]
    assert widths == [283.5, 94.5]
    assert "3 (75 %)".replace(" %", "\u00a0%") in "".join(picture.itertext())
    assert "0 (0\u00a0%)" in "".join(picture.itertext())


def test_tiles_lie_where_they_are_put():
    picture = etree.fromstring(
        tile_map([Tile("a", "1", 0, at=(2, 0)), Tile("b", "2", 3, at=(0, 1))], bands=["x"] * 4, label=SAID)
    )
    first, second = [rect for rect in picture.iter(f"{SVG}rect") if rect.get("width") == "103"]
    assert float(first.get("x")) > float(second.get("x"))
    assert float(first.get("y")) < float(second.get("y"))


def test_each_band_has_a_sign_of_its_own():
    drawn = tile_map([Tile("a", "1", band) for band in (0, 1, 2, 3, -1)], bands=["x"] * 4, label=SAID)
    signs = re.findall(r'stroke-linejoin="round">(.*?)</g>', drawn)
    assert len(set(signs)) == 5


# Words


def test_a_line_is_broken_where_it_must_and_ends_in_an_ellipsis():
    lines = broken("Trung tâm phục vụ hành chính công xã Phú Lương", 90, 13)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(length(line, 13) <= 90 for line in lines)
    assert broken("Thôn Hạ", 90, 13) == ["Thôn Hạ"]


def test_a_sign_that_does_not_exist_is_an_error():
    with pytest.raises(UnknownIcon):
        sign("no-such", 0, 0, 10, "#000000")
