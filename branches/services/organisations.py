from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.utils import timezone

from branches.models import Area, BranchType, Kind, Organisation, Rank
from branches.summary.recount import recount_since
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError


@dataclass(frozen=True)
class NewOrganisation:
    """What is typed of an organisation that is to be founded."""

    name: str
    code: str
    kind: Kind
    rank: Rank = Rank.NONE
    symbol: str = ""
    branch_type: BranchType = BranchType.NONE
    area: str = ""
    tags: list[str] = field(default_factory=list)


@action("lập tổ chức gốc")
def found_root(*, code: str, name: str, kind: Kind) -> Organisation:
    """The organisation a portal begins with; there is nobody yet in whose name it could be founded."""
    if Organisation.objects.everywhere(reason="is there a root already?").filter(parent=None).exists():
        raise DomainError("Cổng đã có tổ chức gốc.")
    return found(NewOrganisation(name, code, kind), None)


@action("sửa thông tin tổ chức")
def describe_organisation(
    organisation: Organisation,
    *,
    code: str,
    branch_type: BranchType,
    area: Area,
    tags: list[str],
    joined_on: date | None,
    decision: str,
    by: Actor,
) -> Organisation:
    """What has no dates of its own."""
    by.need(Permission.REORGANISE, organisation.path)
    others = Organisation.objects.everywhere(reason="codes are unique in the whole portal").exclude(pk=organisation.pk)
    if others.filter(code=code).exists():
        raise DomainError(f"Mã {code} đã dùng cho tổ chức khác.", field="code")
    joined_before = organisation.joined_on
    organisation.code, organisation.branch_type, organisation.area = code, branch_type, area
    organisation.tags, organisation.joined_on, organisation.decision = sorted(tags), joined_on, decision
    organisation.save()
    recount_since([organisation], min(filter(None, [joined_before, joined_on]), default=None))
    return organisation


def found(
    new: NewOrganisation, parent: Organisation | None, *, founded_on: date | None = None, decision: str = ""
) -> Organisation:
    """The row; the database writes its first standing and placement out of it (branches/models/triggers.py)."""
    if Organisation.objects.everywhere(reason="codes are unique in the whole portal").filter(code=new.code).exists():
        raise DomainError(f"Mã {new.code} đã dùng cho tổ chức khác.", field="code")
    if new.branch_type and Kind(new.kind) not in (Kind.BRANCH, Kind.PART, Kind.BASE):
        raise DomainError("Chỉ chi bộ và đảng bộ cơ sở mới có loại hình.", field="branch_type")
    organisation = Organisation(
        code=new.code, name=new.name, kind=new.kind, rank=new.rank, symbol=new.symbol, branch_type=new.branch_type,
        area=new.area, tags=new.tags, parent=parent, founded_on=founded_on, decision=decision,
        joined_on=max(filter(None, [founded_on, timezone.localdate()])),
    )  # fmt: skip
    organisation.pk = _next_number()
    organisation.path = f"{parent.path if parent else '/'}{organisation.pk}/"
    organisation.save(force_insert=True)
    return organisation


def _next_number() -> int:
    """The path holds the row's own number, so the number is drawn before the row is written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [Organisation._meta.db_table])
        return cursor.fetchone()[0]
