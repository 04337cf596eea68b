"""What a branch has a member do in a year: agreed in a meeting, marked month by month, judged at the end."""

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from branches.models import Organisation
from members.models.member import Member
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.words.fields import LineField


class Outcome(models.TextChoices):
    """Of a month, and of the year."""

    EXCELLENT = "excellent", "Tốt"
    DONE = "done", "Hoàn thành"
    PARTLY = "partly", "Chưa xong"
    NOT_DONE = "not done", "Không làm"


class _Words:
    def of_year(self, year: int) -> Self:
        return self.filter(year=year)  # type: ignore[attr-defined]

    def in_force_on(self, day: date) -> Self:
        """Agreed by the branch, and not dropped: what counts as having a task."""
        agreed = Q(agreed_on__lte=day) & (Q(ended_on__isnull=True) | Q(ended_on__gt=day))
        return self.filter(agreed, year=day.year)  # type: ignore[attr-defined]


class AssignmentRows(_Words, models.QuerySet):
    pass


class AssignmentQuerySet(_Words, GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        if permission is Permission.SEE_OWN_RECORD:
            return self.filter(member__account=actor.account)
        return self.filter(organisation__in=Organisation.objects.allowed(actor, permission))


@tracked()
class Assignment(models.Model):
    member = models.ForeignKey(Member, models.CASCADE, related_name="assignments", verbose_name="đảng viên")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="assignments", verbose_name="chi bộ")
    year = models.PositiveSmallIntegerField("năm", validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    words = LineField("nhiệm vụ", max_length=300)
    agreed_on = models.DateField("chi bộ thông qua ngày", null=True, blank=True)
    ended_on = models.DateField("thôi từ ngày", null=True, blank=True)  # the first day without it
    ended_because = LineField("vì sao thôi", max_length=200, blank=True)
    result = LineField("kết quả năm", max_length=10, choices=Outcome.choices, blank=True, default="")
    remark = LineField("nhận xét", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    everything = AssignmentRows.as_manager()
    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ của đảng viên"
        verbose_name_plural = "nhiệm vụ của đảng viên"
        constraints = [
            models.CheckConstraint(name="assignment_says_something", condition=~Q(words="")),
            models.CheckConstraint(name="assignment_year_known", condition=Q(year__gte=2000, year__lte=2100)),
            models.CheckConstraint(name="assignment_result_known", condition=Q(result__in=["", *Outcome.values])),
            models.CheckConstraint(
                name="assignment_ends_with_reason", condition=Q(ended_on__isnull=True) | ~Q(ended_because="")
            ),
            models.CheckConstraint(
                name="assignment_ends_after_agreed",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("agreed_on")),
            ),
            models.UniqueConstraint(
                "member", "organisation", "year", "words", condition=Q(ended_on__isnull=True), name="assignment_once"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "year"], name="assignment_of_branch")]

    def __str__(self) -> str:
        return self.words


class MarkQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(assignment__in=Assignment.objects.allowed(actor, permission))


@tracked()
class AssignmentMark(models.Model):
    """How it went in one month."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="marks", verbose_name="nhiệm vụ")
    month = models.PositiveSmallIntegerField("tháng")
    outcome = LineField("kết quả", max_length=10, choices=Outcome.choices)
    note = LineField("ghi chú", max_length=300, blank=True)

    everything = models.Manager()
    objects = MarkQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả tháng"
        verbose_name_plural = "kết quả tháng"
        constraints = [
            models.UniqueConstraint("assignment", "month", name="mark_once_a_month"),
            models.CheckConstraint(name="mark_of_a_month", condition=Q(month__gte=1, month__lte=12)),
            models.CheckConstraint(name="mark_outcome_known", condition=Q(outcome__in=Outcome.values)),
        ]

    def __str__(self) -> str:
        return f"{self.month}: {self.get_outcome_display()}"
