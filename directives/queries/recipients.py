"""Who gets an ordered task: asked of the tree of today, and handed to the database as it is."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from branches.models import Kind, Organisation, Rank
from branches.models.organisation import OrganisationQuerySet
from directives.bearers import Bearer
from directives.models import OrderedTask, To

_BY_KIND = {To.COMMUNES: Q(kind=Kind.COMMUNE), To.BASES: Q(rank=Rank.BASE), To.BRANCHES: Q(kind=Kind.BRANCH)}
# who does it, as the document says it: where that is in the tree below whoever gives it
_PROPOSED = {
    Bearer.COMMITTEES: To.COMMUNES,
    Bearer.DISTRICT: To.COMMUNES,
    Bearer.COMMUNE: To.COMMUNES,
    Bearer.COUNCIL: To.COMMUNES,
    Bearer.ADMINISTRATION: To.COMMUNES,
    Bearer.STANDING_MEMBER: To.COMMUNES,
    Bearer.COMMITTEE_MEMBER: To.COMMUNES,
    Bearer.BASE: To.BASES,
    Bearer.BRANCH: To.BRANCHES,
    Bearer.BRANCH_COMMITTEE: To.BRANCHES,
    Bearer.SECRETARY: To.BRANCHES,
    Bearer.CHAIR: To.BRANCHES,
    Bearer.CLERK: To.BRANCHES,
    Bearer.MEMBER: To.BRANCHES,
}


def recipients_of(ordered: OrderedTask) -> OrganisationQuerySet:
    giver = ordered.order.organisation
    if ordered.to == To.HERE:
        return _living().filter(pk=giver.pk)
    below = _living().at_or_below(giver.path).exclude(pk=giver.pk)
    if ordered.to == To.CHOSEN:
        return below.filter(pk__in=ordered.chosen.values("pk"))
    return below.filter(_BY_KIND[To(ordered.to)])


def proposed_to(bearers: Iterable[str], giver: Organisation) -> To:
    """What stands in the form at first: those next below the giver whom the document names. A commune has no communes below
    it: there it is the commune itself that is meant, unless branches are named as well."""
    named = {_PROPOSED.get(Bearer(one), To.HERE) for one in bearers}
    offered = [To.COMMUNES, To.BRANCHES, To.BASES] if giver.kind == Kind.PROVINCE else [To.BRANCHES, To.BASES]
    return next((one for one in offered if one in named), To.HERE)


def offered_to(giver: Organisation) -> list[To]:
    """What there can be below it."""
    above_communes = giver.kind in (Kind.CENTRE, Kind.PROVINCE, Kind.DISTRICT)
    return [one for one in To if above_communes or one != To.COMMUNES]


def _living() -> OrganisationQuerySet:
    today = timezone.localdate()
    rows = Organisation.objects.everywhere(reason="an order reaches whoever stands below its giver")
    return rows.living(today).filter(Q(joined_on=None) | Q(joined_on__lte=today))
