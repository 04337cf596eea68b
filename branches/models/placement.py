"""Where an organisation hangs and what it is called, each from when to when; and what follows from it, written out."""

from typing import Self

from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q

from branches.models import triggers
from branches.models.dated import Dated, DatedQuerySet, DatedRows, ends_after_it_begins, one_at_a_time
from branches.models.organisation import Organisation, Rank
from branches.models.ripple import ripples
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.tracking import tracked
from portal.words.fields import LineField


class OfOrganisationQuerySet(DatedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(organisation__in=Organisation.objects.allowed(actor, permission))


@tracked()
class Placement(Dated):
    """Under whom from when to when."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="placements", verbose_name="tổ chức")
    parent = models.ForeignKey(Organisation, models.PROTECT, related_name="placements_below", verbose_name="trực thuộc")

    everything = DatedRows.as_manager()
    objects = OfOrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "vị trí trong cây tổ chức"
        verbose_name_plural = "vị trí trong cây tổ chức"
        constraints = [
            one_at_a_time("placement_one_at_a_time", "organisation"),
            ends_after_it_begins("placement_ends_after_it_begins"),
            models.CheckConstraint(name="placement_not_under_itself", condition=~Q(parent=F("organisation"))),
        ]
        triggers = triggers.of_placements()

    def __str__(self) -> str:
        return f"{self.organisation} trực thuộc {self.parent}"


@tracked()
class Standing(Dated):
    """Name, symbol and rank from when to when."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="standings", verbose_name="tổ chức")
    name = LineField("tên", max_length=200)
    symbol = LineField("ký hiệu", max_length=20, blank=True)
    rank = LineField("cấp", max_length=20, choices=Rank.choices, blank=True, default=Rank.NONE)

    everything = DatedRows.as_manager()
    objects = OfOrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "tên và cấp"
        verbose_name_plural = "tên và cấp"
        constraints = [
            one_at_a_time("standing_one_at_a_time", "organisation"),
            ends_after_it_begins("standing_ends_after_it_begins"),
            models.CheckConstraint(name="standing_rank_known", condition=Q(rank__in=Rank.values)),
        ]
        triggers = ripples()

    def __str__(self) -> str:
        return self.name


class Ancestry(models.Model):
    """Who stood above whom on which days, oneself included (depth 0). Written by the database out of the placements.

    This makes “the subtree of that day” one plain condition for every table that belongs to an organisation.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="ancestries")
    ancestor = models.ForeignKey(Organisation, models.CASCADE, related_name="descendancies")
    depth = models.PositiveSmallIntegerField()
    days = DateRangeField()

    everything = models.Manager()
    objects = OfOrganisationQuerySet.as_manager()
    is_derived = True  # nothing that was recorded: it may always be written anew

    class Meta:
        verbose_name = "quan hệ trên dưới"
        verbose_name_plural = "quan hệ trên dưới"
        indexes = [GistIndex(fields=["ancestor", "days"], name="ancestry_below_on")]
        triggers = ripples()

    def __str__(self) -> str:
        return f"{self.ancestor_id} › {self.organisation_id}"
