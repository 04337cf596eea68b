"""What was said and voted: the steps of the meeting, opinions, votes, praise, and what is asked of those above."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from branches.models import Organisation
from branches.models.ripple import ripples
from directives.models import Task
from meetings.models.kinds import Majority, ProposalState
from meetings.models.locks import locked_with_its_meeting, locks, words_stay
from meetings.models.meeting import Item, ItemQuerySet, ItemRows, OfMeetingQuerySet, prose
from members.models import Member
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.tracking import tracked
from portal.words.fields import CodeField, LineField, ProseField


@locks
@tracked()
class AgendaItem(Item):
    """A step of the meeting."""

    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    words = LineField("nội dung", max_length=300)
    step = CodeField("bước chuẩn", max_length=40, blank=True)  # which standard step it is; those must all be done
    # what the level above wanted dealt with that month; published, it stays
    orientation_line = models.ForeignKey(
        "meetings.OrientationLine",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name="theo định hướng",
    )
    task = models.ForeignKey(
        Task, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="việc được giao"
    )  # which it carries out: done, it is proof
    presenter = LineField("người thực hiện", max_length=120, blank=True)
    done = models.BooleanField("đã thực hiện", default=False)
    notes = prose("diễn biến")
    began_at = models.TimeField("bắt đầu", null=True, blank=True)
    ended_at = models.TimeField("kết thúc", null=True, blank=True)
    closed_data = models.BooleanField("nội dung chỉ người có quyền xem phần đóng", default=False)

    everything = ItemRows.as_manager()
    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "nội dung họp"
        verbose_name_plural = "nội dung họp"
        constraints = [
            models.CheckConstraint(name="agenda_says_something", condition=~Q(words="")),
            models.CheckConstraint(
                name="agenda_ends_after_it_begins",
                condition=Q(began_at=None) | Q(ended_at=None) | Q(ended_at__gte=F("began_at")),
            ),
            models.UniqueConstraint("meeting", "orientation_line", name="agenda_takes_a_line_once"),
        ]
        triggers = locked_with_its_meeting()

    def __str__(self) -> str:
        return self.words


@locks
@tracked()
class Opinion(Item):
    """What one member said. A minority opinion is kept apart from the resolution; its author is closed data."""

    agenda_item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="opinions", verbose_name="về nội dung"
    )
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="opinions", verbose_name="người nêu"
    )
    words = ProseField("ý kiến", max_length=5_000)
    minority = models.BooleanField("ý kiến thiểu số", default=False)
    sent_before = models.BooleanField("gửi trước buổi họp", default=False)

    everything = ItemRows.as_manager()
    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "ý kiến"
        verbose_name_plural = "ý kiến"
        constraints = [models.CheckConstraint(name="opinion_says_something", condition=~Q(words=""))]
        triggers = locked_with_its_meeting()

    def __str__(self) -> str:
        return self.words[:60]


@locks
@tracked()
class Vote(Item):
    """Totals. Only full members of the branch vote; what share decides is a dated rule (branches/rules: votes)."""

    agenda_item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="votes", verbose_name="về nội dung"
    )
    question = LineField("nội dung biểu quyết", max_length=300)
    secret = models.BooleanField("bỏ phiếu kín", default=False)
    majority = CodeField("cần", max_length=10, choices=Majority.choices, default=Majority.HALF)
    voters = models.PositiveSmallIntegerField("số đảng viên chính thức của chi bộ")  # the denominator, as of that day
    in_favour = models.PositiveSmallIntegerField("tán thành")
    against = models.PositiveSmallIntegerField("không tán thành", default=0)
    abstained = models.PositiveSmallIntegerField("ý kiến khác", default=0)

    everything = ItemRows.as_manager()
    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "biểu quyết"
        verbose_name_plural = "biểu quyết"
        constraints = [
            models.CheckConstraint(name="vote_has_a_question", condition=~Q(question="")),
            models.CheckConstraint(name="vote_majority_known", condition=Q(majority__in=Majority.values)),
            models.CheckConstraint(
                name="vote_adds_up", condition=Q(voters__gte=F("in_favour") + F("against") + F("abstained"))
            ),
        ]
        triggers = locked_with_its_meeting()

    def __str__(self) -> str:
        return self.question


@locks
@tracked()
class Remark(Item):
    """Praise, or criticism, by name. Criticism is closed data."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="remarks", verbose_name="đảng viên")
    praise = models.BooleanField("biểu dương", default=True)
    words = LineField("nội dung", max_length=500)

    everything = ItemRows.as_manager()
    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "biểu dương, nhắc nhở"
        verbose_name_plural = "biểu dương, nhắc nhở"
        constraints = [models.CheckConstraint(name="remark_says_something", condition=~Q(words=""))]
        triggers = locked_with_its_meeting()

    def __str__(self) -> str:
        return self.words[:60]


class ProposalQuerySet(ItemQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """Of one's own branches, and what was sent to where one answers."""
        near = Organisation.objects.allowed(actor, permission)
        return self.filter(Q(meeting__organisation__in=near) | Q(to__in=near))

    def waiting(self) -> Self:
        return self.filter(state=ProposalState.RAISED, gone=False)


@tracked()
class Proposal(Item):
    """What the branch asks of a committee above it. Its words are the meeting's and stay; the answer comes later."""

    to = models.ForeignKey(Organisation, models.PROTECT, related_name="proposals", verbose_name="gửi đến")
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người nêu"
    )
    words = ProseField("kiến nghị", max_length=5_000)
    state = CodeField("trạng thái", max_length=10, choices=ProposalState.choices, default=ProposalState.RAISED)
    answer = ProseField("trả lời", max_length=5_000, blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người trả lời"
    )

    everything = ItemRows.as_manager()
    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "kiến nghị"
        verbose_name_plural = "kiến nghị"
        constraints = [
            models.CheckConstraint(name="proposal_says_something", condition=~Q(words="")),
            models.CheckConstraint(name="proposal_state_known", condition=Q(state__in=ProposalState.values)),
            models.CheckConstraint(
                name="proposal_answer_is_whole",
                condition=Q(state=ProposalState.RAISED, answer="", answered_on=None)
                | ~Q(state=ProposalState.RAISED) & ~Q(answer="") & Q(answered_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["to"], name="proposal_waiting", condition=Q(state=ProposalState.RAISED, gone=False))
        ]
        triggers = [
            *words_stay("meeting_id", "to_id", "member_id", "words", "gone"),
            *ripples("meeting_id", through="meetings_meeting", also="to_id"),
        ]

    def __str__(self) -> str:
        return self.words[:60]


@tracked()
class SignedPaper(models.Model):
    """The paper of record: the signed minutes, scanned. A change of the log after it drops the mark."""

    meeting = models.ForeignKey(
        "meetings.Meeting", models.PROTECT, related_name="signed_papers", verbose_name="buổi họp"
    )
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", verbose_name="bản chụp")
    sha256 = CodeField("dấu SHA-256", max_length=64)
    stamp = models.PositiveIntegerField(editable=False)  # of the log that it stands for
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lưu")
    filed_at = models.DateTimeField("lưu lúc", default=timezone.now)
    dropped_at = models.DateTimeField("hết hiệu lực lúc", null=True, blank=True)

    everything = models.Manager()
    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "biên bản đã ký"
        verbose_name_plural = "biên bản đã ký"
        constraints = [
            models.UniqueConstraint("meeting", condition=Q(dropped_at=None), name="signed_paper_one_in_force")
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}, {self.filed_on:%d/%m/%Y}"

    @property
    def filed_on(self) -> date:
        return timezone.localtime(self.filed_at).date()
