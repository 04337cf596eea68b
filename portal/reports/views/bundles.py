"""All reports that came, as one file."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.reports.services.bundling import WHAT, ask_for_bundle
from portal.reports.views.arrivals import asked_for, receiver


@require_POST
@requires(Permission.READ_FIGURES)
def bundle(request: ActorRequest, pk: int, slug: str) -> HttpResponse:
    place, form = receiver(request, pk), request.POST.get("dang", "zip")
    if form not in WHAT:
        raise Http404("no such form")
    expected = asked_for(request.POST.get("ky", ""), slug, timezone.localdate())
    return redirect("job", ask_for_bundle(place, expected, form=form, by=request.actor).pk)
