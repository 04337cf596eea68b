from typing import Self

from django.db import models
from django.utils import timezone

from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.reach import reached
from portal.access.rows import GuardedQuerySet
from portal.words.fields import CodeField


class StandQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(reached(actor, permission, column="place"))


class Stand(models.Model):
    """What of one rule was open in one organisation when it was last counted: for whoever looks over a whole province.

    Nobody's work is taken from here: that is always asked live.
    """

    rule = CodeField("việc", max_length=60)
    organisation = models.BigIntegerField("tổ chức")
    place = CodeField("nơi", max_length=200)
    items = models.PositiveIntegerField("số việc")
    due_on = models.DateField("hạn sớm nhất")
    counted_at = models.DateTimeField("tính lúc", default=timezone.now)

    everything = models.Manager()
    objects = StandQuerySet.as_manager()
    is_derived = True

    class Meta:
        verbose_name = "việc còn lại khi tính"
        verbose_name_plural = "việc còn lại khi tính"
        constraints = [models.UniqueConstraint("rule", "organisation", name="stand_once")]
        indexes = [models.Index(fields=["place"], name="stand_place")]

    def __str__(self) -> str:
        return f"{self.rule}, {self.organisation}: {self.items}"
