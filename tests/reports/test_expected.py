"""Which reports are owed, and by which day."""

from datetime import date

import pytest

from portal.reports.expected import asked_for_on, expected_in
from portal.reports.kinds import ReportKind, kind_named


def kind(code: str) -> ReportKind:
    found = kind_named(code)
    assert found
    return found


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("chi-bo-thang", [f"Tháng {month:02}/2026" for month in range(1, 12)]),  # december stands in the year's
        ("chi-bo-nam", ["Năm 2026"]),
        ("xa-thang", [f"Tháng {month:02}/2026" for month in (1, 2, 4, 5, 7, 8, 10, 11)]),
        ("xa-quy", ["Quý I/2026", "Quý III/2026"]),
        ("xa-nua-nam", ["6 tháng đầu năm 2026"]),
        ("xa-nam", ["Năm 2026"]),
    ],
)
def test_what_a_longer_report_tells_is_not_asked_for_twice(code: str, names: list[str]):
    assert [one.period.name for one in expected_in(2026, kind(code))] == names


@pytest.mark.parametrize(
    ("code", "on", "name", "due"),
    [
        ("chi-bo-thang", date(2026, 11, 22), "Tháng 10/2026", date(2026, 11, 10)),
        ("chi-bo-thang", date(2026, 12, 1), "Tháng 11/2026", date(2026, 12, 10)),
        ("chi-bo-thang", date(2027, 1, 31), "Tháng 11/2026", date(2026, 12, 10)),
        ("chi-bo-nam", date(2026, 11, 30), "Năm 2025", date(2025, 12, 15)),
        ("chi-bo-nam", date(2026, 12, 1), "Năm 2026", date(2026, 12, 15)),
        ("xa-thang", date(2026, 7, 31), "Tháng 05/2026", date(2026, 6, 15)),
        ("xa-quy", date(2026, 10, 1), "Quý III/2026", date(2026, 10, 15)),
        ("xa-quy", date(2026, 9, 30), "Quý I/2026", date(2026, 4, 15)),
    ],
)
def test_one_is_asked_for_until_the_next_is(code: str, on: date, name: str, due: date):
    found = asked_for_on(kind(code), on)
    assert found
    assert (found.period.name, found.due) == (name, due)


def test_what_goes_nowhere_is_not_owed():
    assert list(expected_in(2026, kind("tinh-nam"))) == []
    assert asked_for_on(kind("diem-danh-nam"), date(2026, 12, 31)) is None
