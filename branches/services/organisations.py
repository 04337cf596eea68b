from django.db import connection

from branches.models import Kind, Organisation, Rank
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError

# How high a kind stands; a child stands lower than its parent, a branch may hang from any of those above it.
HEIGHT = {kind: height for height, kind in enumerate(Kind)}


@action("lập tổ chức")
def found_organisation(
    *, code: str, name: str, kind: Kind, rank: Rank, parent: Organisation, by: Actor
) -> Organisation:
    by.need(Permission.FOUND_ORGANISATION, parent.path)
    return _found(code, name, kind, rank, parent)


@action("lập tổ chức gốc")
def found_root(*, code: str, name: str, kind: Kind) -> Organisation:
    """The organisation a portal begins with; there is nobody yet in whose name it could be founded."""
    if Organisation.objects.everywhere(reason="is there a root already?").filter(parent=None).exists():
        raise DomainError("Cổng đã có tổ chức gốc.")
    return _found(code, name, kind, Rank.NONE, None)


def _found(code: str, name: str, kind: Kind, rank: Rank, parent: Organisation | None) -> Organisation:
    if Organisation.objects.everywhere(reason="codes are unique in the whole portal").filter(code=code).exists():
        raise DomainError(f"Mã {code} đã dùng cho tổ chức khác.", field="code")
    if parent and HEIGHT[Kind(kind)] <= HEIGHT[Kind(parent.kind)]:
        raise DomainError(f"{Kind(kind).label} không thể trực thuộc {parent.name}.", field="kind")
    organisation = Organisation(code=code, name=name, kind=kind, rank=rank, parent=parent)
    organisation.pk = _next_number()
    organisation.path = f"{parent.path if parent else '/'}{organisation.pk}/"
    organisation.save(force_insert=True)
    return organisation


def _next_number() -> int:
    """The path holds the row's own number, so the number is drawn before the row is written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [Organisation._meta.db_table])
        return cursor.fetchone()[0]
