"""What is due with organisations themselves."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from branches.models import Term
from branches.rules.definitions.reminders import TERM_AHEAD
from branches.rules.measures import measure, stages_of_reminding
from portal.access.permissions import Permission
from portal.duties.days import days_later
from portal.duties.rules import Asked, Duty, Open, Step
from portal.words.quantities import day


class FollowTerm(Duty):
    """A committee's term comes to its end: the next one is opened, and numbers begin anew with it."""

    code = "het-nhiem-ky"
    title = "Chuẩn bị đại hội, mở nhiệm kỳ mới"
    icon = "calendar"
    doer = Permission.KEEP_NUMBERS

    def open(self, asked: Asked) -> Open:
        terms = Term.objects.everywhere(reason="what is due")
        next_one = terms.filter(organisation=OuterRef("organisation"), since__gt=OuterRef("since"))
        lives = Q(organisation__dissolved_on__isnull=True) | Q(organisation__dissolved_on__gt=asked.on)
        ahead = measure(TERM_AHEAD, asked, on=asked.on, path="organisation__path")
        return Open(
            rows=terms.filter(~Exists(next_one), lives, until__isnull=False),
            subject="pk",
            organisation="organisation",
            place="organisation__path",
            since=days_later("until", -1 * ahead),
            limit="until",
            stages=stages_of_reminding(asked, on=asked.on, path="organisation__path"),
            facts={"name": "name", "until": "until", "place": "organisation"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Chuẩn bị đại hội, mở nhiệm kỳ tiếp theo {facts['name']}"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        until = date.fromisoformat(facts["until"])
        return f"Nhiệm kỳ {'đã hết' if until < on else 'hết'} ngày {day(until)}"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("open_term", args=[facts["place"]]), "Mở nhiệm kỳ mới")


DUTIES = [FollowTerm()]
