from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from branches.models.organisation import Organisation
from branches.models.ripple import ripples
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.words.fields import CodeField, LineField


class RuleQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """What the organisations that one reaches have set for themselves; those of the whole country are nobody's."""
        return self.filter(organisation__in=Organisation.objects.allowed(actor, permission))

    def of_whole_country(self) -> Self:
        return self.filter(organisation=None)


@tracked()
class Rule(models.Model):
    """A limit of the domain, from a day on, in an organisation and those below it; without one: in the whole country.

    Without a value the organisation follows, from that day on, the level above it again. Which keys there are, and what
    their values look like, is known in code alone (branches.rules).
    """

    key = CodeField("quy định", max_length=80)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="rules", verbose_name="tổ chức"
    )
    since = models.DateField("từ ngày")
    value = models.JSONField("mức", null=True, blank=True)
    source = LineField("căn cứ", max_length=300)
    certainty = LineField("mức tin cậy", max_length=20)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người đặt"
    )

    everything = models.Manager()
    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = "quy định"
        verbose_name_plural = "quy định"
        constraints = [
            models.UniqueConstraint(
                name="rule_one_a_day", fields=["key", "organisation", "since"], nulls_distinct=False
            ),
            models.CheckConstraint(
                name="rule_of_the_country_has_a_value",
                condition=Q(organisation__isnull=False) | Q(value__isnull=False),
            ),
            models.CheckConstraint(
                name="rule_certainty_known",
                condition=Q(organisation__isnull=True, certainty__in=["read", "general", "not found", "proposed"])
                | Q(organisation__isnull=False, certainty="own"),
            ),
        ]
        triggers = ripples()

    def __str__(self) -> str:
        return f"{self.key}, {self.since:%d/%m/%Y}"
