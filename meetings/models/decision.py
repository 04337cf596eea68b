"""What was decided, and what follows from it."""

import uuid
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from branches.models import DocumentNumber, Organisation
from directives.models import Study, Task
from meetings.models.kinds import DecisionKind, ResolutionKind, ResolutionState, Stand
from meetings.models.locks import locked_with_its_meeting, locks, words_stay
from meetings.models.meeting import Item, ItemQuerySet, ItemRows, Meeting, prose
from meetings.models.minutes import Vote
from members.models import Member
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.words.fields import CodeField, LineField, ProseField


@locks
@tracked()
class Resolution(Item):
    """The conclusion or resolution of a meeting."""

    kind = CodeField("loại", max_length=10, choices=ResolutionKind.choices, default=ResolutionKind.CONCLUSION)
    state = CodeField("tình trạng", max_length=8, choices=ResolutionState.choices, default=ResolutionState.DRAFT)
    number = models.ForeignKey(
        DocumentNumber, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="số"
    )
    subject = LineField("trích yếu", max_length=300, blank=True)
    contents = prose("nội dung")
    measures = prose("giải pháp, tổ chức thực hiện")
    vote = models.ForeignKey(
        Vote, models.SET_NULL, null=True, blank=True, related_name="resolutions", verbose_name="kết quả biểu quyết"
    )

    everything = ItemRows.as_manager()
    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "nghị quyết, kết luận"
        verbose_name_plural = "nghị quyết, kết luận"
        constraints = [
            models.CheckConstraint(name="resolution_kind_known", condition=Q(kind__in=ResolutionKind.values)),
            models.CheckConstraint(name="resolution_state_known", condition=Q(state__in=ResolutionState.values)),
            models.CheckConstraint(
                name="resolution_adopted_says_something",
                condition=~Q(state=ResolutionState.ADOPTED) | ~Q(contents=""),
            ),
        ]
        triggers = locked_with_its_meeting()

    def __str__(self) -> str:
        return self.subject or self.contents[:60]


class _Things:
    def open(self) -> Self:
        return self.filter(gone=False).exclude(stand__in=Stand.finished())  # type: ignore[attr-defined]

    def overdue(self, on: date) -> Self:
        return self.open().filter(due_on__lt=on)  # type: ignore[attr-defined]


class ActionItemRows(_Things, ItemRows):
    pass


class ActionItemQuerySet(_Things, ItemQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        if permission is Permission.SEE_OWN_RECORD:
            return self.filter(assignee__account=actor.account)
        return self.filter(organisation__in=Organisation.objects.allowed(actor, permission))


@tracked()
class ActionItem(Item):
    """Who does what by when. Its words are the meeting's and stay; how it stands lives on until it is done."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="action_items", verbose_name="tổ chức")
    resolution = models.ForeignKey(
        Resolution, models.SET_NULL, null=True, blank=True, related_name="items", verbose_name="theo nghị quyết"
    )
    words = LineField("việc", max_length=500)
    assignee = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="action_items", verbose_name="người làm"
    )
    assignee_words = LineField("nơi làm", max_length=120, blank=True)  # the chi ủy, a mass organisation
    due_on = models.DateField("hạn, đến hết ngày", null=True, blank=True)
    task = models.ForeignKey(
        Task, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thực hiện nhiệm vụ của văn bản"
    )
    stand = CodeField("tình trạng", max_length=8, choices=Stand.choices, default=Stand.OPEN)
    stand_note = LineField("kết quả, lý do", max_length=300, blank=True)
    stood_on = models.DateField("ngày ghi tình trạng", null=True, blank=True)

    everything = ActionItemRows.as_manager()
    objects = ActionItemQuerySet.as_manager()

    class Meta:
        verbose_name = "việc phải làm"
        verbose_name_plural = "việc phải làm"
        constraints = [
            models.CheckConstraint(name="action_says_something", condition=~Q(words="")),
            models.CheckConstraint(name="action_stand_known", condition=Q(stand__in=Stand.values)),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "due_on"],
                name="action_open",
                condition=Q(gone=False) & ~Q(stand__in=Stand.finished()),
            ),
            models.Index(fields=["organisation", "due_on"], name="action_due", condition=Q(gone=False)),  # of a period
        ]
        triggers = words_stay("meeting_id", "words", "assignee_id", "assignee_words", "due_on", "task_id", "gone")

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def is_finished(self) -> bool:
        return self.stand in Stand.finished()


@locks
@tracked()
class ItemReview(Item):
    """A later meeting looked at an action item."""

    action = models.ForeignKey(ActionItem, models.PROTECT, related_name="reviews", verbose_name="việc")
    stand = CodeField("kết quả", max_length=8, choices=Stand.choices)
    because = LineField("lý do", max_length=300, blank=True)

    everything = ItemRows.as_manager()
    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "kiểm điểm việc tháng trước"
        verbose_name_plural = "kiểm điểm việc tháng trước"
        constraints = [
            models.UniqueConstraint("meeting", "action", name="review_once_a_meeting"),
            models.CheckConstraint(name="review_stand_known", condition=Q(stand__in=Stand.values)),
        ]
        triggers = locked_with_its_meeting()

    def __str__(self) -> str:
        return self.get_stand_display()


@locks
@tracked()
class Decision(Item):
    """A decision whose consequence the portal carries out, or proposes, when the meeting closes."""

    kind = CodeField("loại", max_length=15, choices=DecisionKind.choices)
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đảng viên"
    )
    study = models.ForeignKey(
        Study, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đợt quán triệt"
    )
    year = models.PositiveSmallIntegerField("năm", null=True, blank=True)
    since = models.DateField("từ ngày", null=True, blank=True)
    until = models.DateField("đến hết ngày", null=True, blank=True)
    post = CodeField("chức vụ", max_length=20, blank=True)  # members.models.Post
    words = LineField("nội dung", max_length=300, blank=True)
    vote = models.ForeignKey(
        Vote, models.SET_NULL, null=True, blank=True, related_name="decisions", verbose_name="kết quả biểu quyết"
    )
    follows = LineField("đã làm theo", max_length=300, blank=True)  # what the portal did with it, in words
    # which version of it that was: a decision that was put right after reopening is carried out anew
    followed_version = models.PositiveIntegerField(null=True, editable=False)

    everything = ItemRows.as_manager()
    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết nghị"
        verbose_name_plural = "quyết nghị"
        constraints = [
            models.CheckConstraint(name="decision_kind_known", condition=Q(kind__in=DecisionKind.values)),
            models.CheckConstraint(
                name="decision_is_about_something",
                condition=Q(kind=DecisionKind.STUDY, study__isnull=False)
                | Q(kind__in=[DecisionKind.EXEMPTION, DecisionKind.OFFICER], member__isnull=False)
                | Q(kind=DecisionKind.CANDIDATE) & ~Q(words="")
                | Q(kind__in=[DecisionKind.ASSIGNMENTS, DecisionKind.THEMATIC_PLAN], year__isnull=False),
            ),
        ]
        triggers = locked_with_its_meeting()

    def __str__(self) -> str:
        return self.get_kind_display()


class EvidenceQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(organisation__in=Organisation.objects.allowed(actor, permission))


@tracked()
class Evidence(models.Model):
    """That a directive's task was carried out here: attached by itself when the meeting closes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.ForeignKey(Task, models.PROTECT, related_name="+", verbose_name="nhiệm vụ của văn bản")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="tổ chức")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="evidence", verbose_name="buổi họp")
    action = models.ForeignKey(
        ActionItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="việc phải làm"
    )
    words = ProseField("nội dung", max_length=1_000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    at = models.DateTimeField("ghi lúc", default=timezone.now)

    everything = models.Manager()
    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "minh chứng"
        verbose_name_plural = "minh chứng"
        constraints = [models.UniqueConstraint("meeting", "task", "action", name="evidence_once", nulls_distinct=False)]

    def __str__(self) -> str:
        return self.words[:60]
