"""How good a meeting was: sets of criteria, dated, of an organisation and those below it; and the scores that were given."""

from collections.abc import Iterator
from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from branches.models import Organisation
from branches.models.dated import Dated, DatedQuerySet, DatedRows, Days, ends_after_it_begins
from meetings.models.kinds import MeetingKind, Scorer
from meetings.models.locks import locked_with_its_meeting, locks
from meetings.models.meeting import Item, ItemQuerySet, ItemRows, prose
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.words.fields import CodeField, LineField

SCORED = [(kind.value, kind.label) for kind in MeetingKind.scored()]
ASKED = "asked"  # instead of a measurer: the branch says the points
# Whoever was scored by a set keeps it as it was: a set that was used is copied, not changed.
SET_STAYS = """
    IF EXISTS (SELECT 1 FROM meetings_qualityscore score WHERE score.criteria_id = OLD.id) THEN
        IF (NEW.organisation_id, NEW.kind, NEW.name, NEW.document, NEW.since)
            IS DISTINCT FROM (OLD.organisation_id, OLD.kind, OLD.name, OLD.document, OLD.since)
        OR NEW.until IS NOT NULL AND EXISTS (
            SELECT 1 FROM meetings_qualityscore score JOIN meetings_meeting m ON m.id = score.meeting_id
            WHERE score.criteria_id = OLD.id AND m.day > NEW.until
        ) THEN
            RAISE EXCEPTION 'criteria_set_is_used' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
"""
PART_STAYS = """
    IF EXISTS (SELECT 1 FROM meetings_qualityscore score WHERE score.criteria_id IN ({sets})) THEN
        RAISE EXCEPTION 'criteria_set_is_used' USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""
ANY_CHANGE = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete


def stays_once_used(sets: str) -> pgtrigger.Trigger:
    """`sets`: to which sets the part belongs, or did."""
    return pgtrigger.Trigger(
        name="stays_once_used", when=pgtrigger.Before, operation=ANY_CHANGE, func=PART_STAYS.format(sets=sets)
    )


def row_fits() -> Iterator[pgtrigger.Trigger]:
    """A row scores a criterion of its score's own set, with no more points than that has. Once a statement."""
    for word, operation in (("inserted", pgtrigger.Insert), ("updated", pgtrigger.Update)):
        yield pgtrigger.Trigger(
            name=f"fits_when_{word}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(new="new_rows"),
            func="""
                IF EXISTS (
                    SELECT 1 FROM new_rows r
                    JOIN meetings_qualityscore score ON score.id = r.score_id
                    JOIN meetings_criterion criterion ON criterion.id = r.criterion_id
                    JOIN meetings_block block ON block.id = criterion.block_id
                    WHERE block.criteria_id <> score.criteria_id OR score.meeting_id <> r.meeting_id
                       OR r.points > criterion.most
                ) THEN
                    RAISE EXCEPTION 'score_row_fits' USING ERRCODE = 'check_violation';
                END IF;
                RETURN NULL;
            """,
        )


class _Sets:
    def of_whole_country(self) -> Self:
        return self.filter(organisation=None)  # type: ignore[attr-defined]


class CriteriaSetRows(_Sets, DatedRows):
    pass


class CriteriaSetQuerySet(_Sets, DatedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """What the organisations that one reaches have set for themselves; those of the whole country are nobody's."""
        return self.filter(organisation__in=Organisation.objects.allowed(actor, permission))


@tracked()
class CriteriaSet(Dated):
    """By what meetings of a kind are scored, from a day to a day, in an organisation and below; without one: everywhere."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="criteria_sets", verbose_name="nơi đặt"
    )
    kind = CodeField("loại buổi họp", max_length=15, choices=SCORED)
    name = LineField("tên bộ tiêu chí", max_length=200)
    document = LineField("theo văn bản", max_length=300, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người đặt"
    )
    set_at = models.DateTimeField("đặt lúc", default=timezone.now)

    everything = CriteriaSetRows.as_manager()
    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ tiêu chí"
        verbose_name_plural = "bộ tiêu chí"
        constraints = [
            models.CheckConstraint(name="criteria_set_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="criteria_set_kind_known", condition=Q(kind__in=[kind for kind, _ in SCORED])),
            ends_after_it_begins("criteria_set_ends_after_it_begins"),
            ExclusionConstraint(
                name="criteria_set_one_at_a_time",
                expressions=[
                    (Days("since", "until", Value("[]")), RangeOperators.OVERLAPS),
                    (Coalesce("organisation", Value(0)), RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                ],
            ),
        ]
        triggers = [
            pgtrigger.Trigger(name="stays_once_used", when=pgtrigger.Before, operation=pgtrigger.Update, func=SET_STAYS)
        ]

    def __str__(self) -> str:
        return self.name


class OfCriteriaQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(criteria__organisation__in=Organisation.objects.allowed(actor, permission))


@tracked()
class Block(models.Model):
    """A part of a set: preparation, attendance, conduct, close."""

    criteria = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="blocks", verbose_name="bộ tiêu chí")
    position = models.PositiveSmallIntegerField("thứ tự")
    title = LineField("tên nhóm", max_length=120)

    everything = models.Manager()
    objects = OfCriteriaQuerySet.as_manager()

    class Meta:
        verbose_name = "nhóm tiêu chí"
        verbose_name_plural = "nhóm tiêu chí"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint("criteria", "position", name="block_has_its_place"),
            models.CheckConstraint(name="block_has_a_title", condition=~Q(title="")),
        ]
        triggers = [stays_once_used("NEW.criteria_id, OLD.criteria_id")]

    def __str__(self) -> str:
        return self.title


class CriterionQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(block__criteria__organisation__in=Organisation.objects.allowed(actor, permission))


@tracked()
class Criterion(models.Model):
    """One thing that points are given for. `fills`: the code of a measurer (meetings/quality), or that it is asked."""

    block = models.ForeignKey(Block, models.CASCADE, related_name="lines", verbose_name="nhóm")
    position = models.PositiveSmallIntegerField("thứ tự")
    words = LineField("tiêu chí", max_length=300)
    most = models.PositiveSmallIntegerField("điểm tối đa")
    fills = CodeField("cách chấm", max_length=20, default=ASKED)
    must_be_full = models.BooleanField("phải trọn điểm mới xếp mức cao nhất", default=False)

    everything = models.Manager()
    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = "tiêu chí"
        verbose_name_plural = "tiêu chí"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint("block", "position", name="criterion_has_its_place"),
            models.CheckConstraint(name="criterion_says_something", condition=~Q(words="")),
            models.CheckConstraint(name="criterion_has_points", condition=Q(most__gte=1, most__lte=100)),
        ]
        triggers = [
            stays_once_used("SELECT b.criteria_id FROM meetings_block b WHERE b.id IN (NEW.block_id, OLD.block_id)")
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def is_asked(self) -> bool:
        return self.fills == ASKED


class ScoreQuerySet(ItemQuerySet):
    def of(self, scorer: Scorer) -> Self:
        return self.filter(scorer=scorer, gone=False)


class ScoreRows(ItemRows):
    def of(self, scorer: Scorer) -> Self:
        return self.filter(scorer=scorer, gone=False)


@locks
@tracked(facts=True)
class QualityScore(Item):
    """What a meeting was scored by somebody: the branch, the committee member who was there, the committee above.

    Each stands beside the others. The branch's own is part of the log, and is locked with it.
    """

    criteria = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="scores", verbose_name="bộ tiêu chí")
    scorer = CodeField("nơi chấm", max_length=8, choices=Scorer.choices, default=Scorer.BRANCH)
    agreed = models.BooleanField("đã thống nhất", default=False)
    agreed_at = models.DateTimeField("thống nhất lúc", null=True, blank=True)
    comment = prose("nhận xét")

    everything = ScoreRows.as_manager()
    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu chấm điểm"
        verbose_name_plural = "phiếu chấm điểm"
        constraints = [
            models.UniqueConstraint("meeting", "scorer", name="quality_score_once"),
            models.CheckConstraint(name="quality_score_scorer_known", condition=Q(scorer__in=Scorer.values)),
            models.CheckConstraint(
                name="quality_score_agreed_at_a_time",
                condition=Q(agreed=True, agreed_at__isnull=False) | Q(agreed=False, agreed_at=None),
            ),
        ]
        triggers = locked_with_its_meeting("SELECT meeting_id FROM {table} WHERE scorer = 'branch'")

    def __str__(self) -> str:
        return f"{self.get_scorer_display()}: {self.meeting_id}"


@locks
@tracked(facts=True)
class ScoreRow(Item):
    """Points of one criterion. Not by hand: as the log says it, written when the meeting closes."""

    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", db_index=False,
        verbose_name="người ghi",
    )  # fmt: skip
    score = models.ForeignKey(QualityScore, models.CASCADE, related_name="rows", verbose_name="phiếu", db_index=False)
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name="tiêu chí", db_index=False)
    points = models.PositiveSmallIntegerField("điểm", null=True, blank=True)
    reason = LineField("căn cứ", max_length=300, blank=True)
    by_hand = models.BooleanField("chấm bằng tay", default=False)

    everything = ItemRows.as_manager()
    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "điểm của tiêu chí"
        verbose_name_plural = "điểm của tiêu chí"
        constraints = [models.UniqueConstraint("score", "criterion", name="score_row_once")]
        triggers = [
            *locked_with_its_meeting(
                "SELECT r.meeting_id FROM {table} r JOIN meetings_qualityscore s ON s.id = r.score_id WHERE s.scorer = 'branch'"
            ),
            *row_fits(),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.points}"
