"""An inspection that has begun: what it found, what it demands, and how it ends."""

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from branches.models import Organisation
from directives.models.programme import OfPlannedQuerySet, PlannedInspection
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.reach import reached
from portal.access.rows import GuardedQuerySet
from portal.files.models import StoredFile
from portal.history.tracking import tracked
from portal.words.fields import CodeField, LineField, ProseField


class FindingKind(models.TextChoices):
    MERIT = "merit", "Ưu điểm"
    SHORTCOMING = "shortcoming", "Hạn chế, khuyết điểm"
    VIOLATION = "violation", "Dấu hiệu vi phạm"


class DemandState(models.TextChoices):
    OPEN = "open", "Chờ thực hiện"
    ANSWERED = "answered", "Đã báo cáo, chờ nhận xét"
    RETURNED = "returned", "Trả lại để làm tiếp"
    ACCEPTED = "accepted", "Đã thực hiện xong"
    LET_GO = "let go", "Thôi theo dõi"


SETTLED = [DemandState.ACCEPTED.value, DemandState.LET_GO.value]
WAITS_FOR_SUBJECT = [DemandState.OPEN.value, DemandState.RETURNED.value]


_ALL_SETTLED = pgtrigger.Trigger(
    name="ended_with_all_settled",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(new__ended_on__isnull=False),
    func="""
        IF EXISTS (
            SELECT 1 FROM directives_demand d WHERE d.inspection_id = NEW.id AND d.state NOT IN ('accepted', 'let go')
        ) THEN
            RAISE EXCEPTION 'inspection_ended_with_open_demands' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


@tracked()
class Inspection(models.Model):
    """It has begun. It ends when everything that it demanded is settled, or was let go for a reason."""

    planned = models.OneToOneField(
        PlannedInspection, models.PROTECT, related_name="inspection", verbose_name="theo chương trình"
    )
    opened_on = models.DateField("bắt đầu ngày")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi")
    conclusion = ProseField("kết luận", max_length=20_000, blank=True)
    concluded_on = models.DateField("kết luận ngày", null=True, blank=True)
    ended_on = models.DateField("kết thúc ngày", null=True, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)

    everything = models.Manager()
    objects = OfPlannedQuerySet.as_manager()

    class Meta:
        verbose_name = "cuộc kiểm tra, giám sát đã tiến hành"
        verbose_name_plural = "các cuộc kiểm tra, giám sát đã tiến hành"
        constraints = [
            models.CheckConstraint(
                name="inspection_concluded_in_words", condition=Q(concluded_on=None) | ~Q(conclusion="")
            ),
            models.CheckConstraint(
                name="inspection_concluded_after_it_began",
                condition=Q(concluded_on=None) | Q(concluded_on__gte=F("opened_on")),
            ),
            models.CheckConstraint(
                name="inspection_ended_after_conclusion",
                condition=Q(ended_on=None) | Q(concluded_on__isnull=False, ended_on__gte=F("concluded_on")),
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="planned_stays", fields=["planned"]), _ALL_SETTLED]

    def __str__(self) -> str:
        return str(self.planned)

    @property
    def is_late(self) -> bool:
        """Begun after the days of the programme."""
        return self.opened_on > self.planned.until


class OfInspectionQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(inspection__planned__in=PlannedInspection.objects.allowed(actor, permission))


@tracked()
class Finding(models.Model):
    """What was found. Closed: its words are read by who may read what is closed at the subject, and each reading is traced."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="findings", verbose_name="cuộc kiểm tra")
    kind = CodeField("loại", max_length=12, choices=FindingKind.choices)
    words = ProseField("nội dung", max_length=4_000)

    everything = models.Manager()
    objects = OfInspectionQuerySet.as_manager()

    class Meta:
        verbose_name = "phát hiện"
        verbose_name_plural = "phát hiện"
        constraints = [
            models.CheckConstraint(name="finding_kind_known", condition=Q(kind__in=FindingKind.values)),
            models.CheckConstraint(name="finding_says_something", condition=~Q(words="")),
        ]
        triggers = [pgtrigger.ReadOnly(name="inspection_stays", fields=["inspection"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.inspection_id}"


class DemandQuerySet(OfInspectionQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        """Whoever has to do it, and who demands it."""
        by_doer = reached(actor, permission, column="organisation__path")
        above = reached(actor, permission, column="inspection__planned__programme__organisation__path")
        return self.filter(by_doer | above)

    def unsettled(self) -> Self:
        return self.exclude(state__in=SETTLED)

    def in_order(self) -> Self:
        return self.order_by("due_on", "pk")


_SETTLED_STAYS = pgtrigger.Trigger(
    name="settled_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""
        IF TG_OP = 'UPDATE' AND OLD.state IN ('accepted', 'let go') THEN
            RAISE EXCEPTION 'demand_settled_stays' USING ERRCODE = 'check_violation';
        END IF;
        PERFORM 1 FROM directives_inspection i WHERE i.id = NEW.inspection_id FOR SHARE;
        IF EXISTS (
            SELECT 1 FROM directives_inspection i WHERE i.id = NEW.inspection_id AND i.ended_on IS NOT NULL
        ) THEN
            RAISE EXCEPTION 'demand_of_ended_inspection' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


@tracked()
class Demand(models.Model):
    """What the subject has to put right, by a day. `organisation`: the subject, or who goes on for it."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="demands", verbose_name="cuộc kiểm tra")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="inspection_demands", verbose_name="nơi thực hiện"
    )
    words = ProseField("yêu cầu", max_length=2_000)
    made_on = models.DateField("yêu cầu ngày")
    due_on = models.DateField("hạn, đến hết ngày")
    state = CodeField("tình trạng", max_length=10, choices=DemandState.choices, default=DemandState.OPEN)
    answer = ProseField("đã làm gì", max_length=4_000, blank=True)
    done_on = models.DateField("làm xong ngày", null=True, blank=True)
    answered_on = models.DateField("báo cáo ngày", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người báo cáo"
    )
    file = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp kèm theo"
    )
    remark = LineField("nhận xét, lý do", max_length=500, blank=True)
    judged_on = models.DateField("nhận xét ngày", null=True, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)

    everything = models.Manager()
    objects = DemandQuerySet.as_manager()

    class Meta:
        verbose_name = "yêu cầu sau kiểm tra"
        verbose_name_plural = "yêu cầu sau kiểm tra"
        constraints = [
            models.CheckConstraint(name="demand_state_known", condition=Q(state__in=DemandState.values)),
            models.CheckConstraint(name="demand_says_something", condition=~Q(words="")),
            models.CheckConstraint(name="demand_due_after_it_was_made", condition=Q(due_on__gte=F("made_on"))),
            models.CheckConstraint(
                name="demand_answered_with_words",
                condition=~Q(state__in=[DemandState.ANSWERED, DemandState.ACCEPTED])
                | Q(answered_on__isnull=False, done_on__isnull=False) & ~Q(answer=""),
            ),
            models.CheckConstraint(
                name="demand_refused_with_reason",
                condition=~Q(state__in=[DemandState.RETURNED, DemandState.LET_GO]) | ~Q(remark=""),
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="state_goes_its_way",
                field="state",
                transitions=[
                    ("open", "answered"),
                    ("returned", "answered"),
                    ("answered", "accepted"),
                    ("answered", "returned"),
                    ("open", "let go"),
                    ("returned", "let go"),
                    ("answered", "let go"),
                ],
            ),
            pgtrigger.ReadOnly(name="inspection_stays", fields=["inspection"]),
            _SETTLED_STAYS,
        ]

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED

    @property
    def waits_for_subject(self) -> bool:
        return self.state in WAITS_FOR_SUBJECT
