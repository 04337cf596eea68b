"""Who was there."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone

from branches.models import Organisation
from meetings.models.kinds import Mark, Standing
from meetings.models.locks import locked_with_its_meeting, locks
from meetings.models.meeting import Item, ItemQuerySet, ItemRows, Meeting
from members.models import Member
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.tracking import tracked
from portal.words.fields import CodeField, LineField


class _Words:
    def expected(self) -> Self:
        return self.filter(standing=Standing.EXPECTED)  # type: ignore[attr-defined]

    def came(self) -> Self:
        return self.filter(mark__in=Mark.came())  # type: ignore[attr-defined]

    def unmarked(self) -> Self:
        return self.filter(mark=Mark.UNMARKED, standing=Standing.EXPECTED)  # type: ignore[attr-defined]

    def counts(self) -> dict[str, int]:
        """Of one meeting: how many expected, came, each mark."""
        return self.aggregate(  # type: ignore[attr-defined]
            expected=Count("pk", filter=Q(standing=Standing.EXPECTED)),
            came=Count("pk", filter=Q(standing=Standing.EXPECTED, mark__in=Mark.came())),
            voters=Count("pk", filter=Q(standing=Standing.EXPECTED, votes=True)),
            voters_came=Count("pk", filter=Q(standing=Standing.EXPECTED, votes=True, mark__in=Mark.came())),
            unmarked=Count("pk", filter=Q(standing=Standing.EXPECTED, mark=Mark.UNMARKED)),
            **{
                mark.name.lower(): Count("pk", filter=Q(standing=Standing.EXPECTED, mark=mark))
                for mark in Mark
                if mark is not Mark.UNMARKED
            },
            exempt=Count("pk", filter=Q(standing=Standing.EXEMPT)),
            exempt_came=Count("pk", filter=Q(standing=Standing.EXEMPT, mark__in=Mark.came())),
        )


class AttendanceRows(_Words, models.QuerySet):
    pass


class AttendanceQuerySet(_Words, ItemQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        if permission is Permission.SEE_OWN_RECORD:
            return self.filter(member__account=actor.account)
        return self.filter(meeting__organisation__in=Organisation.objects.allowed(actor, permission))


@locks
@tracked(facts=True)
class Attendance(models.Model):
    """One line of the roll. Member, office and unit are copied into it: the past does not change with the roll.

    Written by hand rather than as an Item: there are millions of them, and one is never taken out by a device.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="attendances", verbose_name="buổi họp", db_index=False
    )
    member = models.ForeignKey(Member, models.PROTECT, related_name="attendances", verbose_name="đảng viên")
    standing = CodeField("diện", max_length=10, choices=Standing.choices, default=Standing.EXPECTED)
    votes = models.BooleanField("được biểu quyết", default=True)
    mark = CodeField("điểm danh", max_length=8, choices=Mark.choices, blank=True, default="")
    reason = LineField("lý do vắng", max_length=200, blank=True)
    name = LineField("họ và tên", max_length=120)
    office = LineField("chức vụ", max_length=80, blank=True)
    unit = LineField("tổ đảng", max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    stamp = models.PositiveIntegerField(default=0, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="người ghi",
        db_index=False,
    )
    saved_at = models.DateTimeField("ghi lúc", default=timezone.now, editable=False)

    everything = AttendanceRows.as_manager()
    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "điểm danh"
        verbose_name_plural = "điểm danh"
        constraints = [
            models.UniqueConstraint("meeting", "member", name="attendance_once"),
            models.CheckConstraint(name="attendance_mark_known", condition=Q(mark__in=Mark.values)),
            models.CheckConstraint(name="attendance_standing_known", condition=Q(standing__in=Standing.values)),
            models.CheckConstraint(
                name="attendance_exempt_is_not_absent",
                condition=~Q(standing=Standing.EXEMPT) | ~Q(mark__in=[Mark.EXCUSED, Mark.ABSENT]),
            ),
        ]
        indexes = [
            models.Index(  # who is absent time after time
                fields=["member", "meeting"],
                name="attendance_missed",
                condition=Q(standing=Standing.EXPECTED, mark__in=[Mark.EXCUSED, Mark.ABSENT]),
            )
        ]
        triggers = locked_with_its_meeting()

    def __str__(self) -> str:
        return f"{self.name}: {self.get_mark_display()}"


@locks
@tracked()
class Guest(Item):
    """Who came and is not of the branch; the visiting committee member is one of them."""

    name = LineField("họ và tên", max_length=120)
    post = LineField("chức vụ, đơn vị", max_length=200, blank=True)
    of_committee = models.BooleanField("cấp ủy viên cấp trên dự", default=False)
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="là đảng viên"
    )

    everything = ItemRows.as_manager()
    objects = ItemQuerySet.as_manager()
    moves_with = "meetings_meeting"  # counted where it is closed, and there nobody comes or goes

    class Meta:
        verbose_name = "khách dự"
        verbose_name_plural = "khách dự"
        constraints = [models.CheckConstraint(name="guest_has_a_name", condition=~Q(name=""))]
        triggers = locked_with_its_meeting()

    def __str__(self) -> str:
        return self.name


@locks
@tracked()
class CellSitting(Item):
    """Where a branch meets by tổ đảng: when and where each of them sat. The roll stays one, of the whole branch."""

    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="tổ đảng")
    day = models.DateField("ngày")
    place = LineField("địa điểm", max_length=200, blank=True)
    started_at = models.TimeField("bắt đầu", null=True, blank=True)
    ended_at = models.TimeField("kết thúc", null=True, blank=True)

    everything = ItemRows.as_manager()
    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "buổi của tổ đảng"
        verbose_name_plural = "các buổi của tổ đảng"
        constraints = [
            models.UniqueConstraint("meeting", "cell", name="cell_sits_once"),
            models.CheckConstraint(
                name="cell_ends_after_it_starts",
                condition=Q(ended_at=None) | Q(started_at__isnull=False, ended_at__gt=F("started_at")),
            ),
        ]
        triggers = locked_with_its_meeting()

    def __str__(self) -> str:
        return f"{self.cell_id}, {self.day:%d/%m/%Y}"
