import secrets
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from branches.models import DocumentNumber, Organisation
from directives.models import Document
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.reach import reached
from portal.access.rows import GuardedQuerySet
from portal.files.models import StoredFile
from portal.history.tracking import tracked
from portal.words.fields import CodeField, LineField, ProseField

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another when read from paper


def new_code() -> str:
    """K7Q2-9MXD: stands on the last page, and leads to the page where a copy is compared."""
    found = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{found[:4]}-{found[4:]}"


class ReportState(models.TextChoices):
    DRAFT = "draft", "Đang soạn"
    REVIEW = "review", "Chờ duyệt"
    APPROVED = "approved", "Đã duyệt, chờ ban hành"
    ISSUING = "issuing", "Đang lập bản ban hành"  # it has its number; its PDF is being set
    ISSUED = "issued", "Đã ban hành"


class ReportQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """One's own in any state; of those below, what was issued."""
        held = actor.capacity
        own = Q(organisation=held.organisation_id) if held and held.gives(permission) else Q(pk__in=[])
        return self.filter(own | Q(state=ReportState.ISSUED) & reached(actor, permission, column="organisation__path"))

    def issued(self) -> Self:
        return self.filter(state=ReportState.ISSUED)

    def standing(self) -> Self:
        """Not replaced by a later one."""
        return self.issued().filter(replaced_by=None)

    def newest_first(self) -> Self:
        return self.order_by("-last", "-pk")


# What an issued report stood on and what it says: kept as they were, for good.
ISSUED_STAYS = (
    "kind", "organisation_id", "first", "last", "document_id", "facts", "facts_sha256", "number_id", "issued_on", "issued_by_id",
    "pdf_id", "code", "replaces_id", "state",
)  # fmt: skip
SET_STAYS = [name for name in ISSUED_STAYS if name not in ("pdf_id", "state")]  # from the moment it has its number
_CHANGED, _SET_CHANGED = (
    " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in names) for names in (ISSUED_STAYS, SET_STAYS)
)


@tracked(but=("facts",))  # large, and never anybody's own words; what was issued stays in the row
class Report(models.Model):
    """One report of one organisation over one period. `facts`: what it stood on when it was last composed; issued, for good."""

    kind = CodeField("loại báo cáo", max_length=40)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="reports", verbose_name="nơi báo cáo")
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="về văn bản"
    )
    first = models.DateField("từ ngày")
    last = models.DateField("đến hết ngày")
    state = CodeField("tình trạng", max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    facts: Any = models.JSONField("số liệu", default=dict, encoder=DjangoJSONEncoder)
    facts_sha256 = CodeField("dấu của số liệu", max_length=64, blank=True)
    composed_at = models.DateTimeField("tổng hợp lúc")
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người soạn")
    begun_at = models.DateTimeField("bắt đầu lúc", auto_now_add=True)
    remark = ProseField("ý kiến người duyệt", max_length=2_000, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người duyệt"
    )
    number = models.OneToOneField(
        DocumentNumber, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="số văn bản"
    )
    issued_on = models.DateField("ban hành ngày", null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người ban hành"
    )
    pdf = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản PDF"
    )
    code = LineField("mã đối chiếu", max_length=9, unique=True, default=new_code, editable=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="thay cho"
    )

    everything = models.Manager()
    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo"
        verbose_name_plural = "báo cáo"
        constraints = [
            models.UniqueConstraint(
                name="report_begun_once",
                fields=["kind", "organisation", "first", "document"],
                condition=Q(replaces=None),
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="report_state_known", condition=Q(state__in=ReportState.values)),
            models.CheckConstraint(name="report_ends_after_it_begins", condition=Q(last__gte=F("first"))),
            models.CheckConstraint(
                name="report_issued_is_whole",
                condition=~Q(state=ReportState.ISSUED)
                | Q(
                    number__isnull=False,
                    issued_on__isnull=False,
                    issued_by__isnull=False,
                    pdf__isnull=False,
                    facts_sha256__regex=r"^[0-9a-f]{64}$",
                ),
            ),
            models.CheckConstraint(
                name="report_numbered_when_it_goes_out",
                condition=Q(
                    state__in=[ReportState.ISSUING, ReportState.ISSUED], number__isnull=False, issued_on__isnull=False
                )
                | ~Q(state__in=[ReportState.ISSUING, ReportState.ISSUED]) & Q(number=None, issued_on=None),
            ),
            models.CheckConstraint(
                name="report_pdf_of_what_is_issued", condition=Q(state=ReportState.ISSUED) | Q(pdf=None)
            ),
            models.CheckConstraint(
                name="report_approved_by_somebody",
                condition=~Q(state__in=[ReportState.APPROVED, ReportState.ISSUING, ReportState.ISSUED])
                | Q(approved_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-last"], name="report_of_organisation")]
        triggers = [
            pgtrigger.FSM(
                name="state_goes_its_way",
                field="state",
                transitions=[
                    ("draft", "review"), ("review", "draft"), ("review", "approved"), ("approved", "draft"),
                    ("approved", "issuing"), ("issuing", "issued"),
                ],
            ),
            pgtrigger.Trigger(
                name="issued_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                    IF OLD.state = 'issued' AND (TG_OP = 'DELETE' OR {_CHANGED})
                       OR OLD.state = 'issuing' AND (TG_OP = 'DELETE' OR {_SET_CHANGED}) THEN
                        RAISE EXCEPTION 'report_issued_stays' USING ERRCODE = 'check_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.organisation_id} {self.first:%m/%Y}"

    @property
    def is_issued(self) -> bool:
        return self.state == ReportState.ISSUED

    @property
    def successor(self) -> "Report | None":
        """What replaces it, begun or issued."""
        return getattr(self, "replaced_by", None)

    @property
    def arrived(self) -> Any:
        """How it stands at the committee above; None where it is not there."""
        return getattr(self, "arrival", None)

    @property
    def is_open(self) -> bool:
        """Words may still be written."""
        return self.state == ReportState.DRAFT
