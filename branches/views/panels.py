"""Parts of an organisation's page that come from higher floors; each is fetched by itself."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches.views.reached import reached_organisation
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.panels import panel_named


@require_safe
@requires(Permission.SEE_ORGANISATION)
def organisation_panel(request: ActorRequest, pk: int, slug: str) -> HttpResponse:
    """Into the page where there is JavaScript, as a page of its own where there is none."""
    panel = panel_named("organisation", slug)
    if panel is None:
        raise Http404("no panel of this name")
    organisation = reached_organisation(request, pk, panel.permission)
    shown = panel.facts(request.actor, organisation)
    if request.htmx and shown is None:
        return HttpResponse()  # the slot closes
    facts = (shown or {}) | {"organisation": organisation, "panel": panel, "is_empty": shown is None}
    return render(request, panel.template if request.htmx and shown else "branches/panel_page.html", facts)
