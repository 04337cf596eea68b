"""What closed meetings show of the tasks of documents. Published to the registry of evidence."""

from django.urls import reverse

from meetings.models import Evidence, MeetingKind
from portal.evidence.registry import Proof, Wanted


def from_meetings(wanted: Wanted) -> list[Proof]:
    """One a meeting and task, however many things of it bear on the task."""
    rows = Evidence.objects.everywhere(reason="proof is of whoever has it")
    rows = rows.filter(task__in=wanted.tasks, meeting__closed_at__isnull=False)
    if wanted.organisations is not None:
        rows = rows.filter(organisation__in=wanted.organisations)
    if wanted.since:
        rows = rows.filter(meeting__day__gte=wanted.since)
    facts = rows.order_by("meeting", "task", "at").distinct("meeting", "task")
    return [
        Proof(task, organisation, day, MeetingKind(kind).label, words, reverse("meeting", args=[meeting]))
        for task, organisation, day, kind, words, meeting in facts.values_list(
            "task", "organisation", "meeting__day", "meeting__kind", "words", "meeting"
        )
    ]
