"""All reports of one kind and period as one archive, or bound into one volume: by a worker, as the one who asked."""

import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO

from django.core.files.base import File
from django.utils import timezone
from django.utils.timezone import localtime

from branches.models import Kind as OrganisationKind
from branches.models import Organisation
from branches.papers import form_of
from portal.access.permissions import Permission
from portal.files import shelf
from portal.files.kinds import Kind
from portal.files.names import bare
from portal.files.sheets.blank import write_sheet
from portal.jobs.kinds import job
from portal.jobs.work import Result, Work
from portal.papers.binding import Part, bound, pages_in
from portal.papers.collecting import named_apart
from portal.papers.drawing import Sheet, drawn_at_once
from portal.papers.numbering import Numbering
from portal.papers.pdf import html_of
from portal.reports.expected import Expected, due_kinds
from portal.reports.models import Arrival
from portal.reports.queries.bundling import Collected, collected
from portal.reports.services.bundling import ARCHIVE, VOLUME
from portal.reports.volume import title_page
from portal.words.errors import DomainError
from portal.words.quantities import day, number

HEADS = ("TT", "Nơi gửi", "Số báo cáo", "Ngày ban hành", "Gửi lúc", "Tình trạng", "Tệp", "SHA-256")
WIDTHS = (6, 34, 14, 14, 18, 22, 50, 68)
FOOT = 8  # millimetres


@job(ARCHIVE, words="Gói các báo cáo đã gửi", queue="heavy", sign="ZIP")
def archive(work: Work) -> Result:
    """The files byte for byte, so that each can still be compared, and a list of them with their marks."""
    found = _collected(work)
    with tempfile.TemporaryFile() as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
            for place, arrival in enumerate(found.arrivals, 1):
                packed.writestr(_dated(_name(place, arrival)), _content(arrival))
                _say(work, found, place)
            packed.writestr(_dated("Danh sách.xlsx"), _list(found), zipfile.ZIP_DEFLATED)
        file = work.keep_made(File(out), name=_title(found), kind=Kind.ZIP)
    return Result(_said(found), file=file)


@job(VOLUME, words="Đóng các báo cáo đã gửi thành một tập", queue="heavy", sign="PDF")
def volume(work: Work) -> Result:
    """With contents, bookmarks and page numbers of the whole at the foot; each report keeps its own above."""
    found = _collected(work)
    lengths = [pages_in(_content(arrival)) for arrival in found.arrivals]
    form = form_of(found.place, timezone.localdate(), work.actor)
    front = html_of(title_page(found, lengths, before=1))
    content = drawn_at_once(Sheet(front, form, numbered=False))
    if (long := pages_in(content)) > 1:
        content = drawn_at_once(Sheet(html_of(title_page(found, lengths, before=long)), form, numbered=False))
    numbering = Numbering(since=2, size=11, at=FOOT, at_foot=True)
    whole = bound(_parts(work, found, content), numbering=numbering)
    return Result(_said(found), file=work.keep_made(whole, name=_title(found), kind=Kind.PDF))


def _parts(work: Work, found: Collected, front: bytes) -> Iterator[Part]:
    """One at a time, so that no more than one lies open beside the volume."""
    yield Part(front)
    for place, arrival in enumerate(found.arrivals, 1):
        report = arrival.report
        assert report.number, "what was issued has its number"
        title = f"{report.organisation.name}, số {report.number.symbol}"
        yield Part(named_apart(_content(arrival), place), title)
        _say(work, found, place)


def _collected(work: Work) -> Collected:
    """The right is asked for again: what was lost meanwhile is lost."""
    asked = work.parameters
    rows = Organisation.objects.allowed(work.actor, Permission.READ_FIGURES).select_related("parent")
    place = rows.filter(pk=asked["place"]).first()
    kind = next((one for one in due_kinds() if one.code == asked["kind"]), None)
    if place is None or kind is None:
        raise DomainError("Đồng chí không còn xem được báo cáo gửi đến nơi này.")
    expected = Expected(kind, kind.period(date.fromisoformat(asked["first"])))
    found = collected(place, expected, work.actor, today=timezone.localdate())
    if not found.arrivals:
        raise DomainError(f"Chưa có {expected.short} nào gửi đến.")
    return found


def _say(work: Work, found: Collected, done: int) -> None:
    whole = len(found.arrivals)
    noun = "chi bộ" if OrganisationKind.BRANCH in found.expected.kind.of else "xã, phường"
    work.report(done, whole, f"Đang lập {number(done)}/{number(whole)} {noun}")


def _content(arrival: Arrival) -> bytes:
    assert arrival.report.pdf, "what was issued has its file"
    with shelf.open_file(arrival.report.pdf.path) as file:
        return file.read()


def _name(place: int, arrival: Arrival) -> str:
    assert arrival.report.number, "what was issued has its number"
    symbol = arrival.report.number.symbol.replace("/", "-")
    return f"{place:03} {bare(arrival.report.organisation.name)}, {bare(symbol)}.pdf"


def _dated(name: str) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name, timezone.localtime().timetuple()[:6])
    found.flag_bits |= 0x800  # names in UTF-8
    return found


def _list(found: Collected) -> bytes:
    out = BytesIO()
    rows = [_row(place, arrival) for place, arrival in enumerate(found.arrivals, 1)]
    rows += [("", name, "", "", "", "Chưa gửi", "", "") for name in found.missing]
    rows += [("", name, "", "", "", "Trả lại, chờ bản thay thế", "", "") for name in found.returned]
    write_sheet(out, found.expected.name, HEADS, WIDTHS, rows)
    return out.getvalue()


def _row(place: int, arrival: Arrival) -> tuple[str, ...]:
    report = arrival.report
    assert report.number, "what was issued has its number"
    assert report.pdf, "and its file"
    sent = localtime(arrival.sent_at)
    return (
        str(place), report.organisation.name, report.number.symbol, day(report.issued_on), f"{sent:%H:%M, %d/%m/%Y}",
        arrival.get_state_display(), _name(place, arrival), report.pdf.sha256,
    )  # fmt: skip


def _title(found: Collected) -> str:
    return f"{found.expected.name}, gửi {found.place.name}"


def _said(found: Collected) -> str:
    missing = len(found.missing) + len(found.returned)
    more = f", còn thiếu {number(missing)} nơi" if missing else ", đủ các nơi"
    return f"{number(len(found.arrivals))} báo cáo{more}"
