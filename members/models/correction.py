from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from branches.models import Organisation
from members.models.member import Member
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.words.fields import CodeField, LineField
from portal.words.quantities import day


class CorrectionQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        if permission is Permission.SEE_OWN_RECORD:
            return self.filter(asked_by=actor.account)
        return self.filter(member__branch__in=Organisation.objects.allowed(actor, permission))

    def waiting(self) -> Self:
        return self.filter(answer=Correction.Answer.WAITING)


@tracked()
class Correction(models.Model):
    """A member finds the own record wrong and says what is right; the secretary confirms or says why not."""

    class Answer(models.TextChoices):
        WAITING = "waiting", "Đang chờ"
        ACCEPTED = "accepted", "Đã sửa"
        REFUSED = "refused", "Không sửa"

    member = models.ForeignKey("members.Member", models.CASCADE, related_name="corrections", verbose_name="đảng viên")
    column = CodeField("mục", max_length=40)
    before = LineField("đang ghi", max_length=300, blank=True)
    after = LineField("xin sửa thành", max_length=300, blank=True)
    note = LineField("lý do, giấy tờ", max_length=300, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người xin")
    asked_at = models.DateTimeField("xin lúc", default=timezone.now, editable=False)  # comes back unchanged when undone
    answer = LineField("trả lời", max_length=10, choices=Answer.choices, default=Answer.WAITING)
    reason = LineField("vì sao không sửa", max_length=300, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người trả lời"
    )
    answered_at = models.DateTimeField("trả lời lúc", null=True)

    everything = models.Manager()
    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "đề nghị sửa hồ sơ"
        verbose_name_plural = "đề nghị sửa hồ sơ"
        constraints = [
            models.CheckConstraint(
                name="correction_answer_known", condition=Q(answer__in=["waiting", "accepted", "refused"])
            ),
            models.UniqueConstraint("member", "column", condition=Q(answer="waiting"), name="correction_asked_once"),
            models.CheckConstraint(
                name="correction_refused_with_reason", condition=~Q(answer="refused") | ~Q(reason="")
            ),
        ]

        indexes = [models.Index(fields=["member"], name="correction_waiting", condition=Q(answer="waiting"))]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.column}"

    @property
    def label(self) -> str:
        return str(self._field.verbose_name)

    @property
    def said_before(self) -> str:
        return self._said(self.before)

    @property
    def said_after(self) -> str:
        return self._said(self.after)

    @property
    def _field(self) -> Any:
        return Member._meta.get_field(self.column)

    def _said(self, kept: str) -> str:
        """As people read it: a day as a day, a choice by its words."""
        if not kept:
            return "chưa ghi"
        if isinstance(self._field, models.DateField):
            return day(date.fromisoformat(kept))
        return str(dict(self._field.flatchoices).get(kept, kept))
