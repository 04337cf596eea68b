"""Who was invited answers; who follows the branch comes. Told the moment the notice goes out, and once more the day before."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django.db.models import CharField, F, FilteredRelation, Q, Value
from django.db.models.functions import Cast, Concat, TruncDate
from django.urls import reverse

from meetings.models import Answer, Invitation, MeetingKind
from members.models import Charge
from portal.duties.days import days_between, whole_numbers
from portal.duties.rules import Asked, Duty, Open, Step
from portal.words.quantities import day, long_day

DAY_BEFORE = Value(-1)


def _subject(meeting: str) -> Concat:
    """As services/invitations.py says it."""
    return Concat(Cast(meeting, CharField()), Value(":"), Cast(f"{meeting}__day", CharField()))


def _stages(meeting: str, told: str) -> Any:
    """On the day that they were told, and on the day before the meeting."""
    return whole_numbers(days_between(f"{meeting}__day", TruncDate(told)), DAY_BEFORE)


def _facts(meeting: str) -> dict[str, str]:
    columns = ("pk", "kind", "day", "begins", "place")
    return {column: f"{meeting}__{column}" for column in columns} | {"name": f"{meeting}__organisation__name"}


class _Come(Duty):
    icon = "calendar"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        """14:00 thứ Ba, ngày 03/03/2026, Nhà văn hóa."""
        begins = f"{time.fromisoformat(facts['begins']):%H:%M} " if facts["begins"] else ""
        said = f"{begins}{long_day(date.fromisoformat(facts['day']))}"
        return f"{said}, {facts['place']}" if facts["place"] else said


class AnswerInvitation(_Come):
    """Personal: open until one has answered, or the day is over."""

    code = "du-hop"
    title = "Dự họp"

    def open(self, asked: Asked) -> Open:
        rows = Invitation.objects.everywhere(reason="what is due").filter(
            Q(day=None) | Q(day=F("meeting__day")),  # told of another day, they are told anew first
            answer=Answer.NONE,
            told_at__isnull=False,
            meeting__day__gte=asked.on,
            meeting__called_off_at=None,
            meeting__closed_at=None,
            member__account__isnull=False,
        )
        return Open(
            rows=rows,
            subject=_subject("meeting"),
            organisation="meeting__organisation",
            place="meeting__organisation__path",
            account="member__account",
            since=TruncDate("told_at"),
            limit="meeting__day",
            stages=_stages("meeting", "told_at"),
            facts=_facts("meeting"),
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        kind = MeetingKind(facts["kind"]).label.lower()
        return f"Trả lời giấy mời {kind} ngày {day(date.fromisoformat(facts['day']))}"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("meeting_answer", args=[facts["pk"]]), "Trả lời")


class ComeToBranch(_Come):
    """Personal: of the committee member in charge of the branch, until the day is over."""

    code = "du-hop-chi-bo-phu-trach"
    title = "Dự họp ở chi bộ phụ trách"

    def open(self, asked: Asked) -> Open:
        called = Q(
            organisation__meetings__day__gte=asked.on,
            organisation__meetings__told_at__isnull=False,
            organisation__meetings__called_off_at=None,
            organisation__meetings__closed_at=None,
        )
        charges = Charge.objects.everywhere(reason="what is due").annotate(
            meeting=FilteredRelation("organisation__meetings", condition=called)
        )
        rows = charges.filter(
            Q(until=None) | Q(until__gte=F("meeting__day")),
            meeting__isnull=False,
            since__lte=F("meeting__day"),
            member__account__isnull=False,
        )
        return Open(
            rows=rows,
            subject=_subject("meeting"),
            organisation="organisation",
            place="organisation__path",
            account="member__account",
            since=TruncDate("meeting__told_at"),
            limit="meeting__day",
            stages=_stages("meeting", "meeting__told_at"),
            facts=_facts("meeting"),
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        kind = MeetingKind(facts["kind"]).label.lower()
        return f"{facts['name']} mời dự {kind} ngày {day(date.fromisoformat(facts['day']))}"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("meeting_answer", args=[facts["pk"]]), "Xem giấy mời")


DUTIES = [AnswerInvitation(), ComeToBranch()]
