from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from branches.rules.definitions.reminders import ANSWER_PROPOSAL, TELL_ANSWER
from branches.rules.measures import measure, stages_of_reminding
from meetings.models import Meeting, MeetingKind, Proposal, ProposalState
from meetings.queries.actions import was_closed
from portal.access.permissions import Permission
from portal.duties.days import days_between, days_later, joined, whole_numbers
from portal.duties.rules import Asked, Duty, Open, Step
from portal.words.quantities import day


class AnswerProposal(Duty):
    """Of the committee it was sent to, from the meeting that raised it on."""

    code = "tra-loi-kien-nghi"
    title = "Trả lời kiến nghị của chi bộ"
    icon = "chat"
    doer = Permission.DIRECT_MEETINGS

    def open(self, asked: Asked) -> Open:
        within = measure(ANSWER_PROPOSAL, asked, on=asked.on, path="to__path")
        return Open(
            rows=Proposal.objects.everywhere(reason="what is due").waiting().filter(was_closed()),
            subject="pk",
            organisation="to",
            place="to__path",
            since="meeting__day",
            limit=days_later("meeting__day", within),
            stages=stages_of_reminding(asked, on=asked.on, path="to__path"),
            facts={"proposal": "pk", "branch": "meeting__organisation__name", "on": "meeting__day"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Trả lời kiến nghị của {facts['branch']}"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        return f"Nêu tại buổi họp ngày {day(date.fromisoformat(facts['on']))}"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("proposal", args=[facts["proposal"]]), "Trả lời")


class TellAnswer(Duty):
    """Of the branch that asked: its members hear the answer at the next regular meeting, and then nobody is reminded."""

    code = "bao-lai-tra-loi"
    title = "Báo lại chi bộ trả lời của cấp trên"
    icon = "chat"
    doer = Permission.RECORD_MEETING

    def open(self, asked: Asked) -> Open:
        meetings = Meeting.objects.everywhere(reason="what is due").standing().filter(kind=MeetingKind.REGULAR)
        heard = meetings.filter(
            organisation=OuterRef("meeting__organisation"), day__gte=OuterRef("answered_on"), day__lte=asked.on,
            closed_at__isnull=False,
        )  # fmt: skip
        answered = Proposal.objects.everywhere(reason="what is due").exclude(state=ProposalState.RAISED)
        branch = "meeting__organisation__path"
        limit = days_later("answered_on", measure(TELL_ANSWER, asked, on=asked.on, path=branch))
        at_once = whole_numbers(days_between(limit, "answered_on"))
        return Open(
            rows=answered.filter(~Exists(heard), was_closed(), gone=False),
            subject="pk",
            organisation="meeting__organisation",
            place=branch,
            since="answered_on",
            limit=limit,
            stages=joined(at_once, stages_of_reminding(asked, on=asked.on, path=branch)),
            facts={"proposal": "pk", "to": "to__name", "on": "answered_on"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Báo lại chi bộ trả lời của {facts['to']}"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        return f"Trả lời kiến nghị ngày {day(date.fromisoformat(facts['on']))}"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("proposal", args=[facts["proposal"]]), "Xem trả lời")
