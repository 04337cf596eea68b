from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from branches.rules.definitions import admission
from branches.rules.measures import stages_of_reminding
from branches.rules.reading import Rulebook
from members.models import Member, State
from portal.access.permissions import Permission
from portal.duties.days import days_between, joined, months_later, whole_numbers, working_days_later
from portal.duties.rules import Asked, Duty, Open, Step
from portal.words.quantities import day


class RecogniseMember(Duty):
    """Told when the file is to be prepared, when the probation is over, and before and after the last day to decide."""

    code = "cong-nhan-chinh-thuc"
    title = "Xét công nhận đảng viên chính thức"
    icon = "star"
    doer = Permission.KEEP_ROLL

    def open(self, asked: Asked) -> Open:
        book = Rulebook.of(asked)
        probation, prepare, review = (
            book.source_of(rule, None, on=asked.on).value
            for rule in (admission.PROBATION, admission.PREPARE, admission.REVIEW)
        )
        over = months_later("admitted_on", probation)
        begins, last_day = months_later("admitted_on", prepare), working_days_later(over, review)
        usual = stages_of_reminding(asked, on=asked.on, path="branch__path")
        first = whole_numbers(days_between(last_day, begins), days_between(last_day, over))
        members = Member.objects.everywhere(reason="what is due").filter(state=State.PROBATIONARY)
        return Open(
            rows=members.filter(admitted_on__isnull=False, branch__isnull=False),
            subject="pk",
            organisation="branch",
            place="branch__path",
            since=begins,
            limit=last_day,
            stages=joined(first, usual),
            facts={"member": "pk", "name": "full_name", "over": over, "branch": "branch"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Xét công nhận chính thức cho đ/c {facts['name']}"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        over = date.fromisoformat(facts["over"])
        return f"{'Hết dự bị từ' if over <= on else 'Chuẩn bị hồ sơ; hết dự bị'} ngày {day(over)}"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("member", args=[facts["member"]]), "Mở hồ sơ")
