"""Interim and final reviews of a document (sơ kết, tổng kết): who is asked, and what each organisation answers."""

from typing import Self

import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from branches.models import Kind, Organisation
from directives.models.attached import not_on_secret_ones
from directives.models.document import Document
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.reach import reached
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.words.fields import CodeField, ProseField

ANSWERING = (Kind.COMMUNE, Kind.BASE, Kind.PART, Kind.BRANCH)
# What people add to the figures, in the order of the paper.
HEADINGS = {
    "results": "Kết quả nổi bật",
    "shortcomings": "Hạn chế",
    "causes": "Nguyên nhân",
    "directions": "Phương hướng, nhiệm vụ",
    "proposals": "Kiến nghị",
}
LONGEST_JUDGEMENT = 8_000


class ReviewKind(models.TextChoices):
    INTERIM = "interim", "Sơ kết"
    FINAL = "final", "Tổng kết"


class PartState(models.TextChoices):
    OPEN = "open", "Chưa gửi"
    SENT = "sent", "Đã gửi, chờ nhận xét"
    RETURNED = "returned", "Trả lại để bổ sung"
    ACCEPTED = "accepted", "Đã nhận"

    @property
    def is_here(self) -> bool:
        """With the issuer: its words and figures stand."""
        return self in (PartState.SENT, PartState.ACCEPTED)


HERE = [PartState.SENT.value, PartState.ACCEPTED.value]


class ReviewQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """Opened where one reaches; or somebody within one's reach answers."""
        answered = ReviewPart.objects.allowed(actor, permission).values("review")
        return self.filter(reached(actor, permission, column="organisation__path") | Q(pk__in=answered))

    def newest_first(self) -> Self:
        return self.order_by("-opened_on", "-pk")


@tracked()
class Review(models.Model):
    """Whoever hands a document on looks back on it: over a period, with an answer of each organisation of one kind below."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="reviews", verbose_name="văn bản")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="reviews", verbose_name="nơi mở")
    kind = CodeField("hình thức", max_length=10, choices=ReviewKind.choices)
    since = models.DateField("từ ngày")
    until = models.DateField("đến hết ngày")
    due_on = models.DateField("hạn gửi, đến hết ngày")
    answering = CodeField("nơi báo cáo", max_length=20, choices=[(kind.value, kind.label) for kind in ANSWERING])
    guidance = ProseField("hướng dẫn", max_length=4_000, blank=True)
    conclusion = ProseField("kết luận chung", max_length=20_000, blank=True)
    opened_on = models.DateField("mở ngày")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người mở")
    closed_on = models.DateField("kết thúc ngày", null=True, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)  # of the conclusion

    everything = models.Manager()
    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt sơ kết, tổng kết"
        verbose_name_plural = "các đợt sơ kết, tổng kết"
        constraints = [
            models.UniqueConstraint(
                name="review_stands_once", fields=["document", "organisation", "kind", "since", "until"]
            ),
            models.CheckConstraint(name="review_kind_known", condition=Q(kind__in=ReviewKind.values)),
            models.CheckConstraint(name="review_answering_known", condition=Q(answering__in=ANSWERING)),
            models.CheckConstraint(name="review_ends_after_it_begins", condition=Q(until__gte=F("since"))),
            models.CheckConstraint(name="review_due_after_period_began", condition=Q(due_on__gte=F("since"))),
            models.CheckConstraint(
                name="review_closed_with_conclusion", condition=Q(closed_on=None) | ~Q(conclusion="")
            ),
        ]
        triggers = [
            not_on_secret_ones("document"),
            pgtrigger.ReadOnly(name="asked_stays", fields=["document", "kind", "since", "until", "answering"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.document}"

    @property
    def called(self) -> str:
        return f"Đợt {self.get_kind_display().lower()}"

    @property
    def report(self) -> str:
        return f"Báo cáo {self.get_kind_display().lower()}"

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def period(self) -> str:
        return f"từ {self.since:%d/%m/%Y} đến hết {self.until:%d/%m/%Y}"


class PartQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(reached(actor, permission, column="organisation__path"))

    def here(self) -> Self:
        return self.filter(state__in=HERE)

    def in_order(self) -> Self:
        return self.order_by("organisation__sort_key", "pk")


_WHAT_STANDS = " OR ".join(
    f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in (*HEADINGS, "figures", "sent_at", "sent_by_id")
)
_SENT_STAYS = pgtrigger.Trigger(
    name="sent_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func=f"""
        IF OLD.state IN ('sent', 'accepted') AND ({_WHAT_STANDS}) THEN
            RAISE EXCEPTION 'review_part_sent_stays' USING ERRCODE = 'check_violation';
        END IF;
        IF EXISTS (SELECT 1 FROM directives_review r WHERE r.id = NEW.review_id AND r.closed_on IS NOT NULL) THEN
            RAISE EXCEPTION 'review_part_of_closed_review' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,  # noqa: S608  names of our own columns
)


@tracked()
class ReviewPart(models.Model):
    """What one organisation answers. The figures compose themselves; at sending they are kept as they stood."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="parts", verbose_name="đợt")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="review_parts", verbose_name="nơi báo cáo"
    )
    results = ProseField("kết quả nổi bật", max_length=LONGEST_JUDGEMENT, blank=True)
    shortcomings = ProseField("hạn chế", max_length=LONGEST_JUDGEMENT, blank=True)
    causes = ProseField("nguyên nhân", max_length=LONGEST_JUDGEMENT, blank=True)
    directions = ProseField("phương hướng, nhiệm vụ", max_length=LONGEST_JUDGEMENT, blank=True)
    proposals = ProseField("kiến nghị", max_length=LONGEST_JUDGEMENT, blank=True)
    state = CodeField("tình trạng", max_length=10, choices=PartState.choices, default=PartState.OPEN)
    figures = models.JSONField("số liệu lúc gửi", null=True, blank=True, encoder=DjangoJSONEncoder)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người gửi"
    )
    remark = ProseField("nhận xét của cấp trên", max_length=2_000, blank=True)
    judged_on = models.DateField("nhận, trả lại ngày", null=True, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người nhận"
    )
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)

    everything = models.Manager()
    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "phần sơ kết, tổng kết"
        verbose_name_plural = "các phần sơ kết, tổng kết"
        constraints = [
            models.UniqueConstraint(name="review_part_once_an_organisation", fields=["review", "organisation"]),
            models.CheckConstraint(name="review_part_state_known", condition=Q(state__in=PartState.values)),
            models.CheckConstraint(
                name="review_part_sent_with_figures",
                condition=~Q(state__in=HERE)
                | Q(sent_at__isnull=False, sent_by__isnull=False, figures__isnull=False) & ~Q(results=""),
            ),
            models.CheckConstraint(
                name="review_part_returned_with_remark", condition=~Q(state=PartState.RETURNED) | ~Q(remark="")
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="state_goes_its_way",
                field="state",
                transitions=[
                    ("open", "sent"),
                    ("returned", "sent"),
                    ("sent", "accepted"),
                    ("sent", "returned"),
                    ("accepted", "returned"),
                ],
            ),
            pgtrigger.ReadOnly(name="whose_stays", fields=["review", "organisation"]),
            _SENT_STAYS,
        ]

    def __str__(self) -> str:
        return f"{self.review_id}, {self.organisation_id}"

    @property
    def is_here(self) -> bool:
        return PartState(self.state).is_here

    @property
    def judgements(self) -> list[tuple[str, str]]:
        """Heading and words, of what was written."""
        return [(heading, getattr(self, name)) for name, heading in HEADINGS.items() if getattr(self, name)]
