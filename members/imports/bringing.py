"""A sheet of a usual size is dealt with while its page waits; a long one becomes a job, which its page watches."""

from django.core.files.base import File
from django.db import OperationalError

from branches.models import Organisation
from members.imports.applying import apply_import, why_not_applied
from members.imports.checking import TooLong, check_import
from members.imports.receiving import headings_found, receive_sheet
from members.imports.undoing import undo_import, why_no_undo
from members.models import Import
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.files.kinds import MEGABYTE
from portal.history.actions import action
from portal.jobs.services.asking import ask_for
from portal.words.errors import DomainError

MOST_AT_ONCE = 2_000  # lines while somebody waits
MOST_BYTES_AT_ONCE = MEGABYTE  # of a heavier file the lines are not even counted
CHECK, APPLY, UNDO = "members.check_import", "members.apply_import", "members.undo_import"  # members/jobs.py
BUSY = "Bảng này đang được xử lý. Hãy đợi xong rồi làm tiếp."


@action("đưa bảng đảng viên lên")
def bring_sheet(upload: File, *, organisation: Organisation, by: Actor) -> Import:
    """A sheet that is refused is not kept either."""
    brought = receive_sheet(upload, organisation=organisation, by=by)
    return check_sheet(brought, by=by) if headings_found(brought).is_enough else brought


@action("kiểm tra bảng đảng viên")
def check_sheet(brought: Import, *, by: Actor) -> Import:
    by.need(Permission.IMPORT_MEMBERS, brought.organisation.path)
    brought = free_of_work(brought)
    if brought.file is None or brought.file.size <= MOST_BYTES_AT_ONCE:
        try:
            return check_import(brought, by=by, at_most=MOST_AT_ONCE)
        except TooLong:
            pass
    return _as_job(brought, CHECK, f"Kiểm tra bảng {brought.name}", by=by)


@action("nhập đảng viên từ bảng")
def apply_sheet(checked: Import, *, by: Actor) -> Import:
    by.need(Permission.IMPORT_MEMBERS, checked.organisation.path)
    checked = free_of_work(checked)
    if refusal := why_not_applied(checked):
        raise DomainError(refusal)
    if checked.new + checked.changed <= MOST_AT_ONCE:
        return apply_import(checked, by=by)
    return _as_job(checked, APPLY, f"Nhập đảng viên từ bảng {checked.name}", by=by)


@action("hoàn tác một lần nhập đảng viên")
def undo_sheet(applied: Import, *, by: Actor) -> Import:
    by.need(Permission.IMPORT_MEMBERS, applied.organisation.path)
    applied = free_of_work(applied)
    if refusal := why_no_undo(applied):
        raise DomainError(refusal)
    if applied.new + applied.changed <= MOST_AT_ONCE:
        return undo_import(applied, by=by)
    return _as_job(applied, UNDO, f"Hoàn tác lần nhập {applied.number}", by=by)


def free_of_work(found: Import) -> Import:
    """Locked, unless somebody else or a worker is at it; who is at it may take long, so nobody waits here."""
    rows = Import.everything.select_related("organisation", "file", "job", "by")
    try:
        locked = rows.select_for_update(of=["self"], nowait=True).get(pk=found.pk)
    except OperationalError as held:
        raise DomainError(BUSY) from held
    if locked.is_at_work:
        raise DomainError(BUSY)
    if locked.job_id:  # what it came to is no longer news
        locked.job = None
        locked.save(update_fields=["job"])
    return locked


def _as_job(found: Import, kind: str, title: str, *, by: Actor) -> Import:
    found.job = ask_for(kind, by=by, title=title[:200], parameters={"import": found.pk}, key=f"import {found.pk}")
    found.save(update_fields=["job"])
    return found
