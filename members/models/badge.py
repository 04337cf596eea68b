from typing import Self

from django.db import models

from branches.models import Organisation
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.words.fields import LineField


class BadgeAwardQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        if permission is Permission.SEE_OWN_RECORD:
            return self.filter(member__account=actor.account)
        return self.filter(member__branch__in=Organisation.objects.allowed(actor, permission))


@tracked()
class BadgeAward(models.Model):
    """A Party badge that was given; which one is due next is counted from the party age."""

    member = models.ForeignKey("members.Member", models.CASCADE, related_name="badges", verbose_name="đảng viên")
    years = models.PositiveSmallIntegerField("huy hiệu (năm)")
    on = models.DateField("trao ngày", null=True, blank=True)
    decision = LineField("quyết định", max_length=200, blank=True)

    everything = models.Manager()
    objects = BadgeAwardQuerySet.as_manager()

    class Meta:
        verbose_name = "huy hiệu Đảng"
        verbose_name_plural = "huy hiệu Đảng"
        constraints = [models.UniqueConstraint("member", "years", name="badge_given_once")]

    def __str__(self) -> str:
        return f"Huy hiệu {self.years} năm"
