from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from branches.models.organisation import Organisation
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.words.fields import LineField, ProseField


class Deed(models.TextChoices):
    FOUND = "found", "Thành lập"
    RENAME = "rename", "Đổi tên, đổi cấp"
    MOVE = "move", "Chuyển trực thuộc"
    MERGE = "merge", "Sáp nhập"
    SPLIT = "split", "Chia tách"
    DISSOLVE = "dissolve", "Giải thể"
    ABOLISH = "abolish", "Kết thúc một cấp"


class ReorganisationQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """Those that touched an organisation within reach."""
        return self.filter(
            pk__in=Touch.objects.everywhere(reason="narrowed by the line below")
            .filter(organisation__in=Organisation.objects.allowed(actor, permission))
            .values("reorganisation")
        )

    def in_order(self) -> Self:
        return self.order_by("-on", "-pk")


@tracked(but=("journal", "counts"))
class Reorganisation(models.Model):
    """One act on the tree: its day, its decision, what it did in words, and how to take it back."""

    deed = LineField("việc", max_length=20, choices=Deed.choices)
    on = models.DateField("từ ngày")
    decision = LineField("căn cứ", max_length=200, blank=True)
    title = LineField("nội dung", max_length=300)
    told = ArrayField(ProseField(), verbose_name="những gì đã làm", default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người thực hiện"
    )
    at = models.DateTimeField("lúc", auto_now_add=True)
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, editable=False)
    # every row it wrote, as it was before and after, in order; read backwards to undo it
    journal = models.JSONField(default=list, editable=False, encoder=DjangoJSONEncoder)
    # rows that stood on those who received, right afterwards: more means that something was recorded there since
    counts = models.JSONField(default=dict, editable=False)

    everything = models.Manager()
    objects = ReorganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "lần sắp xếp tổ chức"
        verbose_name_plural = "các lần sắp xếp tổ chức"
        constraints = [models.CheckConstraint(name="reorganisation_deed_known", condition=Q(deed__in=Deed.values))]

    def __str__(self) -> str:
        return self.title


class Touch(models.Model):
    """Which organisations a reorganisation concerned: it stands in the history of each."""

    reorganisation = models.ForeignKey(Reorganisation, models.CASCADE, related_name="touches")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="touches")
    changed = models.BooleanField(default=True)  # or it only gave or received

    everything = models.Manager()
    objects = GuardedQuerySet.as_manager()
    is_derived = True

    class Meta:
        verbose_name = "tổ chức liên quan"
        verbose_name_plural = "tổ chức liên quan"
        constraints = [models.UniqueConstraint("reorganisation", "organisation", name="touch_once")]

    def __str__(self) -> str:
        return f"{self.reorganisation}: {self.organisation}"


@tracked()
class Succession(models.Model):
    """Who went on in whom, from which day: many into one, or one into many."""

    old = models.ForeignKey(Organisation, models.CASCADE, related_name="successions", verbose_name="tổ chức cũ")
    new = models.ForeignKey(Organisation, models.CASCADE, related_name="precessions", verbose_name="tổ chức kế tục")
    on = models.DateField("từ ngày")

    everything = models.Manager()
    objects = GuardedQuerySet.as_manager()

    class Meta:
        verbose_name = "quan hệ kế tục"
        verbose_name_plural = "quan hệ kế tục"
        constraints = [
            models.UniqueConstraint("old", "new", name="succession_once"),
            models.CheckConstraint(name="succession_of_another", condition=~Q(old=F("new"))),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
