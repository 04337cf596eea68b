"""Components that draw numbers: SVG by attributes, made on the server, the same on screen and on paper."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from math import floor
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.ui.drawing import line_of, svg_percent
from portal.words.quantities import NBSP, number, percent

register = template.Library()
ADDRESS = "%address%"  # stands in a cell that is drawn for all, until its own is put in


@register.inclusion_tag("components/progress.html")
def progress(
    value: int, *, max: int = 100, text: str, tone: str = "ok", detail: str = "", label: str = "Tiến độ"
) -> dict[str, Any]:
    """True progress in words: “Đang lập 37/120 chi bộ”. `detail`: what stands on the right, else the share."""
    return {**locals(), "detail": detail or percent(value, max, 0)}


@register.inclusion_tag("components/pips.html")
def pips(done: int, *, total: int, now: bool = True, label: str = "") -> dict[str, Any]:
    """Steps of a task: done, the one in hand, still to come."""
    marks = ["is-done" if step < done else "is-now" if now and step == done else "" for step in range(total)]
    return {"marks": marks, "label": label or f"Đã xong {done} trên {total} phần"}


@register.inclusion_tag("components/bullet.html")
def bullet(share: float, *, goal: float, tone: str, label: str) -> dict[str, Any]:
    """A bar from 0 to 100 with the target's mark."""
    return {"width": svg_percent(share), "mark": svg_percent(goal, at_most=99.6), "tone": tone, "label": label}


@register.inclusion_tag("components/target.html")
def target(
    name: str,
    *,
    share: float,
    goal: float,
    goal_text: str,
    detail: str,
    tone: str,
    icon: str,
    state: str,
    url: str = "",
    no: int | None = None,
    level: int = 3,
) -> dict[str, Any]:
    """Actual against a directive's figure, both in per cent. `detail`: what the share is of, “158/160 kỳ đã họp”."""
    said = number(share, 1).removesuffix(",0")
    return {**locals(), "said": said, "label": f"Thực hiện {said}{NBSP}%, chỉ tiêu {goal_text}"}


@register.simple_tag
def heat_cell(
    month: int,
    *,
    state: str,
    share: float | None = None,
    grade: str = "",
    day: date | None = None,
    url: str = "",
    noun: str = "Tháng",
) -> SafeString:
    """A branch's month in `<table class="heat">`. `state`: met, late, missed, drafting, planned, none, excused, outside.

    `noun`: what the column is, “Tháng” or “Quý”. Where no share is known, `grade` stands alone. A grid has hundreds of
    cells and most look alike, so that each is drawn once and only its address put in. 89,9 % is not shown as 90.
    """
    level = 2 if state == "met" else 0
    if state == "met" and share is not None:
        level = 3 if share >= 95 else 2 if share >= 90 else 1
    drawn_alike = _heat_cell(
        month, state, level, None if share is None else number(floor(share)), grade, day, noun, bool(url)
    )
    return mark_safe(drawn_alike.replace(ADDRESS, escape(url)))  # noqa: S308  drawn by our template, the address escaped


@register.simple_tag
def heat_row(slots: Iterable[Any], *, noun: str = "Tháng", leads: bool = True) -> SafeString:
    """All cells of a branch at once: a page of forty branches has five hundred. `leads`: each to its meeting."""
    cells = [
        heat_cell(
            slot.number, state=slot.cell, share=slot.share, grade=slot.short_day, day=slot.day,
            url=slot.url if leads else "", noun=noun,
        )
        for slot in slots
    ]  # fmt: skip
    return mark_safe("".join(cells))  # noqa: S308  cells drawn by our own template


@lru_cache(maxsize=20_000)
def _heat_cell(
    month: int, state: str, level: int, share: str | None, grade: str, day: date | None, noun: str, leads: bool
) -> str:
    tones = {"met": "ok", "late": "warn", "missed": "bad", "drafting": "info"}
    told = {
        "met": "họp đúng hạn",
        "late": "họp muộn",
        "missed": "không họp",
        "drafting": "đang ghi",
        "planned": f"có lịch ngày {day:%d/%m}" if day else "có lịch",
        "none": "chưa đến",
        "excused": "không phải họp",
        "outside": "không áp dụng",
    }[state] + (f", {share}{NBSP}% dự" if share else "")
    facts = {**locals(), "tone": tones.get(state, "mute"), "url": ADDRESS if leads else ""}
    return render_to_string("components/heat_cell.html", facts)


@register.inclusion_tag("components/year_cell.html")
def year_cell(text: str, *, told: str, tone: str, icon: str, url: str = "") -> dict[str, Any]:
    """A month or quarter in `<ol class="year-strip">`. `text`: “Th 7”, `told`: “Tháng 7: họp muộn”."""
    return locals()


@register.inclusion_tag("components/spark.html")
def spark(values: Sequence[float | None], *, label: str, goal: float | None = None, span: float = 0) -> dict[str, Any]:
    """A year in a line; a month without a value is a gap. `label` says it in words; `span`: see line_of."""
    return {"label": label, **line_of(values, goal, span)}


@register.inclusion_tag("components/tally.html")
def tally(*, present: int, excused: int, absent: int, exempt: int, unmarked: int, needed: int) -> dict[str, Any]:
    """The roll call so far. `needed`: how many present make the target."""
    counts = [
        ("ok", "check", "Có mặt", present),
        ("warn", "letter-p", "Có lý do", excused),
        ("bad", "x", "Không lý do", absent),
        ("mute", "minus", "Miễn", exempt),
        ("", "dot", "Chưa ghi", unmarked),
    ]
    whole, bars, x = sum(count for *_, count in counts) or 1, [], 0.0
    for tone, _, _, count in counts[:-1]:
        bars.append((tone, svg_percent(x), svg_percent(100 * count / whole)))
        x += 100 * count / whole
    expected = present + excused + absent + unmarked
    return {"counts": counts, "bars": bars, "present": present, "expected": expected, "needed": needed}


@register.inclusion_tag("components/figure.html")
def figure(name: str, *, value: str, base: str = "", url: str = "") -> dict[str, Any]:
    """A number in `<dl class="figures">`, with what it is of, and the way to the list behind it."""
    return locals()
