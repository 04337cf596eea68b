"""Party dues: what a member owes for a month, and what was paid. They hang on the branch and the month; a meeting collects them."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from branches.models import Organisation
from meetings.models.meeting import Meeting
from members.models import Member
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked


class DuesQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        if permission is Permission.SEE_OWN_RECORD:
            return self.filter(member__account=actor.account)
        return self.filter(organisation__in=Organisation.objects.allowed(actor, permission))


@tracked(facts=True)
class Dues(models.Model):
    """Not locked with the meeting: who pays late pays for an old month."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="dues", verbose_name="chi bộ", db_index=False
    )
    member = models.ForeignKey(Member, models.PROTECT, related_name="dues", verbose_name="đảng viên", db_index=False)
    month = models.DateField("tháng")  # its first day
    owed = models.PositiveIntegerField("phải nộp (đồng)", default=0)
    paid = models.PositiveIntegerField("đã nộp (đồng)", default=0)
    paid_on = models.DateField("ngày nộp", null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="dues", verbose_name="thu tại buổi họp"
    )
    collected_by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người thu", db_index=False
    )
    excused = models.BooleanField("được miễn nộp", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    stamp = models.PositiveIntegerField(default=0, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="người ghi",
        db_index=False,
    )
    saved_at = models.DateTimeField("ghi lúc", default=timezone.now, editable=False)

    everything = models.Manager()
    objects = DuesQuerySet.as_manager()

    class Meta:
        verbose_name = "đảng phí"
        verbose_name_plural = "đảng phí"
        constraints = [
            models.UniqueConstraint("member", "month", name="dues_once_a_month"),
            models.CheckConstraint(name="dues_month_is_its_first_day", condition=Q(month__day=1)),
            models.CheckConstraint(name="dues_paid_on_a_day", condition=Q(paid=0) | Q(paid_on__isnull=False)),
            models.CheckConstraint(name="dues_not_more_than_owed", condition=Q(paid__lte=F("owed"))),
        ]
        indexes = [
            models.Index(fields=["organisation", "month"], name="dues_of_branch"),
            models.Index(fields=["member", "month"], name="dues_owed", condition=Q(paid__lt=F("owed"), excused=False)),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}, {self.month:%m/%Y}: {self.paid}/{self.owed}"
