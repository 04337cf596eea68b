from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from branches.models import Organisation
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.files.models import StoredFile
from portal.jobs.models import Job
from portal.words.fields import CodeField, LineField


class OfAnOffice(GuardedQuerySet):
    """What an office does with its sheets: seen where it may do it."""

    place = "organisation"

    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(**{f"{self.place}__in": Organisation.objects.allowed(actor, permission)})


class Import(models.Model):
    """One sheet of members: brought, checked, shown, written, and for a day taken back as a whole."""

    class State(models.TextChoices):
        BROUGHT = "brought", "Chờ ghép cột"
        CHECKED = "checked", "Đã kiểm tra, chưa nhập"
        APPLIED = "applied", "Đã nhập"
        UNDONE = "undone", "Đã hoàn tác"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="nơi nhập")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người nhập")
    at = models.DateTimeField("lúc", auto_now_add=True)
    name = LineField("tên tệp", max_length=200)
    sha256 = CodeField("dấu SHA-256", max_length=64)
    file = models.OneToOneField(
        StoredFile, models.SET_NULL, null=True, related_name="+", verbose_name="tệp"
    )  # gone after some days; the numbers stay
    job = models.ForeignKey(
        Job, models.SET_NULL, null=True, related_name="+", verbose_name="việc đang chạy"
    )  # the last one that was asked for it; gone when it expires
    rows = models.PositiveIntegerField("số dòng của tệp", default=0)
    headings = models.JSONField(default=list)  # what stands over each column
    begins = models.PositiveIntegerField(default=1)  # the first row below the headings, as the sheet numbers it
    places = models.JSONField(default=dict)  # our column → the sheet's
    state = LineField("tình trạng", max_length=10, choices=State.choices, default=State.BROUGHT)
    new = models.PositiveIntegerField("mới", default=0)
    changed = models.PositiveIntegerField("thay đổi", default=0)
    unchanged = models.PositiveIntegerField("không đổi", default=0)
    wrong = models.PositiveIntegerField("cần sửa", default=0)
    written_by = models.JSONField(default=list)  # numbers of the transactions whose rows are this import's
    applied_at = models.DateTimeField("nhập lúc", null=True)
    undone_at = models.DateTimeField("hoàn tác lúc", null=True)

    everything = models.Manager()
    objects = OfAnOffice.as_manager()

    class Meta:
        verbose_name = "lần nhập đảng viên"
        verbose_name_plural = "các lần nhập đảng viên"
        constraints = [
            models.CheckConstraint(
                name="import_state_known", condition=Q(state__in=["brought", "checked", "applied", "undone"])
            ),
            models.CheckConstraint(
                name="import_has_its_times",
                condition=Q(state__in=["brought", "checked"], applied_at__isnull=True)
                | Q(state="applied", applied_at__isnull=False, undone_at__isnull=True)
                | Q(state="undone", applied_at__isnull=False, undone_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-at"], name="import_latest")]

    def __str__(self) -> str:
        return f"{self.number}: {self.name}"

    @property
    def number(self) -> str:
        """What stands on the receipt."""
        return f"NĐV-{self.pk:05}"

    @property
    def is_at_work(self) -> bool:
        """A worker is at it, or will be: until then nobody does anything else with it."""
        return self.job is not None and self.job.is_open


class ImportRow(models.Model):
    """One line as it was understood: what it would write, over what, and the state of the record that it was compared with.

    Kept until the import can no longer be taken back: it is the list of what is written, and the way back.
    """

    class Verdict(models.TextChoices):
        NEW = "new", "Mới"
        CHANGED = "changed", "Thay đổi"
        UNCHANGED = "unchanged", "Không đổi"
        WRONG = "wrong", "Cần sửa"

    of = models.ForeignKey(Import, models.CASCADE, related_name="lines", verbose_name="lần nhập")
    number = models.PositiveIntegerField("dòng")
    verdict = LineField("kết quả", max_length=10, choices=Verdict.choices)
    name = LineField("họ và tên", max_length=300, blank=True)
    member = models.BigIntegerField(null=True)  # of a new one the number that was drawn for it: no relation
    seen = models.BigIntegerField(null=True)  # which transaction wrote the record that was compared with
    branch = models.BigIntegerField(null=True)  # where it comes to; of a changed one only where it moves
    branch_since = models.DateField(null=True)
    state = LineField(max_length=20, blank=True, default="")  # what it becomes
    state_since = models.DateField(null=True)
    relief = LineField(max_length=20, blank=True, default="")
    facts = models.JSONField(default=dict)  # by column: what is written
    before = models.JSONField(default=dict)  # by column: what stood there
    reasons = models.JSONField(default=list)  # of a wrong one: [column, sentence]

    class Rows(OfAnOffice):
        place = "of__organisation"

    everything = models.Manager()
    objects = Rows.as_manager()

    class Meta:
        verbose_name = "dòng nhập"
        verbose_name_plural = "dòng nhập"
        constraints = [
            models.CheckConstraint(
                name="import_row_verdict_known", condition=Q(verdict__in=["new", "changed", "unchanged", "wrong"])
            ),
            models.CheckConstraint(name="import_row_says_whom", condition=Q(verdict="wrong") | Q(member__isnull=False)),
        ]
        indexes = [models.Index(fields=["of", "verdict", "number"], name="import_row_shown")]

    def __str__(self) -> str:
        return f"{self.number}: {self.name}"


class ImportMapping(models.Model):
    """How an office has matched the columns of a sheet by hand: the next sheet with the same headings asks nothing."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name="nơi nhập")
    headings = CodeField("dấu của các tên cột", max_length=64)
    places = models.JSONField(default=dict)

    everything = models.Manager()
    objects = OfAnOffice.as_manager()

    class Meta:
        verbose_name = "cách ghép cột"
        verbose_name_plural = "các cách ghép cột"
        constraints = [models.UniqueConstraint("organisation", "headings", name="import_mapping_once")]

    def __str__(self) -> str:
        return self.headings[:8]
