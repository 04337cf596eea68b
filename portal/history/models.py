from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.reach import paths_down_to, reached
from portal.access.rows import GuardedQuerySet
from portal.words.fields import CodeField, LineField


class Deed(models.TextChoices):
    READ = "read", "đọc phần đóng"
    EXPORTED = "exported", "xuất danh sách"
    DOWNLOADED = "downloaded", "tải tệp"
    ASKED = "asked", "xin xem hồ sơ"


class TraceQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """Traces of data that lies where the actor's capacity reaches; and what was asked of all that lies around it."""
        around = self._asked_around(actor.capacity.path) if actor.capacity else Q()
        return self.filter(reached(actor, permission, column="place") | around)

    def of_place(self, path: str) -> Self:
        return self.filter(Q(place__startswith=path) | self._asked_around(path))

    def _asked_around(self, path: str) -> Q:
        """Who asks to see the persons of a commune asks to see those of its branches."""
        return Q(deed=Deed.ASKED, place__in=paths_down_to(path))


class AccessTrace(models.Model):
    """That somebody read closed data, exported or downloaded. Never changed, never removed; the place concerned may see it.

    Written on a connection of its own (traces.py): it stands even when the page that was read failed afterwards. So its
    columns point at other rows without a constraint that would have to wait for them.
    """

    at = models.DateTimeField("lúc", auto_now_add=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, db_constraint=False, related_name="+", verbose_name="người xem"
    )
    capacity = LineField("vai trò", max_length=200, blank=True)
    deed = LineField("việc", max_length=20, choices=Deed.choices)
    subject = LineField("nội dung", max_length=300)
    reason = LineField("lý do", max_length=300, blank=True)
    place = CodeField("nơi có dữ liệu", max_length=200, db_index=True)  # path in the tree
    request = CodeField("số yêu cầu", max_length=9, blank=True)

    everything = models.Manager()
    objects = TraceQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt truy cập"
        verbose_name_plural = "sổ truy cập"
        constraints = [models.CheckConstraint(name="access_trace_deed_known", condition=Q(deed__in=Deed.values))]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_deed_display()}: {self.subject}"
