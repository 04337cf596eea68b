from typing import Self

from django.db import models
from django.db.models import Q

from branches.models import Organisation
from branches.models.dated import Dated, DatedQuerySet, DatedRows, ends_after_it_begins, one_at_a_time
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.tracking import tracked
from portal.words.fields import LineField


class State(models.TextChoices):
    """Somebody is always in one of the first; exempt or deferred they are beside being a member."""

    PROBATIONARY = "probationary", "Dự bị"
    FULL = "full", "Chính thức"
    MOVED_AWAY = "moved away", "Chuyển đi nơi khác"
    DIED = "died", "Từ trần"
    LEFT = "left", "Xin ra khỏi Đảng"
    STRUCK_OFF = "struck off", "Xóa tên"
    EXPELLED = "expelled", "Khai trừ"
    EXEMPT = "exempt", "Miễn công tác và sinh hoạt"
    DEFERRED = "deferred", "Tạm hoãn sinh hoạt"

    @classmethod
    def present(cls) -> list["State"]:
        return [cls.PROBATIONARY, cls.FULL]

    @classmethod
    def reliefs(cls) -> list["State"]:
        """Not expected at meetings, and in no denominator."""
        return [cls.EXEMPT, cls.DEFERRED]

    @classmethod
    def gone(cls) -> list["State"]:
        return [cls.MOVED_AWAY, cls.DIED, cls.LEFT, cls.STRUCK_OFF, cls.EXPELLED]

    @classmethod
    def main(cls) -> list["State"]:
        return [*cls.present(), *cls.gone()]


class StateSpellQuerySet(DatedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        if permission is Permission.SEE_OWN_RECORD:
            return self.filter(member__account=actor.account)
        return self.filter(member__branch__in=Organisation.objects.allowed(actor, permission))


@tracked(facts=True)
class StateSpell(Dated):
    """In which state somebody was from when to when, on what ground and by which decision."""

    member = models.ForeignKey("members.Member", models.CASCADE, related_name="spells", verbose_name="đảng viên")
    state = LineField("tình trạng", max_length=20, choices=State.choices)
    ground = LineField("lý do", max_length=200, blank=True)
    decision = LineField("quyết định", max_length=200, blank=True)

    everything = DatedRows.as_manager()
    objects = StateSpellQuerySet.as_manager()

    class Meta:
        verbose_name = "tình trạng của đảng viên"
        verbose_name_plural = "tình trạng của đảng viên"
        constraints = [
            models.CheckConstraint(name="state_known", condition=Q(state__in=State.values)),
            ends_after_it_begins("state_ends_after_it_begins"),
            one_at_a_time("state_main_one_at_a_time", "member", among=Q(state__in=State.main())),
            one_at_a_time("state_relief_one_at_a_time", "member", among=Q(state__in=State.reliefs())),
        ]

    def __str__(self) -> str:
        return self.get_state_display()
