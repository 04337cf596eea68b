from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q
from django.db.models.functions import TruncDate
from django.urls import reverse

from branches.rules.definitions.reminders import JUDGE_ANSWER
from branches.rules.measures import measure, stages_of_reminding
from directives.models import PartState, Review, ReviewKind, ReviewPart
from portal.access.permissions import Permission
from portal.duties.days import days_later
from portal.duties.rules import Asked, Duty, Open, Step
from portal.words.quantities import number


class SendReviewPart(Duty):
    """Of each organisation that was asked: from the day on which the review was opened."""

    code = "gui-so-ket"
    title = "Gửi báo cáo sơ kết, tổng kết"
    icon = "send"
    doer = Permission.ANSWER_TASKS

    def open(self, asked: Asked) -> Open:
        rows = ReviewPart.objects.everywhere(reason="what is due").filter(
            Q(organisation__dissolved_on=None) | Q(organisation__dissolved_on__gt=asked.on),
            state__in=[PartState.OPEN, PartState.RETURNED],
            review__closed_on=None,
        )
        path = "organisation__path"
        return Open(
            rows=rows,
            subject="pk",
            organisation="organisation",
            place=path,
            since="review__opened_on",
            limit="review__due_on",
            stages=stages_of_reminding(asked, on=asked.on, path=path),
            facts={
                "part": "pk",
                "kind": "review__kind",
                "symbol": "review__document__symbol",
                "subject": "review__document__subject",
                "state": "state",
                "to": "review__organisation__name",
            },
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        again = "bổ sung" if facts["state"] == PartState.RETURNED else "gửi"
        return f"{again.capitalize()} báo cáo {_about(facts)}"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        return f"Gửi {facts['to']}"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("review_part", args=[facts["part"]]), "Viết báo cáo")


class JudgeReviewParts(Duty):
    """Of who opened the review: one thing to do, however many parts have come."""

    code = "nhan-so-ket"
    title = "Nhận báo cáo sơ kết, tổng kết"
    icon = "check-circle"
    doer = Permission.GIVE_TASKS

    def open(self, asked: Asked) -> Open:
        waiting = Q(parts__state=PartState.SENT)
        rows = Review.objects.everywhere(reason="what is due").filter(waiting, closed_on=None)
        rows = rows.annotate(waiting=Count("parts"), first_on=TruncDate(Min("parts__sent_at")))
        path = "organisation__path"
        return Open(
            rows=rows,
            subject="pk",
            organisation="organisation",
            place=path,
            since="first_on",
            limit=days_later("first_on", measure(JUDGE_ANSWER, asked, on=asked.on, path=path)),
            stages=stages_of_reminding(asked, on=asked.on, path=path),
            facts={
                "review": "pk",
                "kind": "kind",
                "symbol": "document__symbol",
                "subject": "document__subject",
                "waiting": "waiting",
            },
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Nhận xét {number(facts['waiting'])} báo cáo {_about(facts)}"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(f"{reverse('review', args=[facts['review']])}?loc=cho-nhan-xet", "Xem báo cáo")


def _about(facts: Mapping[str, Any]) -> str:
    return f"{ReviewKind(facts['kind']).label.lower()} {facts['symbol'] or facts['subject']}"
