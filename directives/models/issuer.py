from typing import Self

from django.db import models
from django.db.models import Q

from branches.models import Organisation
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.words.fields import LineField, SortKeyField


class IssuerQuerySet(GuardedQuerySet):
    def in_order(self) -> Self:
        return self.order_by("sort_key", "pk")


@tracked()
class Issuer(models.Model):
    """Who issues documents: an organisation of the tree, or a body outside of it, known by its name."""

    name = LineField("tên", max_length=200)
    sort_key = SortKeyField(of="name")
    organisation = models.OneToOneField(
        Organisation, models.PROTECT, null=True, blank=True, related_name="as_issuer", verbose_name="tổ chức"
    )

    everything = models.Manager()
    objects = IssuerQuerySet.as_manager()

    class Meta:
        verbose_name = "cơ quan ban hành"
        verbose_name_plural = "cơ quan ban hành"
        constraints = [
            models.CheckConstraint(name="issuer_has_a_name", condition=~Q(name="")),
            models.UniqueConstraint(
                name="issuer_outside_stands_once", fields=["sort_key"], condition=Q(organisation=None)
            ),
        ]

    def __str__(self) -> str:
        return self.name
