"""The register of document numbers. Shared with paper: the portal proposes, and records what was given elsewhere."""

from datetime import date
from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from branches.models.dated import DatedQuerySet, one_at_a_time
from branches.models.organisation import Kind, Organisation
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.words.fields import LineField

# Types of papers by the letters of their symbol. Papers of one symbol share a series: Trung ương's 298-QĐ/TW is a quy định,
# its 328-QĐ/TW a quyết định.
TYPES = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định, quy định", "CT": "Chỉ thị", "KL": "Kết luận", "QC": "Quy chế",
    "TT": "Thông tri", "HD": "Hướng dẫn", "TB": "Thông báo", "BC": "Báo cáo", "KH": "Kế hoạch", "QH": "Quy hoạch",
    "CTr": "Chương trình", "CTHĐ": "Chương trình hành động", "ĐA": "Đề án", "TTr": "Tờ trình", "CV": "Công văn",
    "BB": "Biên bản", "BS": "Bản sao",
}  # fmt: skip
CONGRESS = "ĐH"  # papers of a congress: one series for all types
SERIES = {**TYPES, CONGRESS: "Văn bản của đại hội"}

_SYMBOLS = {
    Kind.CENTRE: "TW", Kind.PROVINCE: "TU", Kind.DISTRICT: "HU", Kind.COMMUNE: "ĐU", Kind.BASE: "ĐU", Kind.PART: "ĐU",
    Kind.BRANCH: "CB", Kind.CELL: "TĐ",
}  # fmt: skip


def symbol_of(organisation: Organisation, on: date) -> str:
    """The letters behind the stroke, as they were on the day: 12-BC/ĐU. Where none are written, those of its kind."""
    standing = organisation.standings.on(on).first()
    return (standing.symbol if standing else "") or _SYMBOLS[Kind(organisation.kind)]


def number_text(number: int, suffix: str = "") -> str:
    """01, 12, 12a."""
    return f"{number:02}{suffix}"


class TermQuerySet(DatedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(organisation__in=Organisation.objects.allowed(actor, permission))

    def of(self, organisation: Organisation) -> Self:
        return self.filter(organisation=organisation)

    def in_order(self) -> Self:
        return self.order_by("-since")


@tracked()
class Term(models.Model):
    """A committee's term. Numbers run through it, and restart with the next."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="terms", verbose_name="tổ chức")
    name = LineField("tên", max_length=60)
    since = models.DateField("từ ngày")
    until = models.DateField("đến hết ngày", null=True, blank=True)

    everything = models.Manager()
    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm kỳ"
        verbose_name_plural = "nhiệm kỳ"
        constraints = [
            models.CheckConstraint(name="term_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="term_ends_after_it_begins", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
            one_at_a_time("term_one_at_a_time", "organisation"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keeps_its_numbers",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF EXISTS (SELECT 1 FROM branches_documentnumber n WHERE n.term_id = NEW.id AND (
                        n.issuer_id <> NEW.organisation_id OR n.dated_on < NEW.since OR n.dated_on > NEW.until
                    )) THEN
                        RAISE EXCEPTION 'term_keeps_its_numbers' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """As a heading: Nhiệm kỳ 2025–2030."""
        return self.name[:1].upper() + self.name[1:]


class NumberState(models.TextChoices):
    RESERVED = "reserved", "Đang giữ"
    ISSUED = "issued", "Đã cấp"
    RECORDED = "recorded", "Ghi từ sổ giấy"
    VOIDED = "voided", "Đã hủy"


class DocumentNumberQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(issuer__in=Organisation.objects.allowed(actor, permission))

    def of_series(self, term: Term, series: str) -> Self:
        return self.filter(issuer=term.organisation_id, term=term, series=series)

    def newest_first(self) -> Self:
        return self.order_by("series", "-number", "-suffix")

    def in_order(self) -> Self:
        return self.order_by("series", "number", "suffix")


@tracked()
class DocumentNumber(models.Model):
    """A line of the register. It is never taken out, and what was voided is not given again."""

    issuer = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="nơi ban hành")
    term = models.ForeignKey(Term, models.PROTECT, related_name="numbers", verbose_name="nhiệm kỳ")
    type = LineField("loại văn bản", max_length=10, choices=list(TYPES.items()))
    series = LineField("dãy số", max_length=10, choices=list(SERIES.items()))  # the type, or the congress's one
    number = models.PositiveIntegerField("số")
    suffix = LineField("chữ kèm số", max_length=1, blank=True)
    symbol = LineField("số, ký hiệu", max_length=40)  # as printed; an organisation's letters may change later
    state = LineField("trạng thái", max_length=10, choices=NumberState.choices)
    dated_on = models.DateField("ngày văn bản", null=True, blank=True)
    subject = LineField("trích yếu", max_length=300, blank=True)
    reason = LineField("lý do giữ, hủy", max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    at = models.DateTimeField("ghi lúc", default=timezone.now)

    everything = models.Manager()
    objects = DocumentNumberQuerySet.as_manager()

    class Meta:
        verbose_name = "số văn bản"
        verbose_name_plural = "sổ số văn bản"
        constraints = [
            models.UniqueConstraint(
                name="document_number_stands_once", fields=["issuer", "term", "series", "number", "suffix"]
            ),
            models.CheckConstraint(name="document_number_type_known", condition=Q(type__in=list(TYPES))),
            models.CheckConstraint(
                name="document_number_series_fits", condition=Q(series=F("type")) | Q(series=CONGRESS)
            ),
            models.CheckConstraint(name="document_number_state_known", condition=Q(state__in=NumberState.values)),
            models.CheckConstraint(name="document_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="document_number_suffix_is_a_letter", condition=Q(suffix__regex="^[a-zđ]?$")),
            models.CheckConstraint(
                name="document_number_used_on_a_day",
                condition=~Q(state__in=["issued", "recorded"]) | Q(dated_on__isnull=False) & ~Q(subject=""),
            ),
            models.CheckConstraint(
                name="document_number_kept_for_a_reason",
                condition=~Q(state__in=["reserved", "voided"]) | ~Q(reason=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="stays_in_the_register", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="stays_what_it_is", fields=["issuer", "term", "type", "series", "number", "suffix"]
            ),
            pgtrigger.FSM(
                name="one_way",
                field="state",
                transitions=[
                    ("reserved", "issued"), ("reserved", "voided"), ("issued", "voided"), ("recorded", "voided"),
                ],
            ),
            pgtrigger.Trigger(
                name="within_its_term",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (SELECT 1 FROM branches_term t WHERE t.id = NEW.term_id
                        AND t.organisation_id = NEW.issuer_id AND (NEW.dated_on IS NULL OR (
                            NEW.dated_on >= t.since AND (t.until IS NULL OR NEW.dated_on <= t.until)
                    ))) THEN
                        RAISE EXCEPTION 'document_number_within_its_term' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.symbol

    @property
    def type_name(self) -> str:
        return TYPES[self.type]

    @property
    def may_be_voided(self) -> bool:
        return self.state != NumberState.VOIDED

    @property
    def is_reserved(self) -> bool:
        return self.state == NumberState.RESERVED
