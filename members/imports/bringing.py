"""What a page does at once: a sheet is brought and, where its columns are found, checked. Longer ones want a job."""

from django.core.files.base import File

from branches.models import Organisation
from members.imports.checking import check_import
from members.imports.receiving import headings_found, receive_sheet
from members.models import Import
from portal.access.actor import Actor
from portal.history.actions import action
from portal.words.errors import DomainError
from portal.words.quantities import number

MOST_AT_ONCE = 2_000  # lines that are checked while somebody waits
TOO_LONG = f"Bảng dài quá {number(MOST_AT_ONCE)} người nên chưa nhập được ngay trên trang này. Hãy chia thành nhiều bảng, mỗi bảng tối đa {number(MOST_AT_ONCE)} người."


@action("đưa bảng đảng viên lên")
def bring_sheet(upload: File, *, organisation: Organisation, by: Actor) -> Import:
    """A sheet that is refused is not kept either."""
    brought = receive_sheet(upload, organisation=organisation, by=by)
    return check_at_once(brought, by=by) if headings_found(brought).is_enough else brought


@action("kiểm tra bảng đảng viên")
def check_at_once(brought: Import, *, by: Actor) -> Import:
    checked = check_import(brought, by=by)
    if checked.rows > MOST_AT_ONCE:
        raise DomainError(TOO_LONG, field="file")
    return checked
