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
from members.models import Member, Membership, MembershipKind
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
        rows = _of_branches(asked).annotate(enough=enough).filter(enough__isnull=False)
        return Open(
            rows=rows.annotate(months=_count_of(owed)),
            subject="pk",
            organisation="organisation",
            place="organisation__path",
            since=months_later("enough", 1),
            limit=days_later(months_later("enough", 2), -1),
            stages=stages_of_reminding(asked, on=asked.on, path="organisation__path"),
            facts={"branch": "organisation", "member": "member", "name": "called", "months": "months"},
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
        missed = lines.filter(mark__in=[Mark.EXCUSED, Mark.ABSENT])
        most = measure(ABSENT_RUNNING, asked, on=asked.on, path="organisation__path")
        came = lines.filter(mark__in=Mark.came()).order_by().values("member").annotate(last=Max("meeting__day"))
        # who missed so many at all is soon found: only of them it is asked when they last came
        rows = _of_branches(asked).annotate(missed=_count_of(missed)).filter(missed__gte=most)
        rows = rows.annotate(
            came_on=Coalesce(Subquery(came.values("last")), Value(date(asked.on.year - 1, 12, 31)), output_field=DAY)
        )
        since = missed.filter(meeting__day__gt=OuterRef("came_on"))
        last = since.order_by().values("member").annotate(last=Max("meeting__day")).values("last")
        rows = rows.annotate(times=_count_of(since), last=Subquery(last, output_field=DAY)).filter(times__gte=most)
        return Open(
            rows=rows,
            subject="pk",
            organisation="organisation",
            place="organisation__path",
            since="last",
            limit=days_later(months_later("last", 1), -1),
            stages=stages_of_reminding(asked, on=asked.on, path="organisation__path"),
            facts={"member": "member", "name": "called", "times": "times"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Gặp đ/c {facts['name']}: vắng {number(facts['times'])} buổi thường kỳ liên tiếp"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        return "Trước buổi họp tới"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("member", args=[facts["member"]]), "Mở hồ sơ")


def _count_of(rows: QuerySet) -> Subquery:
    """None rather than 0 where there are none."""
    counted = rows.order_by().values("member").annotate(count=Count("member")).values("count")
    return Subquery(counted, output_field=IntegerField())


def _of_branches(asked: Asked) -> QuerySet:
    """The name is looked up for those who are found: a join would walk all members of the province."""
    rows = Membership.objects.everywhere(reason="what is due").on(asked.on)
    members = Member.objects.everywhere(reason="what is due").filter(pk=OuterRef("member"))
    rows = rows.filter(kind=MembershipKind.MAIN, organisation__kind=Kind.BRANCH)
    return rows.annotate(called=Subquery(members.values("full_name")))
