"""Meetings that are owed and were not held: the month's by its last good day, the quarter's by its end."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, Greatest, Length
from django.urls import reverse

from branches.models import Kind, Organisation
from branches.rules.definitions.meetings import FIXED_DAY, LAST_DAY_OF_WEEK_ONE
from branches.rules.measures import measured, stages_of_reminding
from branches.summary.months import month_of
from meetings.models import Meeting, MeetingKind, SlotChange, SlotDecision
from portal.access.permissions import Permission
from portal.duties.rules import Asked, Duty, Open, Step
from portal.words.quantities import day

DAY = DateField()


class HoldMeeting(Duty):
    """Of a branch, in the period that runs on that day. Done when it was held: a log nobody closed is another matter."""

    icon = "users"
    doer = Permission.RECORD_MEETING
    kind: MeetingKind

    def period(self, on: date) -> date:
        raise NotImplementedError

    def last_day(self, asked: Asked, period: date) -> Any:
        raise NotImplementedError

    def open(self, asked: Asked) -> Open:
        period = self.period(asked.on)
        rows = owing(asked, self.kind, period)
        return Open(
            rows=rows,
            subject=Concat(Cast("pk", CharField()), Value(f":{period:%Y-%m}")),
            organisation="pk",
            place="path",
            since=period,
            limit=Greatest(F("moved_until"), self.last_day(asked, period), output_field=DAY),
            stages=stages_of_reminding(asked, on=asked.on, path="path"),
            facts={"branch": "pk", "period": Value(period, DAY), "planned": "planned", "on": "planned_on"},
        )

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        return f"Đã lập cho ngày {day(date.fromisoformat(facts['on']))}" if facts["on"] else "Chưa lập buổi họp"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        if facts["planned"]:
            return Step(reverse("meeting_prepare", args=[facts["planned"]]), "Chuẩn bị")
        return Step(reverse("meeting_plan", args=[facts["branch"]]), "Lập buổi họp")


class HoldRegular(HoldMeeting):
    code = "hop-thuong-ky"
    title = "Họp chi bộ thường kỳ"
    kind = MeetingKind.REGULAR

    def period(self, on: date) -> date:
        return month_of(on)

    def last_day(self, asked: Asked, period: date) -> Any:
        """The end of week one, or the branch's own approved day where that comes later (meetings/slots.py)."""
        length = monthrange(period.year, period.month)[1]
        week_one = measured(
            LAST_DAY_OF_WEEK_ONE,
            asked,
            lambda rule: rule.last_day(period.year, period.month),
            DAY,
            on=asked.on,
            path="path",
        )
        fixed = measured(
            FIXED_DAY, asked, lambda number: period.replace(day=min(number, length)) if number else None, DAY,
            on=asked.on, path="path",
        )  # fmt: skip
        return Greatest(fixed, week_one, output_field=DAY)

    def words(self, facts: Mapping[str, Any]) -> str:
        """Reminded by hand, it says by whom."""
        said = f"Họp chi bộ thường kỳ tháng {date.fromisoformat(facts['period']):%m/%Y}"
        return f"{facts['asked_by']} nhắc: {said[:1].lower()}{said[1:]}" if "asked_by" in facts else said


class HoldThematic(HoldMeeting):
    code = "hop-chuyen-de"
    title = "Sinh hoạt chuyên đề"
    icon = "book"
    kind = MeetingKind.THEMATIC

    def period(self, on: date) -> date:
        return date(on.year, (on.month - 1) // 3 * 3 + 1, 1)

    def last_day(self, asked: Asked, period: date) -> Any:
        month = period.month + 2
        return Value(date(period.year, month, monthrange(period.year, month)[1]), DAY)

    def words(self, facts: Mapping[str, Any]) -> str:
        period = date.fromisoformat(facts["period"])
        return f"Sinh hoạt chuyên đề quý {(period.month + 2) // 3}/{period.year}"


def owing(asked: Asked, kind: MeetingKind, period: date) -> QuerySet:
    """Branches that were there when the period began, were not excused, and have not met for it."""
    branches = Organisation.objects.everywhere(reason="what is due").filter(kind=Kind.BRANCH).living(asked.on)
    branches = branches.exclude(joined_on__gt=period).exclude(founded_on__gt=period)
    meetings = Meeting.objects.everywhere(reason="what is due").standing().filter(organisation=OuterRef("pk"))
    if kind == MeetingKind.THEMATIC:
        quarter = {"period__year": period.year, "period__quarter": (period.month + 2) // 3}
        here = meetings.filter(Q(kind=kind) | Q(also_thematic=True), **quarter)
    else:
        here = meetings.filter(kind=kind, period=period)
    decided = _decisions(kind, period)
    planned = here.filter(day__gt=asked.on).order_by("day")
    return branches.filter(~Exists(here.filter(day__lte=asked.on))).annotate(
        change=Coalesce(Subquery(decided.values("change")[:1]), Value("")),
        moved_until=Case(When(change=SlotChange.MOVED, then=Subquery(decided.values("until")[:1])), output_field=DAY),
        planned=Subquery(planned.values("pk")[:1]),
        planned_on=Subquery(planned.values("day")[:1]),
    ).exclude(change=SlotChange.EXCUSED)  # fmt: skip


def _decisions(kind: MeetingKind, period: date) -> QuerySet:
    """Of the branch itself or of any committee above it; the nearest first."""
    rows = SlotDecision.objects.everywhere(reason="what is due").filter(kind=kind, period=period)
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = rows.annotate(of=path).filter(of__startswith=F("organisation__path"))
    return above.order_by(Length("organisation__path").desc())
