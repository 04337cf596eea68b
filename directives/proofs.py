"""What directives themselves show: that a branch has studied a document. Published to the registry of evidence."""

from django.urls import reverse

from directives.models import StudySession, Task
from portal.evidence.registry import Proof, Wanted


def from_study(wanted: Wanted) -> list[Proof]:
    """A study session proves the tasks of its document that ask for just that."""
    tasks = Task.objects.everywhere(reason="proof is of whoever has it").filter(pk__in=wanted.tasks, by_study=True)
    by_document: dict[int, list[int]] = {}
    for task, document in tasks.values_list("pk", "obligation__document"):
        by_document.setdefault(document, []).append(task)
    if not by_document:
        return []
    rows = StudySession.objects.everywhere(reason="proof is of whoever has it").filter(study__document__in=by_document)
    if wanted.organisations is not None:
        rows = rows.filter(organisation__in=wanted.organisations)
    if wanted.since:
        rows = rows.filter(held_on__gte=wanted.since)
    facts = rows.values_list("organisation", "held_on", "study__document", "note", "within_meeting").distinct()
    return [
        Proof(
            task, organisation, on, "Buổi quán triệt", note or ("Trong buổi sinh hoạt" if within else "Buổi học riêng"),
            reverse("study_coverage", args=[document]),
        )
        for organisation, on, document, note, within in facts
        for task in by_document[document]
    ]  # fmt: skip
