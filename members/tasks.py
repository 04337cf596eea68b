from datetime import date

from celery import shared_task

from branches.models import Organisation
from members.summary import recount_branches


@shared_task(name="members.recount_branches")
def recount_after_a_sheet(branches: list[int], since: str | None) -> None:
    """Counted anew, never added up: twice is as good as once."""
    rows = Organisation.objects.everywhere(reason="the summary counts for whoever may read it")
    recount_branches(rows.filter(pk__in=branches), date.fromisoformat(since) if since else None)
