from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from branches.models.dated import DatedQuerySet, DatedRows, ends_after_it_begins, one_at_a_time
from branches.models.organisation import Kind, Organisation
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.reach import paths_down_to
from portal.access.roles import ROLES, Reach, Role
from portal.history.tracking import tracked
from portal.words.fields import LineField

ROLE_CHOICES = [(role.value, role.label) for role in Role]
REACHING_BELOW = [role.value for role, text in ROLES.items() if text.reach is Reach.BELOW]


class GrantQuerySet(DatedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        reached = Organisation.objects.allowed(actor, permission)
        return self.filter(organisation__in=reached)

    def reaching(self, path: str) -> Self:
        """Grants in this organisation, and those above it whose role reaches down to it."""
        *above, _ = paths_down_to(path)
        reaching = Q(role__in=REACHING_BELOW) | Q(organisation__kind=Kind.BRANCH)  # as Held.reaches_below has it
        return self.filter(Q(organisation__path=path) | Q(reaching, organisation__path__in=above))

    def in_order(self) -> Self:
        return self.order_by("organisation__path", "role", "account__sort_key", "since")


@tracked()
class Grant(models.Model):
    """Who may act as what, where, from when to when. A substitute's names whom it stands in for."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants", verbose_name="tài khoản"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="grants", verbose_name="tổ chức")
    role = LineField("vai trò", max_length=30, choices=ROLE_CHOICES)
    since = models.DateField("từ ngày", default=timezone.localdate)
    until = models.DateField("đến hết ngày", null=True, blank=True)
    acting_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thay đồng chí"
    )
    ground = LineField("căn cứ", max_length=200, blank=True)
    follows_office = models.BooleanField("theo chức vụ", default=False, editable=False)  # not ended by hand
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người giao"
    )

    everything = DatedRows.as_manager()
    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = "vai trò được giao"
        verbose_name_plural = "vai trò được giao"
        constraints = [
            models.CheckConstraint(name="grant_role_known", condition=Q(role__in=[role.value for role in Role])),
            ends_after_it_begins("grant_ends_after_it_begins"),
            models.CheckConstraint(name="grant_acts_for_another", condition=~Q(acting_for=F("account"))),
            one_at_a_time("grant_held_once_at_a_time", "account", "organisation", "role"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation}"

    @property
    def role_text(self) -> str:
        return Role(self.role).label
