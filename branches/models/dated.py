"""What holds from a day to a day: the last day is included, no end goes on, no beginning was always so."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from portal.access.rows import GuardedQuerySet


class Days(Func):
    """The days from one column to another as a range."""

    function = "DATERANGE"
    output_field = DateRangeField()


class _Days:
    def on(self, day: date) -> Self:
        """What holds on this day."""
        began = Q(since__isnull=True) | Q(since__lte=day)
        return self.filter(began, Q(until__isnull=True) | Q(until__gte=day))  # type: ignore[attr-defined]

    def from_day(self, day: date) -> Self:
        """What still holds on this day, or begins later."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day))  # type: ignore[attr-defined]


class DatedRows(_Days, models.QuerySet):
    """The words of dated rows."""


class DatedQuerySet(_Days, GuardedQuerySet):
    """The same behind the door."""


class Dated(models.Model):
    since = models.DateField("từ ngày", null=True, blank=True)
    until = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        abstract = True


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name, condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since"))
    )


def one_at_a_time(name: str, *same: str, among: Q | None = None) -> ExclusionConstraint:
    """Two rows that agree in these columns share no day; `among` those for which this holds."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            (Days("since", "until", Value("[]")), RangeOperators.OVERLAPS),
            *((column, RangeOperators.EQUAL) for column in same),
        ],
        condition=among,
    )
