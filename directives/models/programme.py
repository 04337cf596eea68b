"""The year's programme of inspections (kiểm tra, giám sát)."""

from datetime import timedelta
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from branches.models import Organisation
from branches.summary.months import next_month
from directives.models.attached import not_on_secret_ones
from directives.models.document import Document
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.reach import reached
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.words.fields import CodeField, LineField, ProseField


class InspectedBy(models.TextChoices):
    COMMITTEE = "committee", "Cấp ủy"
    COMMISSION = "commission", "Ủy ban Kiểm tra"


class ProgrammeState(models.TextChoices):
    DRAFT = "draft", "Dự thảo"
    AGREED = "agreed", "Đã thông qua"


class InspectionKind(models.TextChoices):
    CHECK = "check", "Kiểm tra"
    SUPERVISE = "supervise", "Giám sát"


class ProgrammeQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """A draft is seen by those who keep it."""
        rows = self.filter(reached(actor, permission, column="organisation__path"))
        keeps = actor.capacity is not None and actor.capacity.gives(Permission.INSPECT)
        return rows if keeps else rows.filter(state=ProgrammeState.AGREED)

    def newest_first(self) -> Self:
        return self.order_by("-year", "conducted_by", "pk")


@tracked()
class InspectionProgramme(models.Model):
    """What a committee, or its commission, wants to inspect in a year."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="inspection_programmes", verbose_name="nơi lập"
    )
    year = models.PositiveSmallIntegerField("năm")
    conducted_by = CodeField("do ai tiến hành", max_length=12, choices=InspectedBy.choices)
    state = CodeField("tình trạng", max_length=10, choices=ProgrammeState.choices, default=ProgrammeState.DRAFT)
    agreed_on = models.DateField("thông qua ngày", null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người ghi"
    )

    everything = models.Manager()
    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "chương trình kiểm tra, giám sát"
        verbose_name_plural = "chương trình kiểm tra, giám sát"
        constraints = [
            models.UniqueConstraint(name="inspection_programme_once", fields=["organisation", "year", "conducted_by"]),
            models.CheckConstraint(name="inspection_programme_by", condition=Q(conducted_by__in=InspectedBy.values)),
            models.CheckConstraint(name="inspection_programme_state", condition=Q(state__in=ProgrammeState.values)),
            models.CheckConstraint(
                name="inspection_programme_agreed_on_a_day",
                condition=Q(state=ProgrammeState.DRAFT, agreed_on=None)
                | Q(state=ProgrammeState.AGREED, agreed_on__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="state_goes_its_way", field="state", transitions=[("draft", "agreed")]),
            pgtrigger.ReadOnly(name="whose_stays", fields=["organisation", "year", "conducted_by"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"Chương trình kiểm tra, giám sát năm {self.year}"

    @property
    def in_year(self) -> str:
        return f"Năm {self.year}"

    @property
    def is_draft(self) -> bool:
        return self.state == ProgrammeState.DRAFT

    @property
    def who(self) -> str:
        """Đảng ủy xã Phú Lương; its commission: Ủy ban Kiểm tra Đảng ủy xã Phú Lương."""
        if self.conducted_by == InspectedBy.COMMISSION:
            return f"{InspectedBy.COMMISSION.label} {self.organisation.name}"
        return self.organisation.name


class PlannedQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """Who inspects, and the subject: that one as soon as the programme is agreed. What is planned of others is not its."""
        keeps = actor.capacity is not None and actor.capacity.gives(Permission.INSPECT)
        agreed = Q() if keeps else Q(programme__state=ProgrammeState.AGREED)
        by_subject = reached(actor, permission, column="subject__path")
        return self.filter(agreed & (by_subject | reached(actor, permission, column="programme__organisation__path")))

    def standing(self) -> Self:
        return self.filter(dropped_on=None)

    def in_order(self) -> Self:
        return self.order_by("since", "until", "pk")


@tracked()
class PlannedInspection(models.Model):
    """One line of a programme. What turns up during the year is added to it, so that every inspection stands in one."""

    programme = models.ForeignKey(
        InspectionProgramme, models.CASCADE, related_name="planned", verbose_name="chương trình"
    )
    subject = models.ForeignKey(
        Organisation, models.PROTECT, related_name="inspections_planned", verbose_name="tổ chức được kiểm tra, giám sát"
    )
    kind = CodeField("hình thức", max_length=10, choices=InspectionKind.choices)
    contents = ProseField("nội dung", max_length=2_000)
    documents: models.ManyToManyField = models.ManyToManyField(
        Document, through="InspectedDocument", related_name="inspections_planned", verbose_name="văn bản"
    )
    since = models.DateField("từ ngày")
    until = models.DateField("đến hết ngày")
    led_by = LineField("phụ trách", max_length=200, blank=True)
    added_later = models.BooleanField("bổ sung sau khi thông qua", default=False)
    dropped_on = models.DateField("thôi tiến hành từ ngày", null=True, blank=True)
    dropped_because = LineField("lý do thôi tiến hành", max_length=300, blank=True)

    everything = models.Manager()
    objects = PlannedQuerySet.as_manager()

    class Meta:
        verbose_name = "cuộc kiểm tra, giám sát"
        verbose_name_plural = "các cuộc kiểm tra, giám sát"
        constraints = [
            models.CheckConstraint(name="planned_inspection_kind", condition=Q(kind__in=InspectionKind.values)),
            models.CheckConstraint(name="planned_inspection_ends_after", condition=Q(until__gte=F("since"))),
            models.CheckConstraint(name="planned_inspection_says_what", condition=~Q(contents="")),
            models.CheckConstraint(
                name="planned_inspection_dropped_with_reason",
                condition=Q(dropped_on=None, dropped_because="") | Q(dropped_on__isnull=False) & ~Q(dropped_because=""),
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="programme_stays", fields=["programme"])]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.get_kind_display()} {self.subject.name}"

    @property
    def begun(self) -> Any:
        """Read along by select_related: it costs nothing."""
        return getattr(self, "inspection", None)

    @property
    def when(self) -> str:
        """Tháng 3/2026; from day to day where it is no whole month."""
        if self.since.day == 1 and self.until == next_month(self.since) - timedelta(days=1):
            return f"Tháng {self.since:%m/%Y}"
        return f"{self.since:%d/%m/%Y} – {self.until:%d/%m/%Y}"


class OfPlannedQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(planned__in=PlannedInspection.objects.allowed(actor, permission))


class InspectedDocument(models.Model):
    """Whether this document is carried out is what is looked at."""

    planned = models.ForeignKey(PlannedInspection, models.CASCADE, related_name="+", verbose_name="cuộc kiểm tra")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="văn bản")

    everything = models.Manager()
    objects = OfPlannedQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản được kiểm tra"
        verbose_name_plural = "văn bản được kiểm tra"
        constraints = [models.UniqueConstraint(name="inspected_document_once", fields=["planned", "document"])]
        triggers = [not_on_secret_ones("document")]

    def __str__(self) -> str:
        return f"{self.planned_id}, {self.document_id}"
