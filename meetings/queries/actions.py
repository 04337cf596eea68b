"""Things that were given in meetings: of a branch, of all below a committee, of one member."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from branches.models import Organisation
from meetings.models import ActionItem, Meeting, Reopening
from meetings.models.decision import ActionItemQuerySet
from portal.access.actor import Actor
from portal.access.permissions import Permission

OPEN, OVERDUE, DONE = "dang-lam", "qua-han", "da-xong"
FILTERS = {OPEN: "Đang làm", OVERDUE: "Quá hạn", DONE: "Đã xong"}


def was_closed() -> Q | Exists:
    """What stands in a log that nobody has closed yet is a draft; one that was opened again still holds."""
    reopened = Reopening.objects.everywhere(reason="whether a log was closed once").filter(meeting=OuterRef("meeting"))
    return Q(meeting__closed_at__isnull=False) | Exists(reopened)


def items_below(root: Organisation, actor: Actor) -> ActionItemQuerySet:
    rows = ActionItem.objects.allowed(actor, Permission.READ_ROLL).filter(organisation__path__startswith=root.path)
    return rows.there().filter(was_closed()).select_related("organisation", "assignee", "meeting", "task")


def filtered(rows: ActionItemQuerySet, asked: str, today: date) -> ActionItemQuerySet:
    if asked == DONE:
        return rows.exclude(pk__in=rows.open().values("pk")).order_by(F("stood_on").desc(nulls_last=True), "pk")
    rows = rows.overdue(today) if asked == OVERDUE else rows.open()
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")


def counts(rows: ActionItemQuerySet, today: date) -> dict[str, int]:
    return {name: filtered(rows, name, today).count() for name in FILTERS}


def later_reviews(item: ActionItem) -> list[Meeting]:
    """Meetings that have looked at it, the latest first."""
    rows = Meeting.objects.everywhere(reason="of a thing that is within reach").filter(
        itemreviews__action=item, itemreviews__gone=False
    )
    return list(rows.order_by("-day"))
