from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from branches.models import Organisation
from members.models.member import Member
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet


class MergeQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(kept__branch__in=Organisation.objects.allowed(actor, permission))


class Merge(models.Model):
    """Two records were one person. What hung on the dropped one hangs on the kept one; the journal leads back."""

    kept = models.ForeignKey(Member, models.PROTECT, related_name="merges", verbose_name="hồ sơ giữ lại")
    dropped = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="hồ sơ trùng")
    told = models.JSONField("những gì đã làm", default=list)
    journal = models.JSONField(default=list, editable=False, encoder=DjangoJSONEncoder)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người nhập")
    at = models.DateTimeField("lúc", auto_now_add=True)
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, editable=False)

    everything = models.Manager()
    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập hồ sơ trùng"
        verbose_name_plural = "các lần nhập hồ sơ trùng"
        constraints = [models.CheckConstraint(name="merge_of_two", condition=~Q(kept=F("dropped")))]

    def __str__(self) -> str:
        return f"{self.dropped} → {self.kept}"
