import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.files import names
from portal.files.doors import registered_doors
from portal.files.kinds import STORED, Kind
from portal.words.fields import CodeField, LineField


class StoredFileQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """One's own that no app has taken over. The files of an app are listed by the app, from its own rows."""
        return self.filter(uploaded_by=actor.account).exclude(door__in=registered_doors())

    def latest_first(self) -> Self:
        return self.order_by("-uploaded_at", "pk")


class StoredFile(models.Model):
    """A file as it lies in the private store: inspected, and never changed after."""

    id = models.UUIDField("mã", primary_key=True, default=uuid.uuid4, editable=False)
    name = LineField("tên tệp", max_length=names.LONGEST)
    kind = CodeField("loại tệp", max_length=4, choices=Kind.choices)
    size = models.PositiveIntegerField("dung lượng (byte)")
    sha256 = CodeField("dấu SHA-256", max_length=64)
    path = CodeField("nơi cất", max_length=80, unique=True, editable=False)
    door = CodeField("thuộc phần", max_length=60, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người đưa lên"
    )
    uploaded_at = models.DateTimeField("đưa lên lúc", default=timezone.now, editable=False)

    everything = models.Manager()
    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp"
        verbose_name_plural = "tệp"
        constraints = [
            models.CheckConstraint(name="files_name_is_said", condition=~models.Q(name="")),
            models.CheckConstraint(name="files_kind_is_stored", condition=models.Q(kind__in=sorted(STORED))),
            models.CheckConstraint(name="files_holds_something", condition=models.Q(size__gt=0)),
            models.CheckConstraint(name="files_sha256_is_one", condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$")),
            # whatever else goes wrong, no row leads out of the store
            models.CheckConstraint(
                name="files_path_is_in_store",
                condition=models.Q(path__regex=r"^stored/[0-9a-f]{2}/[0-9a-f]{32}\.[a-z]{3,4}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def content_type(self) -> str:
        return Kind(self.kind).facts.content_type
