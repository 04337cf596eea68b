from datetime import date
from typing import Self

from django.db import models
from django.db.models import Case, F, Q, When

from branches.models.organisation import Organisation
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.words.fields import LineField, SortKeyField
from portal.words.text import search_key


class SettlementKind(models.TextChoices):
    VILLAGE = "village", "thôn"
    HAMLET = "hamlet", "ấp"
    QUARTER = "quarter", "khóm"
    UPLAND_VILLAGE = "upland village", "bản"
    NEIGHBOURHOOD = "neighbourhood", "tổ dân phố"
    SMALL_VILLAGE = "small village", "xóm"
    OLD_VILLAGE = "old village", "làng"
    PLATEAU_VILLAGE = "plateau village", "buôn"
    STREETS = "streets", "khu phố"


class SettlementQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """Those of the communes one reaches, and those that a branch one reaches covers."""
        reached = Organisation.objects.allowed(actor, permission)
        return self.filter(Q(commune__in=reached) | Q(branch__in=reached))

    def of(self, commune: Organisation) -> Self:
        return self.filter(commune=commune)

    def covered_by(self, branch: Organisation) -> Self:
        return self.filter(branch=branch)

    def without_branch(self) -> Self:
        return self.filter(branch__isnull=True)

    def living(self) -> Self:
        return self.filter(ended_on__isnull=True)

    def ended(self) -> Self:
        return self.filter(ended_on__isnull=False)

    def there_on(self, day: date) -> Self:
        """Whose villages they are is known as of today; that they have ended is dated."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))

    def of_place(self, place: Organisation, day: date) -> Self:
        """Of communes and branches below it on that day, with who answers for each: its branch, if that lived then."""
        below = Organisation.everything.filter(ancestries__ancestor=place, ancestries__days__contains=day).values("pk")
        lived = Q(branch__isnull=False) & (Q(branch__founded_on__isnull=True) | Q(branch__founded_on__lte=day))
        lived &= Q(branch__dissolved_on__isnull=True) | Q(branch__dissolved_on__gt=day)
        answers = Case(When(lived, then=F("branch")), default=F("commune"))
        return self.filter(Q(commune__in=below) | Q(branch__in=below)).annotate(answers=answers).order_by()

    def matching(self, sought: str) -> Self:
        key = search_key(sought)
        return self.filter(search_key__contains=key) if key else self

    def in_order(self) -> Self:
        return self.order_by("sort_key", "pk")


@tracked()
class Settlement(models.Model):
    """A village or neighbourhood of a commune: no level of the Party, so it may lack a branch."""

    name = LineField("tên", max_length=120)  # without its kind: Nà Pài
    kind = LineField("loại", max_length=20, choices=SettlementKind.choices)
    sort_key = SortKeyField(of="name")
    search_key = SortKeyField(of="full_name", by=search_key)
    commune = models.ForeignKey(
        Organisation, models.PROTECT, related_name="settlements", verbose_name="Đảng ủy xã, phường"
    )
    branch = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="covers", verbose_name="chi bộ"
    )
    households = models.PositiveIntegerField("số hộ", null=True, blank=True)
    households_year = models.PositiveSmallIntegerField("số hộ tính đến năm", null=True, blank=True)
    note = LineField("ghi chú", max_length=200, blank=True)
    ended_on = models.DateField("kết thúc ngày", null=True, blank=True)

    everything = models.Manager()
    objects = SettlementQuerySet.as_manager()

    class Meta:
        verbose_name = "thôn, tổ dân phố"
        verbose_name_plural = "thôn, tổ dân phố"
        constraints = [
            models.UniqueConstraint(
                # hoà and hòa are one name; a name may be taken again when its settlement has ended
                name="settlement_living_name_once",
                fields=["commune", "kind", "sort_key"],
                condition=Q(ended_on__isnull=True),
            ),
            models.CheckConstraint(name="settlement_kind_known", condition=Q(kind__in=SettlementKind.values)),
            models.CheckConstraint(name="settlement_has_a_name", condition=~Q(sort_key="")),
            models.CheckConstraint(
                name="settlement_households_of_a_year",
                condition=Q(households__isnull=True, households_year__isnull=True)
                | Q(households__isnull=False, households_year__isnull=False),
            ),
            models.CheckConstraint(
                name="settlement_branch_is_not_its_commune",
                condition=Q(branch__isnull=True) | ~Q(branch=F("commune")),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.get_kind_display()} {self.name}"
