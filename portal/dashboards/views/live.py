from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from branches.summary.kept import Shelf
from branches.views.reached import reached_organisation
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.dashboards.live import mark_of, note_let_in


@require_safe
@requires(Permission.READ_FIGURES)
def dashboard_version(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Asked by every open dashboard every few seconds: 304 while nothing has moved."""
    shelf = Shelf(pk, timezone.localdate())
    place = reached_organisation(request, pk, Permission.READ_FIGURES)
    mark = mark_of(request.actor, place, shelf)
    if not mark:
        return _answer("Tạm thời chưa biết có gì mới.", status=503)
    note_let_in(request, place, mark)
    answer = _answer("Có số liệu mới.")
    answer["ETag"] = tag = f'"{mark}"'
    return get_conditional_response(request, etag=tag, response=answer)


def _answer(words: str, status: int = 200) -> HttpResponse:
    """Not kept by a browser, which would hide the 304 from the script that asks."""
    return HttpResponse(
        words, status=status, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )
