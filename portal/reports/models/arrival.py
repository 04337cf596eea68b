from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from branches.models import Organisation
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.reach import reached
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.reports.models.report import Report
from portal.words.fields import CodeField, ProseField


class ArrivalState(models.TextChoices):
    ARRIVED = "arrived", "Đã đến, chưa xác nhận"
    ACKNOWLEDGED = "acknowledged", "Đã nhận"
    RETURNED = "returned", "Trả lại"


class ArrivalQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """Where it came to, and who sent it."""
        here = reached(actor, permission, column="organisation__path")
        return self.filter(here | reached(actor, permission, column="report__organisation__path"))


@tracked()
class Arrival(models.Model):
    """An issued report at the committee above: acknowledged, or returned with what is asked for; then a new one replaces it."""

    report = models.OneToOneField(Report, models.PROTECT, related_name="arrival", verbose_name="báo cáo")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="reports_arrived", verbose_name="nơi nhận"
    )
    sent_at = models.DateTimeField("gửi lúc", default=timezone.now)
    state = CodeField("tình trạng", max_length=12, choices=ArrivalState.choices, default=ArrivalState.ARRIVED)
    remark = ProseField("ý kiến nơi nhận", max_length=2_000, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người nhận"
    )
    judged_at = models.DateTimeField("nhận lúc", null=True, blank=True)

    everything = models.Manager()
    objects = ArrivalQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo đến"
        verbose_name_plural = "báo cáo đến"
        constraints = [
            models.CheckConstraint(name="arrival_state_known", condition=Q(state__in=ArrivalState.values)),
            models.CheckConstraint(
                name="arrival_returned_with_remark", condition=~Q(state=ArrivalState.RETURNED) | ~Q(remark="")
            ),
            models.CheckConstraint(
                name="arrival_judged_by_somebody",
                condition=Q(state=ArrivalState.ARRIVED, judged_by=None, judged_at=None)
                | ~Q(state=ArrivalState.ARRIVED) & Q(judged_by__isnull=False, judged_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="arrival_at")]
        triggers = [pgtrigger.ReadOnly(name="arrived_stays", fields=["report", "organisation", "sent_at"])]

    def __str__(self) -> str:
        return f"{self.report_id} at {self.organisation_id}"
