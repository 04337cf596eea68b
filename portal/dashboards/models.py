"""When somebody last looked at a dashboard: what is new since then is told, and nothing else is kept of it."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from branches.models import Organisation
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet

ONE_SITTING = timedelta(hours=1)  # who comes back within it is still on the same visit


class VisitQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """One's own alone, whatever else one may see."""
        return self.filter(account=actor.account)


class Visit(models.Model):
    """`seen_at`: the last time; `before_at`: the time before that visit began, which is what its news counts from."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="người xem")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name="tổ chức")
    seen_at = models.DateTimeField("xem lúc")
    before_at = models.DateTimeField("lần trước đó", null=True)

    everything = models.Manager()
    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "lần xem tổng quan"
        verbose_name_plural = "lần xem tổng quan"
        constraints = [
            models.UniqueConstraint("account", "organisation", name="visit_one_a_place"),
            models.CheckConstraint(
                name="visit_before_came_first", condition=Q(before_at=None) | Q(before_at__lte=F("seen_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} at {self.organisation_id}"

    def news_since(self, now: datetime) -> datetime | None:
        """While the visit lasts its news stays, however often the page is opened. None: there was no visit before."""
        return self.before_at if now - self.seen_at < ONE_SITTING else self.seen_at
