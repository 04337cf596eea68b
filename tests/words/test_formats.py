"""The trap of the `vi` locale: Django alone reads 05/11/2026 as 11 May."""

from datetime import date, datetime

import pytest
from django import forms
from django.utils import formats


@pytest.mark.parametrize("typed", ["05/11/2026", "5/11/2026", "05-11-2026", "5.11.2026", "2026-11-05", "05/11/26"])
def test_the_day_comes_first(typed: str):
    assert forms.DateField().clean(typed) == date(2026, 11, 5)


@pytest.mark.parametrize("typed", ["11/31/2026", "31/02/2026", "hôm qua", "05/11/20261"])
def test_what_is_no_day_is_refused(typed: str):
    with pytest.raises(forms.ValidationError):
        forms.DateField().clean(typed)


def test_days_and_numbers_are_written_the_vietnamese_way():
    assert formats.date_format(date(2026, 12, 5), "SHORT_DATE_FORMAT") == "05/12/2026"
    assert formats.date_format(datetime(2026, 12, 5, 14, 5), "DATETIME_FORMAT") == "14:05 05/12/2026"
    assert formats.number_format(1234.5, force_grouping=True) == "1.234,5"
    assert formats.get_format("FIRST_DAY_OF_WEEK") == 1


def test_a_number_in_a_page_is_never_grouped_by_itself():
    """{{ 2026 }} is a year and {{ id }} goes into an address: only the `number` filter groups."""
    assert formats.localize(2026) == "2026"
