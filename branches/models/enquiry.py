from datetime import date
from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.utils import timezone

from branches.models.grant import ROLE_CHOICES, Grant
from branches.models.organisation import Organisation
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.reach import paths_down_to
from portal.access.roles import Role
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.words.fields import LineField, ProseField

LEAST_LETTERS = 10  # of a reason
_DAYS = Func("since", "until", Value("[]"), function="DATERANGE", output_field=DateRangeField())


class EnquiryQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """One's own, in the capacity one acts in."""
        if actor.capacity is None:
            return self.none()
        held = actor.capacity
        return self.filter(account=actor.account, role=held.role, held_at=held.organisation_id)

    def open_on(self, day: date) -> Self:
        return self.filter(since__lte=day, until__gte=day, ended_at=None)

    def by_holders_on(self, day: date) -> Self:
        """Of those who still hold the role in which they asked."""
        held = Grant.objects.everywhere(reason="an enquiry opens nothing to who no longer holds the role").on(day)
        theirs = held.filter(account=OuterRef("account"), role=OuterRef("role"), organisation=OuterRef("held_at"))
        return self.filter(Exists(theirs))

    def into(self, path: str) -> Self:
        """Those that open the organisation at this path: it was asked for, or one above it."""
        return self.filter(organisation__path__in=paths_down_to(path))

    def latest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")


@tracked()
class Enquiry(models.Model):
    """That somebody above asked to see the persons of an organisation, why, and until when that is open to them.

    Who asked is an account in a role held somewhere: the grant may be renewed meanwhile, or end, and the enquiry with it.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người xin xem"
    )
    role = LineField("vai trò", max_length=30, choices=ROLE_CHOICES)
    held_at = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="giữ vai trò tại")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="enquiries", verbose_name="nơi có hồ sơ"
    )
    reason = ProseField("lý do", max_length=300)
    asked_at = models.DateTimeField("lúc", default=timezone.now)
    since = models.DateField("từ ngày", default=timezone.localdate)
    until = models.DateField("đến hết ngày")
    ended_at = models.DateTimeField("kết thúc sớm lúc", null=True, blank=True)

    everything = models.Manager()
    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt xin xem hồ sơ"
        verbose_name_plural = "lượt xin xem hồ sơ"
        constraints = [
            models.CheckConstraint(name="enquiry_role_known", condition=Q(role__in=[role.value for role in Role])),
            models.CheckConstraint(name="enquiry_says_why", condition=Q(reason__regex=rf"^.{{{LEAST_LETTERS},}}$")),
            models.CheckConstraint(name="enquiry_ends_after_it_begins", condition=Q(until__gte=F("since"))),
            ExclusionConstraint(
                name="enquiry_open_once_at_a_time",
                expressions=[
                    (_DAYS, RangeOperators.OVERLAPS),
                    ("account", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("held_at", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                ],
                condition=Q(ended_at=None),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_removed", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="only_ended", exclude=["ended_at"]),
            pgtrigger.Protect(
                name="ended_once", operation=pgtrigger.Update, condition=pgtrigger.Q(old__ended_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}, {self.organisation}"

    @property
    def role_text(self) -> str:
        return Role(self.role).label

    @property
    def is_open(self) -> bool:
        return self.ended_at is None and self.since <= timezone.localdate() <= self.until

    @property
    def time_left(self) -> str:
        """còn 3 ngày; on its last day: hết hôm nay."""
        left = (self.until - timezone.localdate()).days
        return f"còn {left} ngày" if left else "hết hôm nay"
