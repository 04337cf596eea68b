from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from branches.rules.definitions.reminders import ANSWER_PROPOSAL
from branches.rules.measures import measure, stages_of_reminding
from meetings.models import Proposal
from meetings.queries.actions import was_closed
from portal.access.permissions import Permission
from portal.duties.days import days_later
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
