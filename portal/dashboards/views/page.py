"""Tổng quan: one address for every level; what stands below a place says which page it is."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.dashboards.frame import Frame, Level, frame_of
from portal.dashboards.views import branch, commune, province

PAGES: dict[Level, Callable[[ActorRequest, Frame], HttpResponse]] = {
    Level.BRANCH: branch.page,
    Level.COMMUNE: commune.page,
    Level.PROVINCE: province.page,
}


@require_safe
@requires(Permission.READ_FIGURES)
def my_dashboard(request: ActorRequest) -> HttpResponse:
    """Of where one acts."""
    if request.actor.capacity is None:
        raise Http404("no capacity, no dashboard")
    return redirect("dashboard", request.actor.capacity.organisation_id)


@require_safe
@requires(Permission.READ_FIGURES)
def dashboard(request: ActorRequest, pk: int) -> HttpResponse:
    frame = frame_of(request, pk)
    return PAGES[frame.level](request, frame)
