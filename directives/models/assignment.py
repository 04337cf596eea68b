"""What one organisation has to do of a task that was given to it, and what became of it."""

from datetime import date
from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from branches.models import Organisation
from branches.models.ripple import ripples
from directives.models.cascade import OrderedTask
from directives.models.obligation import Task
from directives.timing import period_words
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.files.models import StoredFile
from portal.history.tracking import tracked
from portal.words.fields import CodeField, LineField, ProseField


class AssignmentState(models.TextChoices):
    DOING = "doing", "Đang làm"
    HANDED_IN = "handed in", "Chờ nhận kết quả"
    DONE = "done", "Hoàn thành"
    WITHDRAWN = "withdrawn", "Đã thu hồi"

    @classmethod
    def open_ones(cls) -> list[str]:
        return [cls.DOING, cls.HANDED_IN]


class TaskAssignmentQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(organisation__in=Organisation.objects.allowed(actor, permission))

    def standing(self) -> Self:
        return self.exclude(state=AssignmentState.WITHDRAWN)

    def open_ones(self) -> Self:
        return self.filter(state__in=AssignmentState.open_ones())

    def overdue(self, on: date) -> Self:
        """Not done, and its last good day is over. What was handed in in time waits for the giver, and is not overdue."""
        return self.filter(state=AssignmentState.DOING, due_on__lt=on)

    def with_below(self) -> Self:
        """`below`, `below_done`: of those to whom the organisation has handed it on, in the same period."""
        rows = TaskAssignment.everything.exclude(state=AssignmentState.WITHDRAWN).filter(
            Q(period=OuterRef("period")) | Q(period=None),  # of something done once there is no other
            ordered__above=OuterRef("ordered"),
            ordered__order__organisation=OuterRef("organisation"),
        )
        counted = rows.order_by().values("ordered__above")
        done = Count("pk", filter=Q(state=AssignmentState.DONE))
        return self.annotate(
            below=Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0),
            below_done=Coalesce(Subquery(counted.annotate(n=done).values("n")), 0),
        )

    def by_day(self) -> Self:
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")


@tracked(facts=True)
class TaskAssignment(models.Model):
    """What one organisation has to do of a task, in one period. Late is not written anywhere: the day of reading says so."""

    ordered = models.ForeignKey(OrderedTask, models.CASCADE, related_name="assignments", verbose_name="việc giao")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="task_assignments", verbose_name="nơi làm"
    )
    task = models.ForeignKey(Task, models.PROTECT, related_name="+", verbose_name="nhiệm vụ")  # as its order has it
    period = models.DateField("kỳ, từ ngày", null=True, blank=True)  # first day of it, or the day of the event
    opens_on = models.DateField("làm từ ngày")
    due_on = models.DateField("hạn, đến hết ngày", null=True, blank=True)  # the last good day
    state = CodeField("tình trạng", max_length=10, choices=AssignmentState.choices, default=AssignmentState.DOING)
    progress = models.PositiveSmallIntegerField("tiến độ, phần trăm", default=0)
    proofs = models.PositiveIntegerField("minh chứng", default=0, editable=False)  # counted anew, never added up
    proved_on = models.DateField("đủ minh chứng ngày", null=True, blank=True, editable=False)
    done_by_proof = models.BooleanField("đủ minh chứng nên tự xong", default=False, editable=False)
    handed_in_on = models.DateField("báo kết quả ngày", null=True, blank=True, editable=False)
    done_on = models.DateField("hoàn thành ngày", null=True, blank=True, editable=False)
    result = ProseField("kết quả", max_length=4_000, blank=True)
    returned_because = LineField("trả lại vì", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    everything = models.Manager()
    objects = TaskAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "việc được giao"
        verbose_name_plural = "việc được giao"
        constraints = [
            models.UniqueConstraint(
                name="assigned_once", fields=["ordered", "organisation", "period"], nulls_distinct=False
            ),
            models.CheckConstraint(name="assigned_state_known", condition=Q(state__in=AssignmentState.values)),
            models.CheckConstraint(name="assigned_progress_percent", condition=Q(progress__lte=100)),
            models.CheckConstraint(
                name="assigned_done_on_a_day", condition=Q(state="done") & Q(done_on__isnull=False) | ~Q(state="done")
            ),
            models.CheckConstraint(
                name="assigned_handed_in_on_a_day", condition=~Q(state="handed in") | Q(handed_in_on__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "due_on"], name="assigned_open", condition=Q(state="doing")),
            models.Index(fields=["ordered", "state"], name="assigned_of_order"),
            models.Index(fields=["task", "organisation"], name="assigned_of_task"),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="what_and_when_stay", fields=["ordered", "task", "period"]),
            *ripples("organisation_id"),
        ]

    def __str__(self) -> str:
        return f"{self.ordered_id}: {self.organisation_id}, {self.period}"

    @property
    def period_words(self) -> str:
        return period_words(self.ordered.pace, self.period)

    @property
    def is_open(self) -> bool:
        return self.state in AssignmentState.open_ones()

    def is_late_on(self, day: date) -> bool:
        return self.state == AssignmentState.DOING and self.due_on is not None and self.due_on < day

    @property
    def was_late(self) -> bool:
        finished = self.done_on if self.handed_in_on is None else self.handed_in_on
        return bool(self.due_on and finished and finished > self.due_on)


class OfAssignmentQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(assignment__in=TaskAssignment.objects.allowed(actor, permission))


class StepKind(models.TextChoices):
    NOTE = "note", "Ghi chú, tiến độ"
    HANDED_IN = "handed in", "Báo kết quả"
    ACCEPTED = "accepted", "Nhận kết quả"
    RETURNED = "returned", "Trả lại"
    EXTENSION = "extension", "Xin gia hạn"
    GRANTED = "granted", "Cho gia hạn"
    REFUSED = "refused", "Không cho gia hạn"
    HANDED_ON = "handed on", "Giao xuống dưới"


@tracked(facts=True)
class TaskStep(models.Model):
    """What happened with it: the trail that both sides read."""

    assignment = models.ForeignKey(TaskAssignment, models.CASCADE, related_name="steps", verbose_name="việc được giao")
    kind = CodeField("loại", max_length=10, choices=StepKind.choices)
    words = ProseField("nội dung", max_length=2_000, blank=True)
    progress = models.PositiveSmallIntegerField("tiến độ, phần trăm", null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người ghi"
    )
    at = models.DateTimeField("ghi lúc", auto_now_add=True)

    everything = models.Manager()
    objects = OfAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "diễn biến"
        verbose_name_plural = "diễn biến"
        constraints = [models.CheckConstraint(name="step_kind_known", condition=Q(kind__in=StepKind.values))]

    def __str__(self) -> str:
        return self.get_kind_display()


@tracked()
class Extension(models.Model):
    """More time asked for; the giver grants it, perhaps to another day, or does not."""

    assignment = models.ForeignKey(
        TaskAssignment, models.CASCADE, related_name="extensions", verbose_name="việc được giao"
    )
    until = models.DateField("xin làm đến hết ngày")
    because = LineField("lý do", max_length=500)
    asked_on = models.DateField("xin ngày")
    granted = models.BooleanField("được gia hạn", null=True, blank=True)
    answer = LineField("trả lời", max_length=500, blank=True)
    answered_on = models.DateField("trả lời ngày", null=True, blank=True)

    everything = models.Manager()
    objects = OfAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "xin gia hạn"
        verbose_name_plural = "xin gia hạn"
        constraints = [
            models.CheckConstraint(name="extension_says_why", condition=~Q(because="")),
            models.CheckConstraint(
                name="extension_answered_on_a_day",
                condition=Q(granted=None, answered_on=None) | Q(granted__isnull=False, answered_on__isnull=False),
            ),
            models.UniqueConstraint(
                name="extension_one_waiting", fields=["assignment"], condition=Q(granted__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.until}"
