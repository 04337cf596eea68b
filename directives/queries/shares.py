"""Totals that are shared out: who was given how much, and whether the shares make up the total."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet, Sum

from branches.models import Organisation
from directives.models import TargetShare, TargetTotal
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.indicators.registry import indicator
from portal.words.quantities import NBSP, number

REASON = "of an organisation reached before"


@dataclass(frozen=True)
class SharedOut:
    """A total beside what was given of it."""

    total: TargetTotal
    given: int

    @property
    def left(self) -> int:
        """Below 0: more was given than there is."""
        return self.total.total - self.given

    @property
    def over(self) -> int:
        return max(-self.left, 0)

    @property
    def words(self) -> str:
        said = f"Đã giao {number(self.given)}/{number(self.total.total)}{NBSP}{self.total.unit}"
        if not self.left:
            return f"{said}, vừa đủ"
        return f"{said}, {'còn' if self.left > 0 else 'vượt'} {number(abs(self.left))}"

    @property
    def tone(self) -> str:
        return "ok" if not self.left else "warn"

    @property
    def icon(self) -> str:
        return "check" if not self.left else "alert"


def received_by(organisation: Organisation) -> QuerySet[TargetShare]:
    """What it was given by those above, and whether it has shared that out already."""
    rows = TargetShare.objects.everywhere(reason=REASON).filter(receiver=organisation)
    rows = rows.select_related("total__target__obligation", "total__received", "total__giver")
    return rows.prefetch_related("handed_on").order_by("-total__last_year", "total__first_year", "pk")


def given_by(organisation: Organisation) -> list[SharedOut]:
    rows = TargetTotal.objects.everywhere(reason=REASON).filter(giver=organisation)
    rows = rows.select_related("target__obligation", "received__total__giver").annotate(sum=Sum("shares__amount"))
    return [SharedOut(row, row.sum or 0) for row in rows.order_by("-last_year", "first_year", "pk")]


def reached_total(actor: Actor) -> QuerySet[TargetTotal]:
    rows = TargetTotal.objects.allowed(actor, Permission.READ_FIGURES)
    return rows.select_related("target__obligation", "received__total__giver", "giver")


def receivers_of(giver: Organisation) -> list[Organisation]:
    rows = Organisation.objects.everywhere(reason=REASON).filter(parent=giver, dissolved_on=None)
    return list(rows.in_order())


def amounts_of(total: TargetTotal) -> dict[int, int]:
    rows = TargetShare.objects.everywhere(reason=REASON).filter(total=total)
    return dict(rows.values_list("receiver", "amount"))


def within_its_term(total: TargetTotal) -> SharedOut | None:
    """The total of the term that a year lies in, beside all that the years of it have been given so far."""
    same = TargetTotal.objects.everywhere(reason=REASON).filter(
        giver=total.giver_id, target=total.target_id, name=total.name
    )
    same = same.select_related("received", "target__obligation")
    term = same.filter(first_year__lte=total.first_year, last_year__gte=total.last_year)
    term_total = term.filter(last_year__gt=F("first_year")).first()
    if term_total is None or total.first_year != total.last_year:
        return None
    years = same.filter(first_year=F("last_year"))
    years = years.filter(first_year__gte=term_total.first_year, last_year__lte=term_total.last_year)
    return SharedOut(term_total, sum(one.total for one in years))


@dataclass(frozen=True)
class Received:
    share: TargetShare
    actual: int | None

    @property
    def is_handed_on(self) -> bool:
        return bool(self.share.handed_on.all())  # fetched with it

    @property
    def handed_on(self) -> TargetTotal:
        return self.share.handed_on.all()[0]


def received_with_actual(organisation: Organisation, today: date) -> list[Received]:
    found = [(one, actuals_of(one.total, [organisation], today)) for one in received_by(organisation)]
    return [Received(one, None if actual is None else actual[organisation.pk]) for one, actual in found]


def actuals_of(total: TargetTotal, receivers: list[Organisation], today: date) -> dict[int, int] | None:
    """What has come of it so far at each receiver and all below it: two queries. None: nothing counts it yet."""
    one = indicator(total.measured_by) if total.measured_by else None
    if one is None:
        return None
    parts = one.by_place(total.giver, *_period(total, today))
    rows = Organisation.objects.everywhere(reason="places below one reached before").filter(pk__in=parts)
    paths = dict(rows.values_list("pk", "path"))
    return {
        receiver.pk: sum(part.numerator for pk, part in parts.items() if paths[pk].startswith(receiver.path))
        for receiver in receivers
    }


def _period(total: TargetTotal, today: date) -> tuple[date, date]:
    return date(total.first_year, 1, 1), min(today, date(total.last_year, 12, 31))
