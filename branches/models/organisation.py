from datetime import date
from typing import Any, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from branches.models import triggers
from branches.models.ripple import ripples
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.reach import reached
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.words.fields import CodeField, LineField, SortKeyField
from portal.words.text import search_key


class Kind(models.TextChoices):
    """From the highest to the lowest: whoever is placed under another stands lower, so the tree has no circle."""

    CENTRE = "centre", "Trung ương"
    PROVINCE = "province", "Tỉnh ủy, Thành ủy"
    DISTRICT = "district", "Huyện ủy"
    COMMUNE = "commune", "Đảng ủy xã, phường, đặc khu"
    BASE = "base", "Đảng bộ cơ sở"
    PART = "part", "Đảng bộ bộ phận"
    BRANCH = "branch", "Chi bộ"
    CELL = "cell", "Tổ đảng"

    @property
    def height(self) -> int:
        return list(Kind).index(self)


class Rank(models.TextChoices):
    ABOVE_BASE = "above base", "cấp trên trực tiếp của tổ chức cơ sở đảng"
    BASE = "base", "tổ chức cơ sở đảng"
    PART = "part", "đảng bộ bộ phận"
    UNDER = "under", "chi bộ trực thuộc"
    NONE = "", "không xếp"


class BranchType(models.TextChoices):
    VILLAGE = "village", "Thôn, ấp, khóm, bản"
    NEIGHBOURHOOD = "neighbourhood", "Tổ dân phố"
    OFFICE = "office", "Cơ quan"
    SCHOOL = "school", "Trường học"
    HEALTH = "health", "Trạm y tế"
    POLICE = "police", "Công an"
    MILITARY = "military", "Quân sự"
    ENTERPRISE = "enterprise", "Doanh nghiệp"
    COOPERATIVE = "cooperative", "Hợp tác xã"
    OTHER = "other", "Loại khác"
    NONE = "", "không phân loại"


class Area(models.TextChoices):
    URBAN = "urban", "Đô thị"
    DELTA = "delta", "Đồng bằng"
    MIDLAND = "midland", "Trung du"
    MOUNTAIN = "mountain", "Miền núi"
    HIGHLAND = "highland", "Vùng cao"
    ISLAND = "island", "Hải đảo"
    NONE = "", "không ghi"


class Tag(models.TextChoices):
    REMOTE = "remote", "Vùng sâu, vùng xa"
    BORDER = "border", "Biên giới"
    ETHNIC = "ethnic", "Vùng dân tộc thiểu số"
    RELIGION = "religion", "Vùng có đạo"
    POOR = "poor", "Đặc biệt khó khăn"
    INDUSTRY = "industry", "Khu công nghiệp"


TYPED_KINDS = (Kind.BRANCH, Kind.PART, Kind.BASE)


class OrganisationQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(reached(actor, permission))

    def at(self, path: str) -> Self:
        return self.filter(path=path)

    def at_or_below(self, path: str) -> Self:
        return self.filter(path__startswith=path)

    def living(self, on: date) -> Self:
        return self.filter(
            Q(founded_on__isnull=True) | Q(founded_on__lte=on), Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=on)
        )

    def below_as_of(self, root: "Organisation", day: date) -> Self:
        """The subtree of that day, its root included: whoever stood there then, wherever they stand today."""
        return self.filter(Q(ancestries__ancestor=root, ancestries__days__contains=day))

    def as_of(self, day: date) -> Self:
        """With `name_then`, `symbol_then`, `rank_then`, `parent_then` of that day."""
        if day == timezone.localdate():  # today's copy says the same
            return self.annotate(
                name_then=F("name"), symbol_then=F("symbol"), rank_then=F("rank"), parent_then=F("parent")
            )
        standing = self._dated("standings", day).filter(organisation=OuterRef("pk"))
        placement = self._dated("placements", day).filter(organisation=OuterRef("pk"))
        return self.annotate(
            name_then=Subquery(standing.values("name")[:1]),
            symbol_then=Subquery(standing.values("symbol")[:1]),
            rank_then=Subquery(standing.values("rank")[:1]),
            parent_then=Subquery(placement.values("parent")[:1]),
        )

    def placed_under(self, parent: "Organisation", day: date) -> Self:
        """Directly below it on that day."""
        if day == timezone.localdate():
            return self.filter(parent=parent).living(day)
        return self.filter(pk__in=self._dated("placements", day).filter(parent=parent).values("organisation"))

    def with_count_below(self, day: date) -> Self:
        """`below`: how many hung directly under each on that day."""
        counted = self._dated("placements", day).filter(parent=OuterRef("pk")).order_by().values("parent")
        return self.annotate(below=Coalesce(Subquery(counted.annotate(count=Count("pk")).values("count")), 0))

    def _dated(self, relation: str, day: date) -> Any:
        """The dated rows that hang on organisations, which are defined above this module."""
        dated: Any = self.model._meta.get_field(relation).related_model
        return dated.everything.on(day)

    def in_order(self) -> Self:
        return self.order_by("sort_key", "pk")

    def matching(self, sought: str) -> Self:
        key = search_key(sought)
        return self.filter(Q(search_key__contains=key) | Q(code__iexact=sought.strip())) if key else self

    def resembling(self, sought: str) -> Self:
        """Mistyped: the nearest ten names, the nearest first."""
        likeness = TrigramWordSimilarity(search_key(sought), "search_key")
        return self.annotate(likeness=likeness).filter(likeness__gte=0.5).order_by("-likeness", "sort_key")[:10]


@tracked(but=("path",))
class Organisation(models.Model):
    """A node of the tree, from the province to the branch.

    What it is called and where it hangs is dated, in Standing and Placement. Name, symbol, rank, parent and path here are
    today's copy of that, kept by services/tree.py for the door and for every list. One that has ended hangs under who
    keeps its records.
    """

    code = LineField("mã", max_length=30, unique=True)
    name = LineField("tên", max_length=200)
    sort_key = SortKeyField(of="name")
    search_key = SortKeyField(of="name", by=search_key)
    symbol = LineField("ký hiệu trong số văn bản", max_length=20, blank=True)  # ĐU, CB: 12-BC/ĐU
    kind = LineField("loại", max_length=20, choices=Kind.choices)
    rank = LineField("cấp", max_length=20, choices=Rank.choices, blank=True, default=Rank.NONE)
    branch_type = LineField("loại hình", max_length=20, choices=BranchType.choices, blank=True, default=BranchType.NONE)
    area = LineField("địa bàn", max_length=20, choices=Area.choices, blank=True, default=Area.NONE)
    tags = ArrayField(
        CodeField(max_length=20, choices=Tag.choices), verbose_name="diện ưu tiên", default=list, blank=True
    )
    founded_on = models.DateField("lập ngày", null=True, blank=True)  # unknown: it has always been there
    dissolved_on = models.DateField("kết thúc từ ngày", null=True, blank=True)  # the first day without it
    joined_on = models.DateField("dùng cổng từ ngày", null=True, blank=True)  # earlier months are not asked for
    decision = LineField("quyết định thành lập", max_length=200, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="cấp trên trực tiếp"
    )
    keeper = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="kept", verbose_name="nơi giữ hồ sơ"
    )
    path = CodeField("đường dẫn", max_length=200, unique=True, editable=False)

    COPIED = ("name", "sort_key", "search_key", "symbol", "rank", "parent_id", "path")

    everything = models.Manager()
    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "tổ chức"
        verbose_name_plural = "tổ chức"
        constraints = [
            models.CheckConstraint(name="organisation_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="organisation_rank_known", condition=Q(rank__in=Rank.values)),
            models.CheckConstraint(name="organisation_type_known", condition=Q(branch_type__in=BranchType.values)),
            models.CheckConstraint(name="organisation_area_known", condition=Q(area__in=Area.values)),
            models.CheckConstraint(name="organisation_tags_known", condition=Q(tags__contained_by=Tag.values)),
            models.CheckConstraint(
                name="organisation_type_of_branches", condition=Q(branch_type="") | Q(kind__in=TYPED_KINDS)
            ),
            models.CheckConstraint(name="organisation_not_its_own_parent", condition=~Q(parent=F("pk"))),
            models.CheckConstraint(name="organisation_path_is_one", condition=Q(path__regex=r"^/([0-9]+/)+$")),
            models.CheckConstraint(
                name="organisation_ends_after_it_begins",
                condition=Q(dissolved_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(dissolved_on__gt=F("founded_on")),
            ),
            models.CheckConstraint(
                name="organisation_kept_when_ended", condition=Q(keeper__isnull=True) | Q(dissolved_on__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["parent", "sort_key"], name="organisation_children"),
            models.Index(fields=["keeper"], name="organisation_kept"),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="organisation_search"),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="kind_stays", fields=["kind"]),
            *triggers.of_organisations(),
            *ripples(),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_typed(self) -> bool:
        """Has a branch type: village, school, company …"""
        return self.kind in TYPED_KINDS

    @property
    def tag_names(self) -> list[str]:
        return [Tag(tag).label for tag in self.tags]

    def lives_on(self, day: date) -> bool:
        return (self.founded_on is None or self.founded_on <= day) and not self.ended_by(day)

    def ended_by(self, day: date) -> bool:
        return self.dissolved_on is not None and self.dissolved_on <= day
