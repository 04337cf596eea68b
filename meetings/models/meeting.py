"""A meeting: planned, told, held and logged, closed."""

import uuid
from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractQuarter, ExtractYear
from django.utils import timezone

from branches.models import Organisation
from branches.models.ripple import ripples
from meetings.models.kinds import Form, MeetingKind
from meetings.models.locks import closed_meeting_stays
from members.models import Member
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.words.fields import CodeField, LineField, ProseField

# What those above are shown of a meeting; the rest is written every few seconds while it is logged.
SHOWN_ABOVE = (
    "organisation_id", "kind", "period", "also_thematic", "day", "begins", "started_at", "closed_at", "called_off_at",
)  # fmt: skip


class _Words:
    def of_year(self, year: int) -> Self:
        return self.filter(day__year=year)  # type: ignore[attr-defined]

    def standing(self) -> Self:
        """Not called off."""
        return self.filter(called_off_at=None)  # type: ignore[attr-defined]

    def closed(self) -> Self:
        return self.filter(closed_at__isnull=False)  # type: ignore[attr-defined]

    def latest_first(self) -> Self:
        return self.order_by("-day", "-begins", "pk")  # type: ignore[attr-defined]


class MeetingRows(_Words, models.QuerySet):
    pass


class MeetingQuerySet(_Words, GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(organisation__in=Organisation.objects.allowed(actor, permission))


@tracked()
class Meeting(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="meetings", verbose_name="tổ chức")
    kind = CodeField("loại buổi họp", max_length=15, choices=MeetingKind.choices)
    # the month or quarter it counts for, by its first day; kinds without places in the year have none
    period = models.DateField("tính cho kỳ", null=True, blank=True)
    also_thematic = models.BooleanField("kết hợp sinh hoạt chuyên đề", default=False)  # one sitting, two places filled
    title = LineField("nội dung chính", max_length=200, blank=True)

    day = models.DateField("ngày họp")
    begins = models.TimeField("giờ bắt đầu", null=True, blank=True)
    place = LineField("địa điểm", max_length=200, blank=True)
    form = CodeField("hình thức", max_length=10, choices=Form.choices, default=Form.IN_PERSON)
    form_ground = LineField("lý do họp theo hình thức này", max_length=300, blank=True)
    form_leave = LineField("cấp đồng ý, văn bản số", max_length=200, blank=True)
    # said when an online meeting is planned; the share of those expected decides whether it may be one
    cannot_gather = models.PositiveSmallIntegerField("số đảng viên không thể tập trung", null=True, blank=True)
    chair = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người chủ trì"
    )
    clerk = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thư ký")
    # what was planned first, where the day was changed after the notice
    planned_day = models.DateField("ngày dự kiến ban đầu", null=True, blank=True)

    told_at = models.DateTimeField("đã mời lúc", null=True, blank=True)
    started_at = models.TimeField("bắt đầu thực tế", null=True, blank=True)
    ended_at = models.TimeField("kết thúc thực tế", null=True, blank=True)
    nothing_raised = models.BooleanField("không có ý kiến, kiến nghị", default=False)  # said, not forgotten
    minutes_read = models.BooleanField("biên bản đã đọc và thông qua", default=False)

    called_off_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    called_off_because = LineField("lý do hủy", max_length=200, blank=True)
    closed_at = models.DateTimeField("đóng sổ lúc", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người đóng sổ"
    )
    entered_later = models.BooleanField("nhập bổ sung tháng cũ", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)  # of the columns above
    stamp = models.PositiveIntegerField(default=0, editable=False)  # grows with whatever is saved in it

    everything = MeetingRows.as_manager()
    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "buổi họp"
        verbose_name_plural = "buổi họp"
        constraints = [
            models.CheckConstraint(name="meeting_kind_known", condition=Q(kind__in=MeetingKind.values)),
            models.CheckConstraint(name="meeting_form_known", condition=Q(form__in=Form.values)),
            models.CheckConstraint(
                name="meeting_period_of_slots",
                condition=Q(kind__in=MeetingKind.of_slots(), period__isnull=False, period__day=1)
                | ~Q(kind__in=MeetingKind.of_slots()) & Q(period=None),
            ),
            models.CheckConstraint(
                name="meeting_thematic_by_quarter",
                condition=~Q(kind=MeetingKind.THEMATIC) | Q(period__month__in=[1, 4, 7, 10]),
            ),
            models.CheckConstraint(
                name="meeting_combined_is_regular", condition=Q(also_thematic=False) | Q(kind=MeetingKind.REGULAR)
            ),
            models.CheckConstraint(
                name="meeting_ends_after_it_starts",
                condition=Q(ended_at=None) | Q(started_at__isnull=False, ended_at__gt=F("started_at")),
            ),
            models.CheckConstraint(
                name="meeting_called_off_with_reason", condition=Q(called_off_at=None) | ~Q(called_off_because="")
            ),
            models.CheckConstraint(
                name="meeting_closed_was_held",
                condition=Q(closed_at=None) | Q(called_off_at=None, started_at__isnull=False, ended_at__isnull=False),
            ),
            models.UniqueConstraint(
                "organisation", "kind", "period", condition=Q(called_off_at=None), name="meeting_once_a_period"
            ),
            models.UniqueConstraint(
                "organisation",
                ExtractYear("period"),
                ExtractQuarter("period"),
                condition=Q(called_off_at=None) & (Q(kind=MeetingKind.THEMATIC) | Q(also_thematic=True)),
                name="meeting_thematic_once_a_quarter",
            ),
            models.CheckConstraint(
                name="meeting_form_has_its_ground",
                condition=~Q(form__in=Form.with_ground()) | ~Q(form_ground=""),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-day"], name="meeting_of_organisation"),
            models.Index(fields=["id"], name="meeting_not_closed", condition=Q(closed_at=None)),  # few among all
        ]
        triggers = [
            closed_meeting_stays(),
            *ripples("organisation_id", of=SHOWN_ABOVE),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.day:%d/%m/%Y}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.called_off_at is None

    @property
    def starts_at(self) -> datetime | None:
        return timezone.make_aware(datetime.combine(self.day, self.begins)) if self.begins else None

    @property
    def minutes(self) -> int | None:
        """How long it lasted."""
        if self.started_at is None or self.ended_at is None:
            return None
        first, last = (datetime.combine(date.min, time) for time in (self.started_at, self.ended_at))
        return int((last - first).total_seconds() // 60)


class OfMeetingQuerySet(GuardedQuerySet):
    """What hangs on a meeting is reached where the meeting is."""

    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(meeting__organisation__in=Organisation.objects.allowed(actor, permission))


@tracked()
class Reopening(models.Model):
    """A closed meeting was opened again, by whom and why."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="reopenings", verbose_name="buổi họp")
    because = LineField("lý do mở lại", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người mở lại")
    at = models.DateTimeField("mở lại lúc", default=timezone.now)
    closed_again_at = models.DateTimeField("đóng lại lúc", null=True, blank=True)

    everything = models.Manager()
    objects = OfMeetingQuerySet.as_manager()
    moves_with = "meetings_meeting"  # which it opens: that is written with it

    class Meta:
        verbose_name = "lần mở lại sổ"
        verbose_name_plural = "các lần mở lại sổ"
        constraints = [
            models.CheckConstraint(name="reopening_has_reason", condition=~Q(because="")),
            models.UniqueConstraint("meeting", condition=Q(closed_again_at=None), name="reopening_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.because


class Item(models.Model):
    """One thing of the log, named by the device that wrote it: saving it twice changes nothing.

    `version` grows with each change of it; `stamp` is the meeting's at that moment, so that another device can ask what is new.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="%(class)ss", verbose_name="buổi họp")
    version = models.PositiveIntegerField(default=1, editable=False)
    stamp = models.PositiveIntegerField(default=0, editable=False)
    gone = models.BooleanField("đã bỏ", default=False, editable=False)  # taken out again; other devices must hear of it
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="người ghi"
    )
    saved_at = models.DateTimeField("ghi lúc", default=timezone.now, editable=False)

    class Meta:
        abstract = True


class ItemRows(models.QuerySet):
    def there(self) -> Self:
        return self.filter(gone=False)


class ItemQuerySet(OfMeetingQuerySet):
    def there(self) -> Self:
        return self.filter(gone=False)


class Prose:
    """How long what people write may be."""

    SHORT = 300
    LONG = 20_000


def prose(label: str, **options: object) -> ProseField:
    return ProseField(label, max_length=Prose.LONG, blank=True, **options)
