"""Which reports somebody may read: own ones in any state, issued ones of those below; with names only for who reads the roll."""

from branches.models import Organisation
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.files.models import StoredFile
from portal.reports.kinds import all_kinds
from portal.reports.models import Report
from portal.reports.models.report import ReportQuerySet
from portal.words.errors import NotAllowed


def readable(actor: Actor) -> ReportQuerySet:
    with_names = [kind.code for kind in all_kinds() if kind.names_people]
    rows = Report.objects.allowed(actor, Permission.READ_FIGURES)
    named = Report.objects.allowed(actor, Permission.READ_ROLL).filter(kind__in=with_names)
    return rows.exclude(kind__in=with_names) | rows.filter(pk__in=named.values("pk"))


def may_read_file(actor: Actor, file: StoredFile) -> bool:
    return readable(actor).filter(pdf=file).exists()


def is_own(actor: Actor, place: Organisation) -> bool:
    """Reports are written, and taken, by the place itself: a province reaches its communes, and does neither for them."""
    return actor.capacity is not None and actor.capacity.organisation_id == place.pk


def acts_for(actor: Actor, place: Organisation, permission: Permission) -> bool:
    return is_own(actor, place) and actor.may(permission, place.path)


def must_be_own(actor: Actor, place: Organisation, permission: Permission) -> None:
    actor.need(permission, place.path)
    if not is_own(actor, place):
        raise NotAllowed("Mỗi nơi tự soạn, duyệt và ban hành báo cáo của mình.")


def takes_for(actor: Actor, place: Organisation) -> bool:
    return acts_for(actor, place, Permission.TAKE_REPORTS)
