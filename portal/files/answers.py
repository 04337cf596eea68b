"""How a file leaves the portal: its own kind, never sniffed, never run, kept by no cache."""

from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from portal.files import shelf
from portal.files.kinds import Kind
from portal.files.models import StoredFile

LOCKED_IN = "default-src 'none'; sandbox"
# Browsers draw a PDF by a page of their own, which a sandbox shuts out; scripts stay forbidden.
LOCKED_IN_VIEWER = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"


def handed_out(file: StoredFile, *, shown: bool) -> HttpResponseBase:
    answer = _by_the_proxy(file) if settings.FILES_ACCEL else _by_ourselves(file)
    shown = shown and (file.kind == Kind.PDF or Kind(file.kind).is_image)
    answer["Content-Disposition"] = content_disposition_header(not shown, file.name) or "attachment"
    answer["Content-Security-Policy"] = LOCKED_IN_VIEWER if shown and file.kind == Kind.PDF else LOCKED_IN
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _by_the_proxy(file: StoredFile) -> HttpResponse:
    """The portal says which file; the proxy, which sees the same folder, sends it, ranges and all."""
    answer = HttpResponse(content_type=file.content_type)
    answer[settings.FILES_ACCEL_HEADER] = settings.FILES_ACCEL.rstrip("/") + "/" + quote(file.path)
    return answer


def _by_ourselves(file: StoredFile) -> FileResponse:
    """From the first byte to the last: a range is not served, which the answer says."""
    answer = FileResponse(shelf.open_file(file.path), content_type=file.content_type)
    answer["Accept-Ranges"] = "none"
    return answer
