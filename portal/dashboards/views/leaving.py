"""A part of a dashboard leaves the page."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.dashboards.blocks import Block, block_named
from portal.dashboards.exports.ways import Way, made, name_of
from portal.dashboards.frame import Frame, frame_of
from portal.dashboards.queries import every_figure  # noqa: F401  registers itself
from portal.files.answers import LOCKED_IN
from portal.history.models import Deed
from portal.history.traces import leave_trace
from portal.words.quantities import number


@require_safe
@requires(Permission.READ_FIGURES)
def dashboard_block(request: ActorRequest, pk: int, slug: str) -> HttpResponse:
    """?dang=xlsx (as usual), svg, png, pdf. A wrong day is said by the page, which has a form to say it in."""
    frame = frame_of(request, pk)
    if frame.form.errors:
        return redirect(f"{reverse('dashboard', args=[pk])}?{request.GET.urlencode()}")
    block, asked = block_named(frame, slug), request.GET.get("dang", Way.XLSX)
    if block is None or asked not in [*Way]:
        raise Http404("no such part, or no such way out")
    answer = handed(block, frame, Way(asked))
    if block.names_persons and request.method == "GET":
        subject = f"{block.title}: {number(len(block.table.rows))} dòng"[:300]
        leave_trace(Deed.EXPORTED, subject=subject, place=frame.place.path, by=request.actor)
    return answer


def handed(block: Block, frame: Frame, way: Way) -> HttpResponse:
    answer = HttpResponse(made(block, frame, way), content_type=way.content_type)
    answer["Content-Disposition"] = content_disposition_header(True, name_of(block, frame, way)) or "attachment"
    answer["Content-Security-Policy"] = LOCKED_IN
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return answer
