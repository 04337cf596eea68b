"""Whose branches are looked at: all of the committee, or those in the charge of who looks."""

from branches.models import Kind, Organisation
from members.models import Charge
from portal.access.roles import Role
from portal.dashboards.frame import Frame

FOLLOW_BRANCHES = (Role.INSPECTOR, Role.COMMUNE_MEMBER)  # who begins with those in their charge
ALL = "tat-ca"


def in_charge(frame: Frame) -> frozenset[int]:
    """The branches that this person follows on the day; none where nothing of the kind is recorded. One query for those who may."""
    capacity = frame.actor.capacity
    if capacity is None or capacity.role not in FOLLOW_BRANCHES:
        return frozenset()
    rows = Charge.objects.everywhere(reason="one's own charges").on(frame.period.last)
    numbers = rows.filter(member__account=frame.actor.account).values_list("organisation_id", flat=True)
    return frozenset(numbers) & {child.pk for child in frame.children}


def branches_of(frame: Frame, only: frozenset[int]) -> list[Organisation]:
    return [child for child in frame.children if child.kind == Kind.BRANCH and (not only or child.pk in only)]
