"""Studying a document (quán triệt): who must, by when, and who has."""

from typing import Self

from django.db import models

from branches.models import Organisation
from directives.models.attached import OfDocumentQuerySet, not_on_secret_ones
from directives.models.document import Document
from members.models import Member
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.words.fields import LineField


@tracked()
class Study(models.Model):
    """An organisation wants a document studied in every branch below it, by a day."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="studies", verbose_name="văn bản")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="studies", verbose_name="nơi giao")
    due_on = models.DateField("hạn, đến hết ngày")
    note = LineField("yêu cầu", max_length=300, blank=True)

    everything = models.Manager()
    objects = OfDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt quán triệt"
        verbose_name_plural = "các đợt quán triệt"
        constraints = [
            models.UniqueConstraint(name="study_once_by_an_organisation", fields=["document", "organisation"])
        ]
        triggers = [not_on_secret_ones("document")]

    def __str__(self) -> str:
        return f"Quán triệt {self.document}"


class SessionQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(organisation__in=Organisation.objects.allowed(actor, permission))

    def latest_first(self) -> Self:
        return self.order_by("-held_on", "-pk")


@tracked()
class StudySession(models.Model):
    """A branch has studied it, in a meeting of its own or within another one."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="sessions", verbose_name="đợt quán triệt")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="nơi tổ chức")
    held_on = models.DateField("ngày")
    within_meeting = models.BooleanField("trong buổi sinh hoạt chi bộ", default=False)
    note = LineField("ghi chú", max_length=300, blank=True)

    everything = models.Manager()
    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "buổi quán triệt"
        verbose_name_plural = "các buổi quán triệt"
        constraints = [
            models.UniqueConstraint(name="study_session_once_a_day", fields=["study", "organisation", "held_on"])
        ]

    def __str__(self) -> str:
        return f"{self.study}, {self.organisation}, {self.held_on:%d/%m/%Y}"


class StudiedQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(session__organisation__in=Organisation.objects.allowed(actor, permission))


@tracked(facts=True)
class Studied(models.Model):
    """This member was there. Kept with the member, wherever they go."""

    session = models.ForeignKey(StudySession, models.CASCADE, related_name="studied", verbose_name="buổi quán triệt")
    member = models.ForeignKey(Member, models.PROTECT, related_name="studied", verbose_name="đảng viên")

    everything = models.Manager()
    objects = StudiedQuerySet.as_manager()

    class Meta:
        verbose_name = "người đã học"
        verbose_name_plural = "người đã học"
        constraints = [models.UniqueConstraint(name="studied_once_in_a_session", fields=["session", "member"])]

    def __str__(self) -> str:
        return f"{self.member}, {self.session}"
