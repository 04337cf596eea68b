"""Handing on what a document gives to do: who gave what to whom, by when, and how far it is.

An order (đợt giao việc) is one organisation's giving of tasks of one document. Each of its tasks becomes an assignment for
every organisation that must do it, and for every period of it. Whoever got one may hand it on in an order of their own.
"""

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from branches.models import Organisation
from branches.models.ripple import ripples
from directives.bearers import Bearer
from directives.models.attached import not_on_secret_ones
from directives.models.document import Document
from directives.models.obligation import Target, Task, Timed, timed_rightly
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.words.fields import CodeField, LineField, ProseField


class To(models.TextChoices):
    """Who of those below gets a task. Asked anew whenever a period opens, of the tree of that day."""

    COMMUNES = "communes", "Mọi Đảng ủy xã, phường trực thuộc"
    BASES = "bases", "Mọi tổ chức cơ sở đảng trực thuộc"
    BRANCHES = "branches", "Mọi chi bộ trực thuộc"
    CHOSEN = "chosen", "Một số nơi, chọn trong danh sách"
    HERE = "here", "Cơ quan của chính cấp ủy này"


class OrderQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """Those given where one reaches; to see them: those as well that were given to somebody there."""
        places = Organisation.objects.allowed(actor, permission)
        given_here = Q(organisation__in=places)
        if permission is not Permission.SEE_TASKS:
            return self.filter(given_here)
        got = Receipt.everything.filter(order=OuterRef("pk"), organisation__in=places)
        return self.filter(given_here | Q(given_on__isnull=False) & Exists(got))

    def given(self) -> Self:
        return self.filter(given_on__isnull=False)

    def latest_first(self) -> Self:
        return self.order_by(F("given_on").desc(nulls_first=True), "-pk")


@tracked()
class Order(models.Model):
    """Until it is given it is a draft that only its organisation sees."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="orders", verbose_name="văn bản")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="orders", verbose_name="nơi giao")
    title = LineField("tên đợt giao việc", max_length=200)
    words = ProseField("yêu cầu chung", max_length=2_000, blank=True)
    given_on = models.DateField("giao ngày", null=True, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name="người giao"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    everything = models.Manager()
    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt giao việc"
        verbose_name_plural = "các đợt giao việc"
        constraints = [models.CheckConstraint(name="order_has_a_title", condition=~Q(title=""))]
        triggers = [
            not_on_secret_ones("document"),
            pgtrigger.ReadOnly(name="document_and_giver_stay", fields=["document", "organisation"]),
            *ripples(of=("document_id", "organisation_id"), seen_through_others=True),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def given_words(self) -> str:
        return f"Giao ngày {self.given_on:%d/%m/%Y}" if self.given_on else "Bản soạn"

    @property
    def is_draft(self) -> bool:
        return self.given_on is None


class OfOrderQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(order__in=Order.objects.allowed(actor, permission))


@tracked()
class OrderedTask(Timed):
    """A task of the document in an order: to whom, by when, what shows that it was done, which targets it serves."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="tasks", verbose_name="đợt giao")
    task = models.ForeignKey(Task, models.PROTECT, related_name="ordered", verbose_name="nhiệm vụ")
    bearer = CodeField("cơ quan làm", max_length=20, choices=Bearer.choices, blank=True, default="")
    to = CodeField("giao cho", max_length=10, choices=To.choices)
    chosen = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="những nơi")
    words = ProseField("việc phải làm", max_length=1_000)  # as the giver puts it; the document's words at first
    by_proof = models.BooleanField("đủ minh chứng thì tự xong", default=True)
    above = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="handed_on", verbose_name="việc cấp trên giao"
    )  # which its giver was given and hands on here
    serves = models.ManyToManyField(Target, blank=True, related_name="served_by", verbose_name="phục vụ chỉ tiêu")
    opened_on = models.DateField("mở kỳ đến ngày", null=True, blank=True, editable=False)
    withdrawn_on = models.DateField("thu hồi ngày", null=True, blank=True, editable=False)

    everything = models.Manager()
    objects = OfOrderQuerySet.as_manager()

    class Meta:
        verbose_name = "việc giao"
        verbose_name_plural = "việc giao"
        ordering = ["pk"]
        constraints = [
            *timed_rightly("ordered"),
            models.CheckConstraint(name="ordered_to_known", condition=Q(to__in=To.values)),
            models.CheckConstraint(name="ordered_says_something", condition=~Q(words="")),
            models.UniqueConstraint(name="ordered_once", fields=["order", "task", "bearer"]),
        ]
        triggers = ripples(of=("order_id", "words"), seen_through_others=True)  # through the assignments that it makes

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def when(self) -> str:
        last = self.timing.last_good_day
        return f"Đến hết ngày {last:%d/%m/%Y}" if last else self.timing.words

    @property
    def needs(self) -> int:
        """How many proofs a period asks for."""
        return self.times or 1


class ReceiptQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(organisation__in=Organisation.objects.allowed(actor, permission))


@tracked(facts=True)
class Receipt(models.Model):
    """That an organisation has got an order, and has said so."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="receipts", verbose_name="đợt giao")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="nơi nhận")
    sent_on = models.DateField("giao ngày")
    received_on = models.DateField("nhận ngày", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người nhận"
    )

    everything = models.Manager()
    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = "xác nhận nhận việc"
        verbose_name_plural = "xác nhận nhận việc"
        constraints = [
            models.UniqueConstraint(name="receipt_once", fields=["order", "organisation"]),
            models.CheckConstraint(
                name="receipt_by_somebody", condition=Q(received_on=None, by=None) | Q(received_on__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["organisation"], name="receipt_waits", condition=Q(received_on=None))]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.organisation_id}"


class OccurrenceQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(ordered__in=OrderedTask.objects.allowed(actor, permission))


@tracked()
class Occurrence(models.Model):
    """That has happened after, or before, which an ordered task is to be done."""

    ordered = models.ForeignKey(OrderedTask, models.CASCADE, related_name="occurrences", verbose_name="việc giao")
    on = models.DateField("ngày")
    words = LineField("việc đã xảy ra", max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )

    everything = models.Manager()
    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = "việc làm mốc"
        verbose_name_plural = "việc làm mốc"
        constraints = [models.UniqueConstraint(name="occurrence_once_a_day", fields=["ordered", "on"])]

    def __str__(self) -> str:
        return self.words
