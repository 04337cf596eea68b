from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.utils import timezone

from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.files.models import StoredFile
from portal.jobs.kinds import Kind, kind_named
from portal.words.fields import CodeField, LineField


class State(models.TextChoices):
    WAITING = "waiting", "đang đợi"
    RUNNING = "running", "đang làm"
    DONE = "done", "xong"
    FAILED = "failed", "không xong"
    CANCELLED = "cancelled", "đã dừng"


OPEN = (State.WAITING, State.RUNNING)
ENDED = (State.DONE, State.FAILED, State.CANCELLED)
LONGEST_SENTENCE = 500


class JobQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """One's own, whatever capacity one asked in."""
        return self.filter(account=actor.account)

    def latest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def running(self) -> Self:
        return self.filter(state=State.RUNNING)

    def same_as(self, job: "Job") -> Self:
        """What was asked before and is not done yet; who cancelled and asks again wants it anew."""
        asked = {name: getattr(job, name) for name in ("account_id", "grant", "kind", "key")}
        return self.filter(**asked, state__in=OPEN, cancel_asked=False)

    def message_lost(self) -> Self:
        """Waiting longer than it takes to be begun. Each further message waits twice as long: the queue may just be full."""
        now = timezone.now()
        moment = models.DateTimeField()
        next_one = ExpressionWrapper(F("sent_at") + (F("sent_at") - F("waiting_since")), output_field=moment)
        waiting = self.filter(state=State.WAITING, sent_at__lt=now - settings.JOBS_SENT_AGAIN_AFTER)
        return waiting.annotate(next_one=next_one).filter(next_one__lt=now)

    def expired(self) -> Self:
        return self.filter(expires_at__lt=timezone.now())


class Job(models.Model):
    """One piece of long work that somebody asked for."""

    kind = CodeField("loại việc", max_length=60)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người yêu cầu"
    )
    grant = models.BigIntegerField("vai trò được giao", null=True)  # of branches, upstairs: so no foreign key
    capacity = LineField("vai trò", max_length=400, blank=True)
    title = LineField("tên việc", max_length=200)
    parameters = models.JSONField("tham số", default=dict)
    key = CodeField("khóa", max_length=120, blank=True)  # the same one is not asked for twice at a time
    request = CodeField("số yêu cầu", max_length=9)

    state = CodeField("trạng thái", max_length=9, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField("đã làm", default=0)
    total = models.PositiveIntegerField("tất cả", default=0)  # 0: not known yet
    sentence = LineField("đang làm gì", max_length=200, blank=True)
    cancel_asked = models.BooleanField("được yêu cầu dừng", default=False)

    token = models.PositiveIntegerField(
        "lượt nhận", default=0
    )  # grows with every claim: an old one writes nothing more
    attempts = models.PositiveSmallIntegerField("số lần làm", default=0)
    created_at = models.DateTimeField("yêu cầu lúc", default=timezone.now)
    waiting_since = models.DateTimeField("đợi từ", default=timezone.now)
    sent_at = models.DateTimeField("gửi lúc", default=timezone.now)
    started_at = models.DateTimeField("bắt đầu lúc", null=True)
    heartbeat_at = models.DateTimeField("báo lần cuối", null=True)
    finished_at = models.DateTimeField("kết thúc lúc", null=True)
    expires_at = models.DateTimeField("giữ đến", null=True)

    result = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="tệp kết quả")
    told = LineField("kết quả", max_length=LONGEST_SENTENCE, blank=True)
    link = CodeField("trang kết quả", max_length=200, blank=True)
    error = LineField("lỗi", max_length=LONGEST_SENTENCE, blank=True)

    everything = models.Manager()
    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "việc chạy lâu"
        verbose_name_plural = "việc chạy lâu"
        indexes = [
            models.Index(fields=["account", "-created_at"], name="jobs_own"),
            models.Index(fields=["state"], name="jobs_open", condition=Q(state__in=OPEN)),
            models.Index(fields=["expires_at"], name="jobs_expiring", condition=Q(expires_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(  # and there is no other state
                name="jobs_ended_has_its_times",
                condition=Q(state__in=OPEN, finished_at=None, expires_at=None)
                | Q(state__in=ENDED, finished_at__isnull=False, expires_at__gt=F("finished_at")),
            ),
            models.CheckConstraint(
                name="jobs_running_was_claimed",
                condition=~Q(state=State.RUNNING)
                | Q(token__gt=0, attempts__gt=0, started_at__isnull=False, heartbeat_at__isnull=False),
            ),
            models.CheckConstraint(
                name="jobs_result_of_what_is_done",
                condition=Q(state=State.DONE) | Q(result=None, told="", link=""),
            ),
            models.CheckConstraint(
                name="jobs_failed_says_why",
                condition=Q(state=State.FAILED) & ~Q(error="") | ~Q(state=State.FAILED) & Q(error=""),
            ),
            models.CheckConstraint(name="jobs_no_more_than_all", condition=Q(total=0) | Q(done__lte=F("total"))),
            models.CheckConstraint(name="jobs_link_is_our_own", condition=Q(link="") | Q(link__regex=r"^/([^/\\]|$)")),
            models.UniqueConstraint(
                name="jobs_asked_once_at_a_time",
                fields=["account", "grant", "kind", "key"],
                condition=Q(state__in=OPEN, cancel_asked=False) & ~Q(key=""),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def known_kind(self) -> Kind | None:
        return kind_named(self.kind)

    @property
    def words(self) -> str:
        return self.known_kind.words if self.known_kind else "Việc chạy lâu"

    @property
    def sign(self) -> str:
        if self.result:
            return self.result.kind.upper()
        return self.known_kind.sign if self.known_kind else "VIỆC"
