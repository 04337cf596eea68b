from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from branches.forms import OrganisationForm
from branches.models import Grant, Organisation
from branches.queries import onlookers_of, trail_of
from branches.services.enquiries import ASKED_ABOUT
from branches.services.organisations import found_organisation
from branches.views.reached import reached_organisation
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.history.models import AccessTrace
from portal.history.sentences import history_of
from portal.ui.forms import refusals_in
from portal.ui.pages import page_of


@require_safe
@requires(Permission.SEE_ORGANISATION)
def organisations(request: ActorRequest) -> HttpResponse:
    sought = request.GET.get("tim", "")
    rows = Organisation.objects.allowed(request.actor, Permission.SEE_ORGANISATION)
    rows = rows.matching(sought).select_related("parent").order_by("path" if not sought else "sort_key")
    template = "branches/organisations.html#rows" if request.htmx else "branches/organisations.html"
    return render(request, template, {"page": page_of(rows, request), "sought": sought})


@require_safe
@requires(Permission.SEE_ORGANISATION)
def organisation(request: ActorRequest, pk: int) -> HttpResponse:
    found = reached_organisation(request, pk, Permission.SEE_ORGANISATION)
    actor, path = request.actor, found.path
    may = {
        "see_grants": actor.may(Permission.SEE_GRANTS, path),
        "give_grants": actor.may(Permission.GIVE_GRANTS, path),
        "manage_accounts": actor.may(Permission.MANAGE_ACCOUNTS, path),
        "found": actor.may(Permission.FOUND_ORGANISATION, path),
        "read_traces": actor.may(Permission.READ_TRACES, path),
        "read_history": actor.may(Permission.READ_HISTORY, path),
        "ask_for_persons": found.kind in ASKED_ABOUT and actor.may(Permission.ASK_FOR_PERSONS, path),
    }
    grants = Grant.objects.allowed(actor, Permission.SEE_GRANTS).filter(organisation=found)
    facts = {
        "organisation": found,
        "trail": trail_of(found),
        "may": may,
        "today": timezone.localdate(),
        "grants": grants.select_related("account", "acting_for").in_order(),
        "history": history_of(found) if may["read_history"] else [],
    }
    return render(request, "branches/organisation.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.FOUND_ORGANISATION)
def found_below(request: ActorRequest, pk: int) -> HttpResponse:
    parent = reached_organisation(request, pk, Permission.FOUND_ORGANISATION)
    form = OrganisationForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            new = found_organisation(**form.cleaned_data, parent=parent, by=request.actor)
            messages.success(request, f"Đã lập {new.name}.")
            return redirect("organisation", new.pk)
    facts = {
        "form": form,
        "organisation": parent,
        "heading": "Lập tổ chức trực thuộc",
        "lead": f"Tổ chức mới đứng ngay dưới {parent.name}.",
        "action": "Lập tổ chức",
    }
    return render(request, "branches/form_page.html", facts)


@require_safe
@requires(Permission.SEE_GRANTS)
def onlookers(request: ActorRequest, pk: int) -> HttpResponse:
    """“Ai được xem gì”: who can see and do what here, and through which grant."""
    found = reached_organisation(request, pk, Permission.SEE_GRANTS)
    facts = {"organisation": found, "onlookers": onlookers_of(found, timezone.localdate())}
    return render(request, "branches/onlookers.html", facts)


@require_safe
@requires(Permission.READ_TRACES)
def traces(request: ActorRequest, pk: int) -> HttpResponse:
    """“Sổ truy cập”: who read closed data of this organisation, exported or downloaded it."""
    found = reached_organisation(request, pk, Permission.READ_TRACES)
    rows = AccessTrace.objects.allowed(request.actor, Permission.READ_TRACES).of_place(found.path)
    rows = rows.select_related("account").order_by("-at", "-pk")
    return render(request, "branches/traces.html", {"organisation": found, "page": page_of(rows, request)})
