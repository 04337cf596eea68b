"""A meeting is told in time, its log is closed soon after, and its quality is scored."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from branches.rules.definitions.meetings import PAPERS_BEFORE
from branches.rules.definitions.reminders import CLOSE_LOG
from branches.rules.measures import measure, stages_of_reminding
from meetings.models import CriteriaSet, Meeting, MeetingKind, QualityScore, Scorer
from portal.access.permissions import Permission
from portal.duties.days import days_later
from portal.duties.rules import Asked, Duty, Open, Step
from portal.words.quantities import day

A_WEEK = 7


class TellMembers(Duty):
    """As many days before as papers must be out. From the day of the meeting on nobody is invited any more."""

    code = "moi-hop"
    title = "Gửi giấy mời, tài liệu họp"
    icon = "send"
    doer = Permission.RECORD_MEETING

    def open(self, asked: Asked) -> Open:
        meetings = Meeting.objects.everywhere(reason="what is due").standing()
        before = measure(PAPERS_BEFORE, asked, on=asked.on, path="organisation__path")
        return Open(
            rows=meetings.filter(told_at=None, closed_at=None, day__gt=asked.on),
            subject="pk",
            organisation="organisation",
            place="organisation__path",
            since=days_later("day", -A_WEEK - before),
            limit=days_later("day", -1 * before),
            stages=stages_of_reminding(asked, on=asked.on, path="organisation__path"),
            facts={"meeting": "pk", "kind": "kind", "on": "day"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Gửi giấy mời và tài liệu: {_named(facts)}"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("meeting_notice", args=[facts["meeting"]]), "Gửi giấy mời")


class CloseLog(Duty):
    code = "dong-so-hop"
    title = "Đóng sổ họp"
    icon = "lock"
    doer = Permission.RECORD_MEETING

    def open(self, asked: Asked) -> Open:
        meetings = Meeting.objects.everywhere(reason="what is due").standing()
        within = measure(CLOSE_LOG, asked, on=asked.on, path="organisation__path")
        return Open(
            rows=meetings.filter(closed_at=None, day__lte=asked.on, entered_later=False),
            subject="pk",
            organisation="organisation",
            place="organisation__path",
            since="day",
            limit=days_later("day", within),
            stages=stages_of_reminding(asked, on=asked.on, path="organisation__path"),
            facts={"meeting": "pk", "kind": "kind", "on": "day"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Hoàn thành và đóng sổ: {_named(facts)}"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("meeting_close", args=[facts["meeting"]]), "Đóng sổ")


class ScoreMeeting(Duty):
    """Of this year: its log was closed without the branch's score. Where that is asked in the meeting, none can be."""

    code = "cham-diem-hop"
    title = "Chấm điểm buổi họp"
    icon = "star"
    doer = Permission.RECORD_MEETING

    def open(self, asked: Asked) -> Open:
        meetings = Meeting.objects.everywhere(reason="what is due").standing().closed()
        agreed = QualityScore.objects.everywhere(reason="what is due").of(Scorer.BRANCH).filter(agreed=True)
        sets = CriteriaSet.objects.everywhere(reason="what is due").of_whole_country().filter(kind=OuterRef("kind"))
        holds = sets.filter(
            Q(since=None) | Q(since__lte=OuterRef("day")), Q(until=None) | Q(until__gte=OuterRef("day"))
        )
        lacking = meetings.filter(~Exists(agreed.filter(meeting=OuterRef("pk"))), Exists(holds))
        within = measure(CLOSE_LOG, asked, on=asked.on, path="organisation__path")
        return Open(
            rows=lacking.filter(
                kind__in=MeetingKind.scored(), day__year=asked.on.year, day__lte=asked.on, entered_later=False
            ),
            subject="pk",
            organisation="organisation",
            place="organisation__path",
            since="day",
            limit=days_later("day", within),
            stages=stages_of_reminding(asked, on=asked.on, path="organisation__path"),
            facts={"meeting": "pk", "kind": "kind", "on": "day"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Chấm điểm {_named(facts)}"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("meeting_reopen", args=[facts["meeting"]]), "Mở lại sổ để chấm")


def _named(facts: Mapping[str, Any]) -> str:
    return f"{MeetingKind(facts['kind']).label.lower()} ngày {day(date.fromisoformat(facts['on']))}"
