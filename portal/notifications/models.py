from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.reach import reached
from portal.access.rows import GuardedQuerySet
from portal.duties.rules import Duty, Step, duty_named
from portal.words.fields import CodeField, LineField

LONGEST_ERROR = 300


class NoticeQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """One's own; an office sees which reminders went out about what lies in its reach."""
        if permission is Permission.SEE_OWN_RECORD:
            return self.filter(account=actor.account)
        return self.filter(reached(actor, permission, column="place"))

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def latest_first(self) -> Self:
        return self.order_by("-told_on", "due_on", "pk")

    def not_carried_by(self, channel: str) -> Self:
        return self.filter(~Exists(Carried.everything.filter(notice=OuterRef("pk"), channel=channel)))


class Notice(models.Model):
    """That somebody was told of a duty at a stage of it: the inbox. Each once, by the database."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="người nhận")
    rule = CodeField("việc", max_length=60)
    subject = CodeField("của", max_length=80)
    stage = models.SmallIntegerField("lần nhắc")  # days from the last good day: -7, 1
    due_on = models.DateField("hạn")
    facts = models.JSONField("nội dung", default=dict)  # what the rule makes its sentence of
    place = CodeField("nơi", max_length=200)  # path in the tree when it was told
    told_on = models.DateField("nhắc ngày")
    told_at = models.DateTimeField("nhắc lúc", default=timezone.now)
    read_at = models.DateTimeField("đọc lúc", null=True)

    everything = models.Manager()
    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo"
        verbose_name_plural = "thông báo"
        constraints = [models.UniqueConstraint("account", "rule", "subject", "stage", name="notice_told_once")]
        indexes = [
            models.Index(fields=["account", "-told_on"], name="notice_inbox"),
            models.Index(fields=["account"], name="notice_unread", condition=Q(read_at=None)),
            models.Index(fields=["told_on"], name="notice_day"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.subject}: {self.stage}"

    @property
    def duty(self) -> Duty | None:
        return duty_named(self.rule)

    @property
    def title(self) -> str:
        return self.duty.title if self.duty else "Việc trước đây"

    @property
    def words(self) -> str:
        return self.duty.words(self.facts) if self.duty else self.title

    @property
    def step(self) -> Step | None:
        return self.duty.step(self.facts, timezone.localdate()) if self.duty else None

    @property
    def tone(self) -> str:
        return "bad" if self.stage > 0 else "info"

    @property
    def sign(self) -> str:
        return "alert" if self.stage > 0 else "clock"


class State(models.TextChoices):
    WAITING = "waiting", "đang chờ gửi"
    SENT = "sent", "đã gửi"
    FAILED = "failed", "không gửi được"


class DeliveryQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """Those that carry something about a place in reach."""
        theirs = Notice.everything.filter(reached(actor, permission, column="place"))
        return self.filter(Exists(Carried.everything.filter(delivery=OuterRef("pk"), notice__in=theirs)))

    def due(self, now: datetime) -> Self:
        return self.filter(state=State.WAITING, next_try_at__lte=now)

    def failed(self) -> Self:
        return self.filter(state=State.FAILED)

    def latest_first(self) -> Self:
        return self.order_by("-on", "-pk")


class Delivery(models.Model):
    """What goes to one person by one channel on one day: all that was not carried there yet."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="người nhận")
    channel = CodeField("đường gửi", max_length=20)
    on = models.DateField("ngày")
    state = CodeField("tình trạng", max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    asked_again = models.PositiveSmallIntegerField("số lần gửi lại", default=0)
    next_try_at = models.DateTimeField("thử lúc", default=timezone.now)
    sent_at = models.DateTimeField("gửi lúc", null=True)
    error = LineField("lỗi", max_length=LONGEST_ERROR, blank=True)

    everything = models.Manager()
    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt gửi"
        verbose_name_plural = "lượt gửi"
        constraints = [
            models.UniqueConstraint("account", "channel", "on", name="delivery_once_a_day"),
            models.CheckConstraint(name="delivery_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="delivery_sent_has_its_time",
                condition=Q(state=State.SENT, sent_at__isnull=False, error="") | ~Q(state=State.SENT),
            ),
            models.CheckConstraint(name="delivery_failed_says_why", condition=~Q(state=State.FAILED) | ~Q(error="")),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], name="delivery_due", condition=Q(state="waiting")),
            models.Index(fields=["-on", "-id"], name="delivery_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.on}: {self.account_id}"

    @property
    def is_open(self) -> bool:
        return self.state == State.WAITING

    @property
    def words(self) -> str:
        if self.state == State.SENT and self.sent_at:
            return f"Đã gửi {timezone.localtime(self.sent_at):%H:%M}"
        if self.is_open and self.attempts:
            return f"Thử lại lúc {timezone.localtime(self.next_try_at):%H:%M}"
        return State(self.state).label.capitalize()

    @property
    def tone(self) -> str:
        return {State.SENT: "ok", State.FAILED: "bad"}.get(State(self.state), "warn" if self.attempts else "mute")

    @property
    def sign(self) -> str:
        return {State.SENT: "check", State.FAILED: "alert"}.get(State(self.state), "clock")


class Carried(models.Model):
    """Which notice went in which delivery: by one channel each goes once."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="carried", verbose_name="lượt gửi")
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="carried", verbose_name="thông báo")
    channel = CodeField("đường gửi", max_length=20)

    class Rows(GuardedQuerySet):
        def within_reach(self, actor: Actor, permission: Permission) -> Self:
            return self.filter(notice__in=Notice.objects.allowed(actor, permission))

    everything = models.Manager()
    objects = Rows.as_manager()

    class Meta:
        verbose_name = "thông báo trong lượt gửi"
        verbose_name_plural = "thông báo trong lượt gửi"
        constraints = [models.UniqueConstraint("notice", "channel", name="notice_carried_once")]

    def __str__(self) -> str:
        return f"{self.notice_id} in {self.delivery_id}"


class Choice(models.Model):
    """Whether somebody wants what a channel brings. Who has said nothing wants it."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="tài khoản")
    channel = CodeField("đường gửi", max_length=20)
    wanted = models.BooleanField("muốn nhận", default=True)

    class Rows(GuardedQuerySet):
        def within_reach(self, actor: Actor, permission: Permission) -> Self:
            return self.filter(account=actor.account)

    everything = models.Manager()
    objects = Rows.as_manager()

    class Meta:
        verbose_name = "lựa chọn nhận thông báo"
        verbose_name_plural = "lựa chọn nhận thông báo"
        constraints = [models.UniqueConstraint("account", "channel", name="choice_once_a_channel")]

    def __str__(self) -> str:
        return f"{self.channel}: {self.wanted}"


class MorningQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """Days and sums of the whole portal: nobody's in particular."""
        return self.all()

    def latest_first(self) -> Self:
        return self.order_by("-on")


class Morning(models.Model):
    """That everything due was looked through on a day: once, however many beats say so, and later where it was missed."""

    on = models.DateField("ngày", unique=True)
    finished_at = models.DateTimeField("xong lúc", default=timezone.now)
    told = models.PositiveIntegerField("số thông báo", default=0)
    to_send = models.PositiveIntegerField("số lượt gửi", default=0)

    everything = models.Manager()
    objects = MorningQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt nhắc việc"
        verbose_name_plural = "các lượt nhắc việc"

    def __str__(self) -> str:
        return f"{self.on}: {self.told}"
