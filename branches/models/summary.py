from datetime import date
from typing import Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from branches.models.organisation import BranchType, Organisation
from branches.models.ripple import ripples
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.words.fields import CodeField, LineField


class MonthQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(organisation__in=Organisation.objects.allowed(actor, permission))

    def below_as_of(self, root: Organisation, day: date) -> Self:
        """Months of those that stood below it on that day, itself included."""
        return self.filter(organisation__ancestries__ancestor=root, organisation__ancestries__days__contains=day)

    def between(self, first: date, last: date) -> Self:
        return self.filter(month__gte=first.replace(day=1), month__lte=last)

    def in_use(self) -> Self:
        return self.filter(in_use=True)


ADDED_UP = (
    "in_use", "full_members", "working", "with_tasks", "strength", "has_secretary", "has_deputy", "regular_excused", "regular_held_on", "regular_state",
    "regular_expected", "regular_came", "regular_steps", "regular_steps_done", "regular_resolved", "regular_place", "regular_score",
    "thematic_excused", "thematic_held_on",
)  # fmt: skip


class Month(models.Model):
    """What is known of one organisation in one month: facts only, counted anew from the records, never added up.

    Every app adds the columns that it feeds (branches/summary/facts.py). What is missing or overdue is not a fact: it is
    judged against the day of reading.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="months")
    month = models.DateField("tháng")  # its first day
    in_use = models.BooleanField(
        "phải sinh hoạt", default=False, db_default=False
    )  # lived and was in the portal when the month began
    branch_type = LineField(
        "loại hình", max_length=20, choices=BranchType.choices, blank=True, default="", db_default=""
    )
    # of people, as it stood at the end of the month
    strength = models.PositiveIntegerField("đảng số", default=0, db_default=0)
    full_members = models.PositiveIntegerField("đảng viên chính thức", default=0, db_default=0)
    working = models.PositiveIntegerField(
        "đảng viên đang công tác", default=0, db_default=0
    )  # neither exempt nor deferred
    with_tasks = models.PositiveIntegerField("được giao nhiệm vụ", default=0, db_default=0)  # of those
    has_secretary = models.BooleanField("có bí thư", default=False, db_default=False)
    has_deputy = models.BooleanField("có phó bí thư", default=False, db_default=False)

    # of meetings whose log is closed (meetings/summary.py); a quarter's thematic one stands in its first month
    regular_meeting = models.UUIDField("buổi thường kỳ", null=True, editable=False)
    regular_held_on = models.DateField("họp thường kỳ ngày", null=True)
    regular_state = CodeField("họp thường kỳ", max_length=10, blank=True, default="", db_default="")
    regular_expected = models.PositiveIntegerField("phải dự", default=0, db_default=0)
    regular_came = models.PositiveIntegerField("đã dự", default=0, db_default=0)
    regular_minutes = models.PositiveIntegerField("thời lượng", null=True)
    regular_steps = models.PositiveIntegerField("số bước chuẩn", default=0, db_default=0)
    regular_steps_done = models.PositiveIntegerField("số bước đã làm", default=0, db_default=0)
    regular_resolved = models.BooleanField("kết luận giao rõ việc, người, hạn", default=False, db_default=False)
    regular_speakers = models.PositiveIntegerField("số người phát biểu", default=0, db_default=0)
    regular_excused = models.BooleanField("được miễn họp thường kỳ", default=False, db_default=False)
    thematic_excused = models.BooleanField("được miễn sinh hoạt chuyên đề", default=False, db_default=False)
    thematic_held_on = models.DateField("sinh hoạt chuyên đề ngày", null=True)
    committee_held_on = models.DateField("họp chi ủy ngày", null=True)
    dues_owed = models.PositiveBigIntegerField("đảng phí phải nộp", default=0, db_default=0)
    dues_paid = models.PositiveBigIntegerField("đảng phí đã nộp", default=0, db_default=0)

    # what closed meetings were scored by their branches, when those had agreed; bands by the rule of that day, 1 the best
    regular_score = models.PositiveSmallIntegerField("điểm buổi thường kỳ", null=True)
    regular_band = LineField("mức buổi thường kỳ", max_length=120, blank=True, default="", db_default="")
    regular_place = models.PositiveSmallIntegerField("bậc của mức, buổi thường kỳ", null=True)
    regular_score_above = models.PositiveSmallIntegerField("điểm cấp trên chấm, buổi thường kỳ", null=True)
    thematic_score = models.PositiveSmallIntegerField("điểm buổi chuyên đề", null=True)
    thematic_band = LineField("mức buổi chuyên đề", max_length=120, blank=True, default="", db_default="")
    thematic_place = models.PositiveSmallIntegerField("bậc của mức, buổi chuyên đề", null=True)

    everything = models.Manager()
    objects = MonthQuerySet.as_manager()
    is_derived = True

    class Meta:
        verbose_name = "tháng của tổ chức"
        verbose_name_plural = "tháng của tổ chức"
        constraints = [
            models.UniqueConstraint("organisation", "month", name="month_once"),
            models.CheckConstraint(name="month_is_its_first_day", condition=Q(month__day=1)),
        ]
        # With the columns that dashboards add up, so that a year of a whole province is read from the index alone.
        indexes = [models.Index(fields=["month", "organisation"], include=ADDED_UP, name="month_of_all")]
        triggers = [
            pgtrigger.Trigger(
                name="so_far_no_more",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    UPDATE branches_sofar SET words = '{}'
                    WHERE organisation_id = COALESCE(NEW.organisation_id, OLD.organisation_id) AND words <> '{}';
                    RETURN NULL;
                """,
            ),
            *ripples("organisation_id"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}, {self.month:%m/%Y}"


class SoFar(models.Model):
    """The year of one branch added up to one day, of all that is made of months (branches/summary/so_far.py).

    A copy, to be read quickly: of each indicator it holds where `day` is the day that is asked for, and the word in its
    place says how it would be counted. A month that changes takes the words away.
    """

    organisation = models.OneToOneField(Organisation, models.CASCADE, primary_key=True, related_name="so_far")
    day = models.DateField("đến ngày", null=True)
    words = ArrayField(CodeField(max_length=32), default=list)
    parts = ArrayField(models.IntegerField(), default=list)
    wholes = ArrayField(models.IntegerField(), default=list)

    everything = models.Manager()
    objects = MonthQuerySet.as_manager()
    is_derived = True
    moves_with = "branches_month"

    class Meta:
        verbose_name = "số cộng dồn trong năm"
        verbose_name_plural = "số cộng dồn trong năm"

    def __str__(self) -> str:
        return f"{self.organisation_id}, {self.day}"
