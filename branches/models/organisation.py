from typing import Self

from django.db import models
from django.db.models import Q

from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.reach import reached
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.words.fields import CodeField, LineField, SortKeyField
from portal.words.text import search_key


class Kind(models.TextChoices):
    CENTRE = "centre", "Trung ương"
    PROVINCE = "province", "Tỉnh ủy, Thành ủy"
    DISTRICT = "district", "Huyện ủy"
    COMMUNE = "commune", "Đảng ủy xã, phường, đặc khu"
    BASE = "base", "Đảng bộ cơ sở"
    PART = "part", "Đảng bộ bộ phận"
    BRANCH = "branch", "Chi bộ"
    CELL = "cell", "Tổ đảng"


class Rank(models.TextChoices):
    ABOVE_BASE = "above base", "cấp trên trực tiếp của tổ chức cơ sở đảng"
    BASE = "base", "tổ chức cơ sở đảng"
    PART = "part", "đảng bộ bộ phận"
    UNDER = "under", "chi bộ trực thuộc"
    NONE = "", "không xếp"


class OrganisationQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(reached(actor, permission))

    def at(self, path: str) -> Self:
        return self.filter(path=path)

    def at_or_below(self, path: str) -> Self:
        return self.filter(path__startswith=path)

    def in_order(self) -> Self:
        return self.order_by("sort_key", "pk")

    def matching(self, sought: str) -> Self:
        key = search_key(sought)
        return self.filter(Q(search_key__contains=key) | Q(code=sought.strip())) if key else self


@tracked(but=("path",))
class Organisation(models.Model):
    """A node of the tree, from the province to the branch."""

    code = LineField("mã", max_length=30, unique=True)
    name = LineField("tên", max_length=200)
    sort_key = SortKeyField(of="name")
    search_key = SortKeyField(of="name", by=search_key)
    kind = LineField("loại", max_length=20, choices=Kind.choices)
    rank = LineField("cấp", max_length=20, choices=Rank.choices, blank=True, default=Rank.NONE)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="cấp trên trực tiếp"
    )
    path = CodeField("đường dẫn", max_length=200, unique=True, editable=False)

    everything = models.Manager()
    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "tổ chức"
        verbose_name_plural = "tổ chức"
        constraints = [
            models.CheckConstraint(name="organisation_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="organisation_rank_known", condition=Q(rank__in=Rank.values)),
            models.CheckConstraint(name="organisation_not_its_own_parent", condition=~Q(parent=models.F("pk"))),
            models.CheckConstraint(name="organisation_path_is_one", condition=Q(path__regex=r"^/([0-9]+/)+$")),
        ]

    def __str__(self) -> str:
        return self.name
