"""Members whom the branch must speak to: who has not paid for months, who has been absent time after time."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, DateField, F, IntegerField, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from branches.models import Kind
from branches.rules.definitions.dues import UNPAID
from branches.rules.definitions.quality import ABSENT_RUNNING
from branches.rules.measures import measure, stages_of_reminding
from branches.rules.reading import Rulebook
from meetings.models import Attendance, Dues, Mark, MeetingKind, Standing
from members.models import Membership, MembershipKind
from portal.access.permissions import Permission
from portal.duties.days import days_later, months_later
from portal.duties.rules import Asked, Duty, Open, Step
from portal.words.quantities import number

DAY = DateField()


class UnpaidDues(Duty):
    """Of so many months of one year. Due by the end of the month after the one that made it so many."""

    code = "no-dang-phi"
    title = "Đảng viên chưa nộp đảng phí"
    icon = "alert"
    doer = Permission.RECORD_MEETING

    def open(self, asked: Asked) -> Open:
        months = Rulebook.of(asked).source_of(UNPAID, None, on=asked.on).value
        owed = Dues.objects.everywhere(reason="what is due").filter(
            member=OuterRef("member"), organisation=OuterRef("organisation"), month__year=asked.on.year,
            month__lte=asked.on, excused=False, paid__lt=F("owed"),
        )  # fmt: skip
        enough = Subquery(owed.order_by("month").values("month")[months - 1 : months], output_field=DAY)
        count = owed.order_by().values("member").annotate(count=Count("pk")).values("count")
        rows = _of_branches(asked).annotate(enough=enough).filter(enough__isnull=False)
        return Open(
            rows=rows.annotate(months=Subquery(count, output_field=IntegerField())),
            subject="pk",
            organisation="organisation",
            place="organisation__path",
            since=months_later("enough", 1),
            limit=days_later(months_later("enough", 2), -1),
            stages=stages_of_reminding(asked, on=asked.on, path="organisation__path"),
            facts={"branch": "organisation", "member": "member", "name": "member__full_name", "months": "months"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Nhắc đ/c {facts['name']} nộp đảng phí: còn nợ {number(facts['months'])} tháng"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("dues_pay", args=[facts["branch"], facts["member"]]), "Ghi nộp")


class AbsentRunning(Duty):
    """The last so many regular meetings of the year, with a reason or without, one after the other."""

    code = "vang-lien-tiep"
    title = "Đảng viên vắng họp liên tiếp"
    icon = "users"
    doer = Permission.RECORD_MEETING

    def open(self, asked: Asked) -> Open:
        lines = Attendance.objects.everywhere(reason="what is due").filter(
            member=OuterRef("member"), standing=Standing.EXPECTED, meeting__kind=MeetingKind.REGULAR,
            meeting__closed_at__isnull=False, meeting__day__year=asked.on.year, meeting__day__lte=asked.on,
        )  # fmt: skip
        came = lines.filter(mark__in=Mark.came()).order_by().values("member").annotate(last=Max("meeting__day"))
        rows = _of_branches(asked).annotate(
            came_on=Coalesce(Subquery(came.values("last")), Value(date(asked.on.year - 1, 12, 31)), output_field=DAY)
        )
        missed = lines.filter(mark__in=[Mark.EXCUSED, Mark.ABSENT], meeting__day__gt=OuterRef("came_on"))
        grouped = missed.order_by().values("member").annotate(times=Count("pk"), last=Max("meeting__day"))
        rows = rows.annotate(
            times=Subquery(grouped.values("times"), output_field=IntegerField()),
            last=Subquery(grouped.values("last"), output_field=DAY),
        ).filter(times__gte=measure(ABSENT_RUNNING, asked, on=asked.on, path="organisation__path"))
        return Open(
            rows=rows,
            subject="pk",
            organisation="organisation",
            place="organisation__path",
            since="last",
            limit=days_later(months_later("last", 1), -1),
            stages=stages_of_reminding(asked, on=asked.on, path="organisation__path"),
            facts={"member": "member", "name": "member__full_name", "times": "times"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Gặp đ/c {facts['name']}: vắng {number(facts['times'])} buổi thường kỳ liên tiếp"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        return "Trước buổi họp tới"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("member", args=[facts["member"]]), "Mở hồ sơ")


def _of_branches(asked: Asked) -> QuerySet:
    rows = Membership.objects.everywhere(reason="what is due").on(asked.on)
    return rows.filter(kind=MembershipKind.MAIN, organisation__kind=Kind.BRANCH)
