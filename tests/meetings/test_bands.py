"""Bands of points, and the band of the year with what it still wants."""

from datetime import date

import pytest

from branches.rules.definitions.quality import Band, YearStep
from meetings.quality.bands import Marked, YearBand, band_of, year_of

BANDS = (Band("Tốt", 90), Band("Khá", 70), Band("Trung bình", 50), Band("Kém", 0))
STEPS = (YearStep("Tốt", "Khá", 100, 7), YearStep("Khá", "Trung bình", 100, 0))


@pytest.mark.parametrize(
    ("points", "name"),
    [(100, "Tốt"), (90, "Tốt"), (89, "Khá"), (70, "Khá"), (69, "Trung bình"), (50, "Trung bình"), (49, "Kém"), (0, "Kém")],
)  # fmt: skip
def test_bands_begin_with_their_least_points(points: int, name: str):
    assert BANDS[band_of(points, BANDS)].name == name


def test_what_must_be_full_keeps_the_best_band_out_of_reach():
    assert [BANDS[band_of(points, BANDS, whole=False)].name for points in (100, 90, 89, 60)] == [
        "Khá", "Khá", "Khá", "Trung bình",
    ]  # fmt: skip
    assert band_of(100, (Band("Đạt", 0),), whole=False) == 0


def year(places: str, left: int = 0) -> YearBand:
    """“TTK”: a letter a month."""
    marks = [Marked(date(2026, month, 1), "TKBM".index(one)) for month, one in enumerate(places, start=1)]
    found = year_of(marks, BANDS, STEPS, left=left)
    assert found
    return found


@pytest.mark.parametrize(
    ("places", "name"),
    [
        ("TTTTTTTKKKKK", "Tốt"), ("TTTTTTKKKKKK", "Khá"), ("TTTTTTTTTTTB", "Khá"), ("TTTTTTTTTTTM", "Kém"),
        ("BBBBBBBBBBBB", "Khá"), ("T", "Khá"),
    ],
)  # fmt: skip
def test_the_year_by_its_meetings(places: str, name: str):
    assert year(places).name == name


def test_the_best_year_lacks_nothing():
    assert year("TTTTTTT", left=5).lacking == ""


def test_what_the_next_better_one_wants():
    assert year("TTTTT", left=7).lacking == "Để xếp Tốt: cần thêm 2 buổi Tốt; các buổi khác từ Khá trở lên."
    assert year("TTKKKKKK", left=4).lacking == ("Năm nay không lên Tốt được nữa: cần 7 buổi Tốt, có thể đạt 6.")
    assert year("TTTTTTBT", left=4).lacking == "Năm nay không lên Tốt được nữa: tháng 7 dưới mức Khá."
    assert year("TM", left=10).lacking == "Năm nay không lên Khá được nữa: tháng 2 dưới mức Trung bình."


def test_a_share_below_all_can_be_made_good():
    steps = (YearStep("Tốt", "Khá", 80, 0),)
    marks = [Marked(date(2026, month, 1), 2 if month == 1 else 0) for month in (1, 2, 3)]
    found = year_of(marks, BANDS, steps, left=9)
    assert found
    assert (found.name, found.lacking) == ("Kém", "Để xếp Tốt: cần thêm các buổi từ Khá trở lên.")


def test_nothing_scored_is_no_year():
    assert year_of([], BANDS, STEPS, left=12) is None
