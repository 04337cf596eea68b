from typing import Self

from django.db import models

from branches.models import Organisation
from branches.models.dated import Dated, DatedQuerySet, DatedRows, ends_after_it_begins, one_at_a_time
from members.models.membership import Membership
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.tracking import tracked


class CellSpellQuerySet(DatedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(membership__in=Membership.objects.allowed(actor, permission))


@tracked(facts=True)
class CellSpell(Dated):
    """In which tổ đảng of the branch somebody is, from when to when. It hangs on the membership and ends with it."""

    membership = models.ForeignKey(
        Membership, models.CASCADE, related_name="cells", verbose_name="sinh hoạt tại chi bộ"
    )
    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="cell_spells", verbose_name="tổ đảng")

    everything = DatedRows.as_manager()
    objects = CellSpellQuerySet.as_manager()

    class Meta:
        verbose_name = "xếp vào tổ đảng"
        verbose_name_plural = "xếp vào tổ đảng"
        constraints = [
            ends_after_it_begins("cell_ends_after_it_begins"),
            one_at_a_time("cell_one_at_a_time", "membership"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} ở {self.cell_id}"
