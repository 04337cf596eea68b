from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from branches.models import Kind
from branches.rules.definitions.reminders import STUDY_AHEAD
from branches.rules.measures import measure, stages_of_reminding
from directives.models import Study, StudySession
from portal.access.permissions import Permission
from portal.duties.days import days_later
from portal.duties.rules import Asked, Duty, Open, Step

BELOW = "organisation__descendancies"
BRANCH = f"{BELOW}__organisation"


class HoldStudy(Duty):
    """Of each branch below whoever asked for it: the document has not been studied there at all."""

    code = "quan-triet"
    title = "Quán triệt văn bản"
    icon = "book"
    doer = Permission.RECORD_STUDY

    def open(self, asked: Asked) -> Open:
        held = StudySession.objects.everywhere(reason="what is due").filter(
            study=OuterRef("pk"), organisation=OuterRef(BRANCH)
        )
        lives = Q(**{f"{BRANCH}__dissolved_on": None}) | Q(**{f"{BRANCH}__dissolved_on__gt": asked.on})
        in_use = Q(**{f"{BRANCH}__joined_on": None}) | Q(**{f"{BRANCH}__joined_on__lte": F("due_on")})
        below = {f"{BELOW}__days__contains": asked.on, f"{BRANCH}__kind": Kind.BRANCH}
        path = f"{BRANCH}__path"
        return Open(
            rows=Study.objects.everywhere(reason="what is due").filter(lives, in_use, ~Exists(held), **below),
            subject=Concat(Cast("pk", CharField()), Value(":"), Cast(BRANCH, CharField())),
            organisation=BRANCH,
            place=path,
            since=days_later("due_on", -1 * measure(STUDY_AHEAD, asked, on=asked.on, path=path)),
            limit="due_on",
            stages=stages_of_reminding(asked, on=asked.on, path=path),
            facts={"study": "pk", "branch": BRANCH, "subject": "document__subject", "symbol": "document__symbol"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Quán triệt {facts['symbol'] or facts['subject']}"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        return facts["subject"] if facts["symbol"] else ""

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("record_study", args=[facts["study"], facts["branch"]]), "Ghi buổi quán triệt")
