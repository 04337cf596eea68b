"""Orders, movements and falls by themselves."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from branches.models import Organisation
from portal.dashboards.queries.province.movement import Moved, fell, moved
from portal.dashboards.queries.province.places import Size
from portal.dashboards.queries.province.rows import HELD, Row, in_order, ranked
from portal.indicators.registry import Figure

MONTHS = [date(2026, month, 1) for month in range(1, 7)]


def row(name: str, held: tuple[int, int], overdue: int = 0) -> Row:
    place = Organisation(pk=ord(name), name=name, sort_key=name)
    return Row(place, name, Size(), {HELD: Figure(*held)}, [], overdue, "", HELD)


def told(rows: list[Row]) -> list[tuple[str, int]]:
    return [(one.name, one.rank) for one in rows]


def test_the_best_first_and_equals_share_their_rank():
    rows = [row("a", (1, 2)), row("b", (0, 0)), row("c", (3, 3)), row("d", (2, 4)), row("e", (1, 4))]
    assert told(ranked(rows, "hop")) == [("c", 1), ("a", 2), ("d", 2), ("e", 4), ("b", 0)]


def test_of_what_is_overdue_the_fewer_the_better():
    assert told(ranked([row("a", (1, 1), 5), row("b", (1, 1), 0)], "quahan")) == [("b", 1), ("a", 2)]


@pytest.mark.parametrize(("descending", "wanted"), [(False, "acb"), (True, "cab")])
def test_what_has_no_value_comes_last_either_way(descending: bool, wanted: str):
    rows = [row("a", (1, 2)), row("b", (0, 0)), row("c", (2, 2))]
    assert "".join(one.name for one in in_order(rows, "hop", descending=descending)) == wanted


@pytest.mark.parametrize(
    ("points", "said", "words"),
    [
        ("1.25", "+1,3", "tăng"),
        ("-0.04", "−0,1", "giảm"),
        ("0.01", "+0,1", "tăng"),
        ("0", "0", "không đổi"),
        ("-12", "−12", "giảm"),
    ],
)
def test_what_moved_at_all_is_never_told_as_nothing(points: str, said: str, words: str):
    found = Moved(Decimal(points))
    assert (found.said, found.words) == (said, words)


def test_of_nothing_there_is_no_movement():
    assert moved(Figure(0, 0), Figure(1, 2)) is None
    assert moved(Figure(1, 2), Figure(0, 0)) is None


@pytest.mark.parametrize(
    ("shares", "points"),
    [
        ([90, 95, 94, 93, 92, 91], 3), ([90, 95, 94, 93, 93, 91], None), ([91, 90, 89, 88, 89, 87], None),
        ([99, 98, 97, 96, 95, None], None), ([1, 1, 94, 93, 92, 80], 14),
    ],
)  # fmt: skip
def test_three_falls_in_a_row(shares: list[Any], points: int | None):
    months = {month: Figure(share, 100) for month, share in zip(MONTHS, shares, strict=True) if share is not None}
    assert fell(months, MONTHS) == points
