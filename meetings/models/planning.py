"""Before the meeting: what the level above wants, the year's themes, who was asked and what they answered."""

import uuid
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from branches.models import Organisation
from branches.models.ripple import ripples
from directives.models import Document, Task
from meetings.models.kinds import Answer, MeetingKind, PlanState, SlotChange
from meetings.models.meeting import Meeting, OfMeetingQuerySet
from members.models import Member
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.files.models import StoredFile
from portal.history.tracking import tracked
from portal.words.fields import CodeField, LineField, ProseField


class OfOrganisationQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(organisation__in=Organisation.objects.allowed(actor, permission))


@tracked()
class SlotDecision(models.Model):
    """A month's meeting was moved (Tết, a storm), or is not owed, by a decision: for an organisation and all below it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="tổ chức")
    kind = CodeField(
        "loại buổi họp", max_length=15, choices=[(kind.value, kind.label) for kind in MeetingKind.of_slots()]
    )
    period = models.DateField("kỳ")  # first day of the month or quarter
    change = CodeField("quyết định", max_length=8, choices=SlotChange.choices)
    until = models.DateField("được họp đến hết ngày", null=True, blank=True)  # of a move
    because = LineField("lý do", max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    at = models.DateTimeField("ghi lúc", default=timezone.now)

    everything = models.Manager()
    objects = OfOrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định về kỳ họp"
        verbose_name_plural = "quyết định về kỳ họp"
        constraints = [
            models.UniqueConstraint("organisation", "kind", "period", name="slot_decision_once"),
            models.CheckConstraint(name="slot_decision_period_is_first_day", condition=Q(period__day=1)),
            models.CheckConstraint(name="slot_decision_has_reason", condition=~Q(because="")),
            models.CheckConstraint(
                name="slot_moved_until_a_day", condition=~Q(change=SlotChange.MOVED) | Q(until__isnull=False)
            ),
        ]
        triggers = ripples()

    def __str__(self) -> str:
        return f"{self.get_change_display()}: {self.because}"


@tracked()
class Orientation(models.Model):
    """What the committee wants its branches to deal with in a month; published on its day, seen by everyone below."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="orientations", verbose_name="nơi định hướng"
    )
    month = models.DateField("tháng")
    contents = ProseField("nội dung định hướng", max_length=20_000)
    calendar = ProseField("lịch công tác trong tháng", max_length=5_000, blank=True)
    published_at = models.DateTimeField("công bố lúc", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    everything = models.Manager()
    objects = OfOrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "định hướng sinh hoạt"
        verbose_name_plural = "định hướng sinh hoạt"
        constraints = [
            models.UniqueConstraint("organisation", "month", name="orientation_once_a_month"),
            models.CheckConstraint(name="orientation_month_is_first_day", condition=Q(month__day=1)),
            models.CheckConstraint(name="orientation_says_something", condition=~Q(contents="")),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}, {self.month:%m/%Y}"

    @property
    def published_words(self) -> str:
        return f"Công bố {timezone.localtime(self.published_at):%d/%m/%Y}" if self.published_at else "Chưa công bố"


class OfOrientationQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(orientation__organisation__in=Organisation.objects.allowed(actor, permission))


@tracked()
class OrientationLine(models.Model):
    """One content of it, with the document and the directive's task it belongs to."""

    orientation = models.ForeignKey(Orientation, models.CASCADE, related_name="lines", verbose_name="định hướng")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    words = LineField("nội dung", max_length=500)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản"
    )
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nhiệm vụ")

    everything = models.Manager()
    objects = OfOrientationQuerySet.as_manager()

    class Meta:
        verbose_name = "nội dung định hướng"
        verbose_name_plural = "nội dung định hướng"
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(name="orientation_line_says_something", condition=~Q(words=""))]

    def __str__(self) -> str:
        return self.words


@tracked()
class ThematicPlan(models.Model):
    """The year's themes of a branch: one a quarter, sent up, approved or returned."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="thematic_plans", verbose_name="chi bộ")
    year = models.PositiveSmallIntegerField("năm")
    state = CodeField("tình trạng", max_length=8, choices=PlanState.choices, default=PlanState.DRAFT)
    remark = LineField("ý kiến của cấp trên", max_length=500, blank=True)
    sent_on = models.DateField("gửi ngày", null=True, blank=True)
    decided_on = models.DateField("duyệt, trả lại ngày", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người duyệt"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    everything = models.Manager()
    objects = OfOrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "kế hoạch chuyên đề"
        verbose_name_plural = "kế hoạch chuyên đề"
        constraints = [
            models.UniqueConstraint("organisation", "year", name="thematic_plan_once_a_year"),
            models.CheckConstraint(name="thematic_plan_state_known", condition=Q(state__in=PlanState.values)),
            models.CheckConstraint(
                name="thematic_plan_returned_with_remark", condition=~Q(state=PlanState.RETURNED) | ~Q(remark="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}, {self.year}"


class OfPlanQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(plan__organisation__in=Organisation.objects.allowed(actor, permission))


@tracked()
class Topic(models.Model):
    plan = models.ForeignKey(ThematicPlan, models.CASCADE, related_name="topics", verbose_name="kế hoạch")
    quarter = models.PositiveSmallIntegerField("quý")
    words = LineField("chuyên đề", max_length=300)
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nhiệm vụ")
    meeting = models.OneToOneField(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="topic", verbose_name="buổi họp"
    )

    everything = models.Manager()
    objects = OfPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "chuyên đề"
        verbose_name_plural = "chuyên đề"
        constraints = [
            models.CheckConstraint(name="topic_of_a_quarter", condition=Q(quarter__gte=1, quarter__lte=4)),
            models.CheckConstraint(name="topic_says_something", condition=~Q(words="")),
        ]

    def __str__(self) -> str:
        return self.words


@tracked()
class TopicSuggestion(models.Model):
    """A theme that a committee suggests to its branches for a year."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="nơi gợi ý")
    year = models.PositiveSmallIntegerField("năm")
    words = LineField("chuyên đề", max_length=300)
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nhiệm vụ")

    everything = models.Manager()
    objects = OfOrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "chuyên đề gợi ý"
        verbose_name_plural = "chuyên đề gợi ý"
        constraints = [models.UniqueConstraint("organisation", "year", "words", name="suggestion_once")]

    def __str__(self) -> str:
        return self.words


class InvitationQuerySet(OfMeetingQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        if permission is Permission.SEE_OWN_RECORD:
            return self.filter(member__account=actor.account)
        return super().within_reach(actor, permission)


@tracked(facts=True)
class Invitation(models.Model):
    """A member was told of the meeting; answers; may be asked for an opinion beforehand; opened the papers or did not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitations", verbose_name="buổi họp")
    member = models.ForeignKey(Member, models.PROTECT, related_name="invitations", verbose_name="đảng viên")
    told_at = models.DateTimeField("mời lúc", null=True, blank=True, default=timezone.now)  # asked for an opinion first
    day = models.DateField("mời họp ngày", null=True, blank=True)  # an answer was given for that day, not for another
    opinion_asked = LineField("xin ý kiến về", max_length=300, blank=True)
    answer = CodeField("trả lời", max_length=10, choices=Answer.choices, blank=True, default="")
    because = LineField("lý do không dự được", max_length=200, blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    opened_at = models.DateTimeField("mở tài liệu lúc", null=True, blank=True)

    everything = models.Manager()
    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "giấy mời"
        verbose_name_plural = "giấy mời"
        constraints = [
            models.UniqueConstraint("meeting", "member", name="invitation_once"),
            models.CheckConstraint(name="invitation_answer_known", condition=Q(answer__in=Answer.values)),
            models.CheckConstraint(
                name="invitation_not_coming_says_why", condition=~Q(answer=Answer.NOT_COMING) | ~Q(because="")
            ),
        ]
        indexes = [models.Index(fields=["member"], name="invitation_unanswered", condition=Q(answer=Answer.NONE))]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.get_answer_display()}"

    @property
    def meta(self) -> str:
        """14:00, Nhà văn hóa · Chưa trả lời"""
        where = [f"{self.meeting.begins:%H:%M}" if self.meeting.begins else "", self.meeting.place]
        said = ["đã hủy"] if self.meeting.called_off_at else [self.get_answer_display().lower()]
        return " · ".join(filter(None, [self.meeting.organisation.name, ", ".join(filter(None, where)), *said]))


@tracked()
class MeetingPaper(models.Model):
    """A paper for the meeting: a file of its own, or a document of the library."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="papers", verbose_name="buổi họp")
    title = LineField("tên tài liệu", max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp")
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản"
    )
    put_out_at = models.DateTimeField("đưa lên lúc", default=timezone.now)
    put_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người đưa lên"
    )

    everything = models.Manager()
    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "tài liệu buổi họp"
        verbose_name_plural = "tài liệu buổi họp"
        constraints = [
            models.CheckConstraint(name="meeting_paper_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="meeting_paper_is_something", condition=Q(file__isnull=False) | Q(document__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def out_before(self, day: date, days: int) -> bool:
        """At least so many days before the day of the meeting."""
        return (day - timezone.localdate(self.put_out_at)).days >= days
