"""Figures that people give: totals shared out below, and values of targets that the portal cannot count."""

from decimal import Decimal
from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from branches.models import Organisation
from directives.models.obligation import Target
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.words.fields import CodeField, LineField
from portal.words.quantities import number

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST = 5  # years of a term, the last one not counted


class TotalQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(giver__in=Organisation.objects.allowed(actor, permission))

    def in_order(self) -> Self:
        return self.order_by("-last_year", "first_year", "pk")


class ShareQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(receiver__in=Organisation.objects.allowed(actor, permission))


_RECEIVED_BY_ITS_GIVER = pgtrigger.Trigger(
    name="received_by_its_giver",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("received_id", "giver_id"),
    condition=pgtrigger.Q(new__received__isnull=False),
    func="""
        IF NOT EXISTS (SELECT 1 FROM directives_targetshare s WHERE s.id = NEW.received_id AND s.receiver_id = NEW.giver_id) THEN
            RAISE EXCEPTION 'total_received_by_its_giver' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)
_RECEIVER_STANDS_BELOW = pgtrigger.Trigger(
    name="receiver_stands_below",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
        IF NOT EXISTS (
            SELECT 1 FROM directives_targettotal t JOIN branches_organisation o ON o.parent_id = t.giver_id
            WHERE t.id = NEW.total_id AND o.id = NEW.receiver_id
        ) THEN
            RAISE EXCEPTION 'share_for_one_directly_below' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


@tracked()
class TargetTotal(models.Model):
    """What an organisation shares out: of a year, or of a term. Its own figure, or the share that it was given itself."""

    giver = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="nơi giao")
    target = models.ForeignKey(
        Target, models.PROTECT, null=True, blank=True, related_name="totals", verbose_name="chỉ tiêu"
    )
    name = LineField("nội dung", max_length=200, blank=True)  # where no document has it
    unit = LineField("đơn vị", max_length=30)
    first_year = models.PositiveSmallIntegerField("từ năm")
    last_year = models.PositiveSmallIntegerField("đến năm")
    amount = models.PositiveIntegerField("tổng số", null=True, blank=True)
    received = models.ForeignKey(
        "TargetShare", models.PROTECT, null=True, blank=True, related_name="handed_on", verbose_name="phần được giao"
    )
    indicator = CodeField("chỉ số đo", max_length=60, blank=True)

    everything = models.Manager()
    objects = TotalQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu phân bổ"
        verbose_name_plural = "chỉ tiêu phân bổ"
        constraints = [
            models.CheckConstraint(
                name="total_of_a_target_or_a_name",
                condition=Q(target=None) & ~Q(name="") | Q(target__isnull=False, name=""),
            ),
            models.CheckConstraint(
                name="total_own_or_received",
                condition=Q(received=None, amount__isnull=False, amount__gt=0) | Q(received__isnull=False, amount=None),
            ),
            models.CheckConstraint(
                name="total_of_a_year_or_a_term",
                condition=Q(first_year__gte=FIRST_YEAR, last_year__lte=LAST_YEAR)
                & Q(last_year__gte=F("first_year"), last_year__lte=F("first_year") + LONGEST),
            ),
            models.UniqueConstraint(
                name="total_once_a_period",
                fields=["giver", "target", "name", "first_year", "last_year"],
                nulls_distinct=False,
            ),
        ]
        triggers = [_RECEIVED_BY_ITS_GIVER]

    def __str__(self) -> str:
        return f"{self.subject}, {self.period}"

    @property
    def subject(self) -> str:
        return self.target.obligation.words if self.target else self.name

    @property
    def period(self) -> str:
        """năm 2026 · nhiệm kỳ 2025–2030"""
        if self.first_year == self.last_year:
            return f"năm {self.first_year}"
        return f"nhiệm kỳ {self.first_year}–{self.last_year}"

    @property
    def total(self) -> int:
        return self.received.amount if self.received else self.amount or 0

    @property
    def measured_by(self) -> str:
        return self.target.indicator if self.target else self.indicator


@tracked()
class TargetShare(models.Model):
    """The part of one that stands directly below."""

    total = models.ForeignKey(TargetTotal, models.CASCADE, related_name="shares", verbose_name="chỉ tiêu phân bổ")
    receiver = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="nơi nhận")
    amount = models.PositiveIntegerField("số giao")

    everything = models.Manager()
    objects = ShareQuerySet.as_manager()

    class Meta:
        verbose_name = "phần chỉ tiêu"
        verbose_name_plural = "phần chỉ tiêu"
        constraints = [models.UniqueConstraint(name="share_once_a_receiver", fields=["total", "receiver"])]
        triggers = [_RECEIVER_STANDS_BELOW]

    def __str__(self) -> str:
        return f"{self.total}: {self.receiver}, {self.amount}"


class HandValueQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(organisation__in=Organisation.objects.allowed(actor, permission))

    def latest_first(self) -> Self:
        return self.order_by("-as_of", "-pk")


@tracked()
class HandValue(models.Model):
    """What somebody says a target has come to in a year, as of a day; said again for the same day, it is put right."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="hand_values", verbose_name="chỉ tiêu")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="tổ chức")
    as_of = models.DateField("số liệu đến ngày")
    value = models.DecimalField("kết quả", max_digits=12, decimal_places=2)
    words = LineField("nguồn số liệu, ghi chú", max_length=300)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi")
    said_at = models.DateTimeField("ghi lúc")

    everything = models.Manager()
    objects = HandValueQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả ghi tay"
        verbose_name_plural = "kết quả ghi tay"
        constraints = [
            models.UniqueConstraint(name="hand_value_once_a_day", fields=["target", "organisation", "as_of"]),
            models.CheckConstraint(name="hand_value_is_not_below_nothing", condition=Q(value__gte=0)),
            models.CheckConstraint(name="hand_value_says_where_from", condition=~Q(words="")),
        ]

    def __str__(self) -> str:
        return f"{self.target}, {self.organisation}, {self.as_of:%d/%m/%Y}"

    @property
    def value_shown(self) -> str:
        """12,5; whole numbers without a comma."""
        return number(self.value.normalize() if self.value % 1 else self.value.quantize(Decimal(1)))
