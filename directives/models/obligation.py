"""What a document obliges to, sentence by sentence, with the place where it says so."""

from typing import Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import Regex

from branches.models import Organisation
from branches.models.ripple import ripples
from directives.bearers import Bearer
from directives.keepers import PATTERN, Answer, answers
from directives.models.attached import OfDocumentQuerySet, not_on_secret_ones
from directives.models.document import Document
from directives.reading.shares import Comparison
from directives.timing import EVENTS, Operator, Pace, Timing
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.rows import GuardedQuerySet
from portal.history.tracking import tracked
from portal.words.fields import CodeField, LineField, ProseField
from portal.words.quantities import NBSP, number


class ObligationKind(models.TextChoices):
    TASK = "task", "Nhiệm vụ"
    TARGET = "target", "Chỉ tiêu"
    DUTY = "duty", "Việc định kỳ cổng tự nhắc"
    ROLE = "role", "Vai trò, phân công"
    RULE = "rule", "Quy định, mức"
    RECORD = "record", "Sổ sách, ghi chép"


class ObligationQuerySet(OfDocumentQuerySet):
    def in_order(self) -> Self:
        return self.order_by("document_id", F("start").asc(nulls_last=True), "code")


class Timed(models.Model):
    """When, as the words say it and as structure (directives/timing.py)."""

    when_words = LineField("thời gian, theo lời văn", max_length=200, blank=True)
    pace = CodeField("nhịp", max_length=20, choices=Pace.choices, default=Pace.CONTINUOUS)
    operator = CodeField("trước hay đến hết", max_length=10, choices=Operator.choices, blank=True)
    due_on = models.DateField("ngày", null=True, blank=True)
    due_month = models.PositiveSmallIntegerField("tháng", null=True, blank=True)
    due_day = models.PositiveSmallIntegerField("ngày trong tháng", null=True, blank=True)
    times = models.PositiveSmallIntegerField("số lần ít nhất", null=True, blank=True)
    since = models.DateField("từ ngày", null=True, blank=True)
    until = models.DateField("đến ngày", null=True, blank=True)
    event = LineField("việc làm mốc", max_length=200, blank=True)
    event_days = models.PositiveSmallIntegerField("số ngày trước, sau mốc", null=True, blank=True)

    class Meta:
        abstract = True

    TIMING = tuple(Timing.__dataclass_fields__)

    @property
    def timing(self) -> Timing:
        return Timing(**{name: getattr(self, name) for name in self.TIMING})


def timed_rightly(name: str) -> list[models.CheckConstraint]:
    """What the database holds of every model that is timed."""
    return [
        models.CheckConstraint(name=f"{name}_pace_known", condition=Q(pace__in=Pace.values)),
        models.CheckConstraint(name=f"{name}_operator_known", condition=Q(operator__in=Operator.values)),
        models.CheckConstraint(
            name=f"{name}_day_has_operator",
            condition=Q(due_on=None, due_day=None) | ~Q(operator=""),
        ),
        models.CheckConstraint(name=f"{name}_day_of_once", condition=Q(due_on=None) | Q(pace=Pace.ONCE)),
        models.CheckConstraint(name=f"{name}_once_has_its_day", condition=~Q(pace=Pace.ONCE) | Q(due_on__isnull=False)),
        models.CheckConstraint(
            name=f"{name}_event_is_named",
            condition=Q(event="") & ~Q(pace__in=EVENTS) | ~Q(event="") & Q(pace__in=EVENTS),
        ),
        models.CheckConstraint(name=f"{name}_day_of_month", condition=Q(due_day=None) | Q(due_day__range=(1, 31))),
        models.CheckConstraint(
            name=f"{name}_month_of_year",
            condition=Q(due_month=None)
            | Q(pace=Pace.YEAR, due_month__range=(1, 12))
            | Q(pace=Pace.QUARTER, due_month__range=(1, 3)),
        ),
        models.CheckConstraint(
            name=f"{name}_ends_after_it_begins",
            condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
        ),
    ]


_KEEPERS = Func(F("kept_by"), Value(" "), function="array_to_string", output_field=models.TextField())
_KEEPERS_WRITTEN = f"^({PATTERN}( {PATTERN})*)?$"
_KIND_GOES_WITH_ITS_DETAIL = pgtrigger.Trigger(
    name="kind_goes_with_its_detail",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("kind"),
    condition=pgtrigger.Q(old__kind__df=pgtrigger.F("new__kind")),
    func="""
        IF EXISTS (SELECT 1 FROM directives_task t WHERE t.obligation_id = NEW.id)
           OR EXISTS (SELECT 1 FROM directives_target t WHERE t.obligation_id = NEW.id) THEN
            RAISE EXCEPTION 'obligation_kind_with_detail_of_another' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


@tracked()
class Obligation(Timed):
    """A sentence of a document that obliges somebody. Tasks and targets have more to say; see below."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="obligations", verbose_name="văn bản")
    code = CodeField("mã", max_length=40, unique=True)
    kind = CodeField("loại", max_length=10, choices=ObligationKind.choices)
    clause = LineField("mục", max_length=30, blank=True)
    words = ProseField("nguyên văn", max_length=2_000)
    start = models.PositiveIntegerField("từ chữ thứ", null=True, blank=True)  # in the document's text
    end = models.PositiveIntegerField("đến chữ thứ", null=True, blank=True)
    who_words = LineField("ai làm, theo lời văn", max_length=300, blank=True)
    bearers = ArrayField(
        CodeField(max_length=20, choices=Bearer.choices), verbose_name="ai làm", default=list, blank=True
    )
    named = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name="tổ chức nêu tên")
    kept_by = ArrayField(
        CodeField(max_length=80), verbose_name="cổng theo dõi bằng", default=list, blank=True
    )  # directives/keepers.py

    everything = models.Manager()
    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = "việc văn bản giao"
        verbose_name_plural = "việc văn bản giao"
        constraints = [
            *timed_rightly("obligation"),
            models.CheckConstraint(name="obligation_kind_known", condition=Q(kind__in=ObligationKind.values)),
            models.CheckConstraint(name="obligation_bearers_known", condition=Q(bearers__contained_by=Bearer.values)),
            models.CheckConstraint(name="obligation_has_words", condition=~Q(words="")),
            models.CheckConstraint(name="obligation_keepers_well_written", condition=Regex(_KEEPERS, _KEEPERS_WRITTEN)),
            models.CheckConstraint(
                name="obligation_place_is_one",
                condition=Q(start=None, end=None) | Q(start__isnull=False, end__gt=F("start")),
            ),
        ]
        triggers = [not_on_secret_ones("document"), _KIND_GOES_WITH_ITS_DETAIL, *ripples()]

    def __str__(self) -> str:
        return f"{self.code}: {self.words[:60]}"

    @property
    def when(self) -> str:
        return self.timing.words

    @property
    def who(self) -> str:
        """The words of the document, or the names of whom the portal read out of them."""
        return self.who_words or ", ".join(Bearer(one).label for one in self.bearers)

    @property
    def watched_by(self) -> list[Answer]:
        """How the portal sees that it is kept, for people."""
        return answers(self.kept_by)

    @property
    def answered_by(self) -> list[Bearer]:
        """Offices that speak in the portal for bodies without an account."""
        speaking = {Bearer(one).answered_by for one in self.bearers if Bearer(one).answered_by != one}
        return sorted(speaking)


class DetailQuerySet(GuardedQuerySet):
    def within_reach(self, actor: Actor, permission: Permission) -> Self:
        return self.filter(obligation__document__in=Document.objects.allowed(actor, permission))


def _only_of(kind: ObligationKind) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="only_of_its_kind",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            IF NOT EXISTS (SELECT 1 FROM directives_obligation o WHERE o.id = NEW.obligation_id AND o.kind = '{kind.value}') THEN
                RAISE EXCEPTION 'obligation_detail_of_its_kind' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,  # noqa: S608  our own word
    )


@tracked()
class Task(models.Model):
    """Something to be done: what is to come of it, and what shows that it was."""

    obligation = models.OneToOneField(
        Obligation, models.CASCADE, primary_key=True, related_name="task", verbose_name="việc"
    )
    product = LineField("sản phẩm", max_length=200, blank=True)
    proof = LineField("minh chứng", max_length=200, blank=True)
    by_study = models.BooleanField("chi bộ học văn bản là xong", default=False)

    everything = models.Manager()
    objects = DetailQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ"
        verbose_name_plural = "nhiệm vụ"
        triggers = [_only_of(ObligationKind.TASK)]

    def __str__(self) -> str:
        return str(self.obligation)


@tracked()
class Target(models.Model):
    """Something to be reached. Without an indicator it is kept by hand; without a value it is a direction only."""

    obligation = models.OneToOneField(
        Obligation, models.CASCADE, primary_key=True, related_name="target", verbose_name="việc"
    )
    comparison = CodeField("so sánh", max_length=10, choices=Comparison.choices, blank=True)
    value = models.DecimalField("mức", max_digits=12, decimal_places=2, null=True, blank=True)
    most = models.DecimalField("đến mức", max_digits=12, decimal_places=2, null=True, blank=True)
    unit = LineField("đơn vị", max_length=30, blank=True)
    of_what = LineField("tính trên", max_length=120, blank=True)
    value_words = LineField("mức, theo lời văn", max_length=120, blank=True)
    indicator = CodeField("chỉ số đo", max_length=60, blank=True)

    everything = models.Manager()
    objects = DetailQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        constraints = [
            models.CheckConstraint(
                name="target_comparison_known", condition=Q(comparison__in=["", *Comparison.values])
            ),
            models.CheckConstraint(
                name="target_value_has_comparison",
                condition=Q(value=None, comparison="") | Q(value__isnull=False) & ~Q(comparison=""),
            ),
            models.CheckConstraint(
                name="target_between_two",
                condition=Q(most=None) & ~Q(comparison="between") | Q(comparison="between", most__gt=F("value")),
            ),
        ]
        triggers = [_only_of(ObligationKind.TARGET), *ripples()]

    def __str__(self) -> str:
        return str(self.obligation)

    @property
    def is_by_hand(self) -> bool:
        return not self.indicator

    @property
    def goal(self) -> str:
        """trên 90 % · từ 90 % trở lên · 5–10 % · 100 %"""
        if self.value is None:
            return self.value_words or "không nêu mức"
        figure = f"{_short(self.value)}{NBSP}{self.unit}".strip()
        if self.comparison == Comparison.BETWEEN:
            return f"{_short(self.value)}–{_short(self.most)}{NBSP}{self.unit}".strip()
        if self.comparison == Comparison.EXACTLY:
            return figure
        if self.comparison == Comparison.AT_LEAST:
            return f"từ {figure} trở lên"
        return f"{Comparison(self.comparison).label} {figure}"


def _short(value: object) -> str:
    said = number(value)  # type: ignore[arg-type]
    return said.rstrip("0").removesuffix(",") if "," in said else said
