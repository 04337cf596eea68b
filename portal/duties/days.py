"""Arithmetic of days inside a question to the database; the same results as Python gives."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, DateField, Expression, F, Func, IntegerField, Value, When
from django.db.models.functions import Greatest
from django.db.models.lookups import GreaterThan


def column(value: Any) -> Expression:
    """A column by its name, an expression, or a known day."""
    if isinstance(value, str):
        return F(value)  # type: ignore[return-value]
    return value if hasattr(value, "resolve_expression") else Value(value, output_field=DateField())


def days_later(start: Any, days: Any) -> Func:
    return Func(column(start), days, template="(%(expressions)s)", arg_joiner=" + ", output_field=DateField())


def months_later(start: Any, months: Any) -> Func:
    """The same day so many months later; where that month has no such day, its last one."""
    template = "(%(expressions)s))::date"
    return Func(
        column(start), months, template=template, arg_joiner=" + make_interval(months => ", output_field=DateField()
    )


def days_between(start: Any, end: Any) -> Func:
    return Func(column(end), column(start), template="(%(expressions)s)", arg_joiner=" - ", output_field=IntegerField())


def working_days_later(start: Any, days: int) -> Func:
    """Monday to Friday. Holidays are not known here, so it may come a little early, never late."""
    weeks, rest = divmod(days, 5)
    since_friday = Greatest(_weekday(column(start)) - 5, Value(0))
    friday = Func(column(start), since_friday, template="(%(expressions)s)", arg_joiner=" - ", output_field=DateField())
    over_the_weekend = Case(
        When(GreaterThan(_weekday(friday), 5 - rest), then=Value(weeks * 7 + rest + 2)),
        default=Value(weeks * 7 + rest),
        output_field=IntegerField(),
    )
    return days_later(friday, over_the_weekend)


def whole_numbers(*values: Any) -> Func:
    """An array of numbers, some of them perhaps only known to the database."""
    return Func(*values, template="ARRAY[%(expressions)s]::integer[]", output_field=ArrayField(IntegerField()))


def joined(*arrays: Any) -> Func:
    return Func(*arrays, template="(%(expressions)s)", arg_joiner=" || ", output_field=ArrayField(IntegerField()))


def _weekday(of: Any) -> Func:
    """1 for Monday."""
    return Func(of, template="EXTRACT(ISODOW FROM %(expressions)s)::integer", output_field=IntegerField())
