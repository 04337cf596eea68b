from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from branches.models import Organisation
from branches.models.dated import Dated, DatedQuerySet, DatedRows, ends_after_it_begins, one_at_a_time
from members.models.state import State, StateSpell
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.tracking import tracked
from portal.words.fields import LineField


class MembershipKind(models.TextChoices):
    MAIN = "main", "Chính thức"
    TEMPORARY = "temporary", "Tạm thời"


class _Rolls:
    """Words of memberships, the same in front of the door and behind it."""

    def expected_on(self, day: date) -> Self:
        """Who is expected at a meeting on that day: the one place where this is decided.

        In the Party, neither exempt nor deferred; where the temporary membership is, while there is one that attends;
        else where the main one is.
        """
        spells = StateSpell.everything.on(day).filter(member=OuterRef("member"))
        away = Membership.everything.on(day).filter(
            member=OuterRef("member"), kind=MembershipKind.TEMPORARY, attends=True
        )
        return (
            self.on(day)  # type: ignore[attr-defined]
            .filter(Exists(spells.filter(state__in=State.present())), ~Exists(spells.filter(state__in=State.reliefs())))
            .filter(Q(kind=MembershipKind.TEMPORARY, attends=True) | Q(kind=MembershipKind.MAIN) & ~Exists(away))
        )

    def voting_on(self, day: date) -> Self:
        """Full members among those expected; those on probation attend and do not vote."""
        full = StateSpell.everything.on(day).filter(member=OuterRef("member"), state=State.FULL)
        return self.expected_on(day).filter(Exists(full))

    def working_on(self, day: date) -> Self:
        """“Đảng viên đang công tác”, who must have tasks: main memberships, neither exempt nor deferred, the retired too."""
        relieved = StateSpell.everything.on(day).filter(member=OuterRef("member"), state__in=State.reliefs())
        return self.counted_on(day).filter(~Exists(relieved))

    def counted_on(self, day: date) -> Self:
        """The strength (đảng số): main memberships of those in the Party, exempt ones included, temporary ones not."""
        spells = StateSpell.everything.on(day).filter(member=OuterRef("member"), state__in=State.present())
        return self.on(day).filter(Exists(spells), kind=MembershipKind.MAIN)  # type: ignore[attr-defined]


class MembershipRows(_Rolls, DatedRows):
    pass


class MembershipQuerySet(_Rolls, DatedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """A branch keeps sight of who was with it, and of when; not of what came later elsewhere."""
        if permission is Permission.SEE_OWN_RECORD:
            return self.filter(member__account=actor.account)
        return self.filter(organisation__in=Organisation.objects.allowed(actor, permission))


@tracked(facts=True)
class Membership(Dated):
    """In which branch somebody is from when to when; one main one at a time, temporary ones beside it."""

    member = models.ForeignKey("members.Member", models.CASCADE, related_name="memberships", verbose_name="đảng viên")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships", verbose_name="chi bộ")
    kind = LineField("loại", max_length=10, choices=MembershipKind.choices, default=MembershipKind.MAIN)
    attends = models.BooleanField("dự họp ở đây", default=True)
    ground = LineField("lý do", max_length=200, blank=True)
    decision = LineField("giấy giới thiệu, quyết định", max_length=200, blank=True)

    everything = MembershipRows.as_manager()
    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "sinh hoạt tại chi bộ"
        verbose_name_plural = "sinh hoạt tại chi bộ"
        constraints = [
            models.CheckConstraint(name="membership_kind_known", condition=Q(kind__in=MembershipKind.values)),
            ends_after_it_begins("membership_ends_after_it_begins"),
            one_at_a_time("membership_main_one_at_a_time", "member", among=Q(kind=MembershipKind.MAIN)),
            one_at_a_time("membership_temporary_one_at_a_time", "member", among=Q(kind=MembershipKind.TEMPORARY)),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} tại {self.organisation_id}"


class ResidenceStatus(models.TextChoices):
    INTRODUCED = "introduced", "Đã giới thiệu"
    EXCUSED = "excused", "Đã giới thiệu, miễn sinh hoạt nơi cư trú"
    NOT_INTRODUCED = "not introduced", "Thuộc diện không giới thiệu"


class ResidenceLinkQuerySet(DatedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        if permission is Permission.SEE_OWN_RECORD:
            return self.filter(member__account=actor.account)
        return self.filter(branch__in=Organisation.objects.allowed(actor, permission))


@tracked(facts=True)
class ResidenceLink(Dated):
    """Quy định 213: where a member who works elsewhere lives. No vote there, and never counted there."""

    member = models.ForeignKey("members.Member", models.CASCADE, related_name="residences", verbose_name="đảng viên")
    branch = models.ForeignKey(Organisation, models.PROTECT, related_name="residents", verbose_name="chi bộ nơi cư trú")
    status = LineField("tình trạng", max_length=20, choices=ResidenceStatus.choices, default=ResidenceStatus.INTRODUCED)

    everything = DatedRows.as_manager()
    objects = ResidenceLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "liên hệ nơi cư trú"
        verbose_name_plural = "liên hệ nơi cư trú"
        constraints = [
            models.CheckConstraint(name="residence_status_known", condition=Q(status__in=ResidenceStatus.values)),
            ends_after_it_begins("residence_ends_after_it_begins"),
            one_at_a_time("residence_one_at_a_time", "member"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} ở {self.branch_id}"
