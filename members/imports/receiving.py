"""A sheet is brought: kept as it came, its headings found, its columns matched by themselves or by hand."""

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone

from branches.models import Organisation
from members.imports.columns import COLUMNS
from members.imports.headings import Headings, headings_of
from members.models import Import, ImportMapping, ImportRow
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.files import shelf
from portal.files.kinds import MEGABYTE, SHEETS
from portal.files.models import StoredFile
from portal.files.services.storing import store_file
from portal.files.sheets.reading import long_rows_of_file
from portal.files.sheets.workbooks import OLD_EXCEL
from portal.history.actions import action
from portal.words.errors import DomainError

DOOR = "members.imports"
MOST_BYTES = 20 * MEGABYTE
MOST_ROWS = 120_000
TO_UNDO = timedelta(days=1)
NO_FILE = "Tệp của lần nhập này không còn. Hãy chọn lại tệp."


@action("đưa bảng đảng viên lên")
def receive_sheet(upload: File, *, organisation: Organisation, by: Actor) -> Import:
    """Whoever has matched these headings by hand once is not asked again."""
    by.need(Permission.IMPORT_MEMBERS, organisation.path)
    forget_what_is_over()
    headings = headings_of(_rows(upload))
    remembered = ImportMapping.everything.filter(organisation=organisation, headings=headings.mark).first()
    brought = Import(
        organisation=organisation, by=by.account, name=(upload.name or "")[-200:], sha256=_sha256(upload),
        headings=headings.texts, begins=headings.begins, places=remembered.places if remembered else headings.places,
    )  # fmt: skip
    brought.file = store_file(_storable(upload), kinds=SHEETS, door=DOOR, by=by, field="file")
    brought.save()
    return brought


@action("ghép cột của bảng đảng viên")
def match_columns(brought: Import, *, places: Mapping[str, int], by: Actor) -> Import:
    by.need(Permission.IMPORT_MEMBERS, brought.organisation.path)
    if brought.state not in (Import.State.BROUGHT, Import.State.CHECKED):
        raise DomainError("Bảng này đã nhập rồi, không ghép lại cột được.")
    known = {name: place for name, place in places.items() if name in COLUMNS and place < len(brought.headings)}
    if not Headings(brought.headings, brought.begins, known).is_enough:
        raise DomainError("Cần ghép cột Họ và tên (hoặc cả Họ và Tên), và ít nhất Ngày sinh hoặc Số thẻ đảng viên.")
    mark = Headings(brought.headings, brought.begins).mark
    ImportMapping.everything.update_or_create(
        organisation=brought.organisation, headings=mark, defaults={"places": known}
    )
    brought.places = known
    brought.save(update_fields=["places"])
    return brought


def may_read_sheet(actor: Actor, file: StoredFile) -> bool:
    brought = Import.everything.filter(file=file).select_related("organisation").first()
    return brought is not None and actor.may(Permission.IMPORT_MEMBERS, brought.organisation.path)


def headings_found(brought: Import) -> Headings:
    return Headings(brought.headings, brought.begins, brought.places)


def rows_of(brought: Import) -> Iterator[list[str]]:
    if brought.file is None or not shelf.is_there(brought.file.path):
        raise DomainError(NO_FILE)
    with shelf.open_file(brought.file.path) as stored:
        yield from _rows(File(stored, name=brought.file.name))


def forget_what_is_over() -> int:
    """Lines and files are kept for as long as they are of use: until what was written can no longer be taken back."""
    since = timezone.now() - TO_UNDO
    over = Import.everything.filter(at__lt=since).exclude(applied_at__gte=since)
    ImportRow.everything.filter(of__in=over).delete()
    for file in StoredFile.everything.filter(pk__in=over.values("file"))[:20]:
        path = file.path
        file.delete()
        transaction.on_commit(partial(shelf.remove, path), robust=True)
    return over.filter(state__in=[Import.State.BROUGHT, Import.State.CHECKED]).delete()[0]


def _rows(upload: File) -> Iterator[list[str]]:
    return long_rows_of_file(upload, most_rows=MOST_ROWS, most_bytes=MOST_BYTES)


def _storable(upload: File) -> File:
    """Old Excel files are read and not kept: their rows are."""
    upload.seek(0)
    if upload.read(len(OLD_EXCEL)) != OLD_EXCEL:
        return upload
    out = io.StringIO()
    csv.writer(out).writerows(_rows(upload))
    return ContentFile(out.getvalue().encode("utf-8-sig"), name=f"{(upload.name or 'bang').rpartition('.')[0]}.csv")


def _sha256(upload: File) -> str:
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()
