"""That somebody has looked at a dashboard. The page itself only reads: it asks for this by a button, or when it has stood a while."""

from django.utils import timezone

from branches.models import Organisation
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.dashboards.models import ONE_SITTING, Visit
from portal.history.actions import action


@action("xem tổng quan")
def look_at(organisation: Organisation, *, done: bool, by: Actor) -> Visit:
    """`done`: somebody says that the news is read. Else the visit goes on, or a new one begins."""
    by.need(Permission.READ_FIGURES, organisation.path)
    now = timezone.now()
    visit, is_first = (
        Visit.objects.everywhere(reason="one's own visit")
        .select_for_update(of=("self",))
        .get_or_create(account=by.account, organisation=organisation, defaults={"seen_at": now})
    )
    if not is_first:
        if done:
            visit.before_at = now
        elif now - visit.seen_at >= ONE_SITTING:
            visit.before_at = visit.seen_at
        visit.seen_at = now
    elif done:
        visit.before_at = now
    visit.save(update_fields=["seen_at", "before_at"])
    return visit
