"""Which reports somebody may read: own ones in any state, issued ones of those below; with names only for who reads the roll."""

from branches.models import Organisation
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.files.models import StoredFile
from portal.reports.kinds import all_kinds
from portal.reports.models import Report
from portal.reports.models.report import ReportQuerySet


def readable(actor: Actor) -> ReportQuerySet:
    with_names = [kind.code for kind in all_kinds() if kind.names_people]
    rows = Report.objects.allowed(actor, Permission.READ_FIGURES)
    named = Report.objects.allowed(actor, Permission.READ_ROLL).filter(kind__in=with_names)
    return rows.exclude(kind__in=with_names) | rows.filter(pk__in=named.values("pk"))


def may_read_file(actor: Actor, file: StoredFile) -> bool:
    return readable(actor).filter(pdf=file).exists()


def takes_for(actor: Actor, place: Organisation) -> bool:
    """Reports are taken where they came to: a province reaches its communes, and does not take for them."""
    held = actor.capacity
    return held is not None and held.organisation_id == place.pk and actor.may(Permission.TAKE_REPORTS, place.path)
