"""All reports of one kind and period that came to a place, as one file: asked for here, made by a worker (bundling.py)."""

from branches.models import Organisation
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.jobs.models import Job
from portal.jobs.services.asking import ask_for
from portal.reports.expected import Expected

ARCHIVE, VOLUME = "reports.archive", "reports.volume"
WHAT = {"zip": (ARCHIVE, "Tệp nén"), "pdf": (VOLUME, "Tập PDF")}


def ask_for_bundle(place: Organisation, expected: Expected, *, form: str, by: Actor) -> Job:
    """`form`: zip or pdf. Asked twice it is the same job."""
    by.need(Permission.READ_FIGURES, place.path)
    kind, words = WHAT[form]
    facts = {"place": place.pk, "kind": expected.kind.code, "first": expected.period.first.isoformat()}
    title = f"{words}: {expected.name}, gửi {place.name}"
    return ask_for(kind, by=by, title=title[:200], parameters=facts, key=" ".join(map(str, facts.values())))
