"""What the value of a rule looks like: how it is typed, kept, compared and said."""

from branches.rules.shapes.base import Shape, Unfit
from branches.rules.shapes.choices import Choice, Line, YesNo
from branches.rules.shapes.days import DayOfYear, Deadline, MonthDeadline, ThroughOrBefore, YearDay, YearDeadline
from branches.rules.shapes.lists import TextList, WholeList
from branches.rules.shapes.numbers import (
    Between,
    Cadence,
    Days,
    Margins,
    Millimetres,
    Minutes,
    Money,
    Months,
    OftenEnough,
    Period,
    Range,
    Whole,
    WorkingDays,
    Years,
)
from branches.rules.shapes.shares import CEILINGS, FLOORS, Fractional, Operator, Percentage, Share
from branches.rules.shapes.tables import Table

__all__ = [
    "CEILINGS",
    "FLOORS",
    "Between",
    "Cadence",
    "Choice",
    "DayOfYear",
    "Days",
    "Deadline",
    "Fractional",
    "Line",
    "Margins",
    "Millimetres",
    "Minutes",
    "Money",
    "MonthDeadline",
    "Months",
    "OftenEnough",
    "Operator",
    "Percentage",
    "Period",
    "Range",
    "Shape",
    "Share",
    "Table",
    "TextList",
    "ThroughOrBefore",
    "Unfit",
    "Whole",
    "WholeList",
    "WorkingDays",
    "YearDay",
    "YearDeadline",
    "Years",
    "YesNo",
]
