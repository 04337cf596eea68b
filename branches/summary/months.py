"""Months as first days."""

from collections.abc import Iterator
from datetime import date, timedelta


def month_of(day: date) -> date:
    return day.replace(day=1)


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def months_between(first: date, last: date) -> Iterator[date]:
    """Both included."""
    month = month_of(first)
    while month <= last:
        yield month
        month = next_month(month)


def last_day_of(month: date) -> date:
    return next_month(month) - timedelta(days=1)


def last_whole_month(day: date) -> date:
    """The month that is over on that day."""
    month = month_of(day)
    return month if last_day_of(month) == day else month_of(month - timedelta(days=1))


def quarters_over(first: date, last: date) -> list[date]:
    """By their first months; those that lie within, whole."""
    return [
        month
        for month in months_between(first, last)
        if month.month % 3 == 1 and next_month(next_month(month)) <= last_whole_month(last)
    ]
