from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from branches.forms.organisations import DescriptionForm
from branches.models import Grant, Kind, Organisation, Settlement
from branches.queries.grants import onlookers_of
from branches.queries.settlements import coverage_of
from branches.queries.tree import life_of, roots_on, trail_of
from branches.services.enquiries import ASKED_ABOUT
from branches.services.organisations import describe_organisation
from branches.views.reached import reached_organisation
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.history.models import AccessTrace
from portal.history.sentences import history_of
from portal.ui.forms import refusals_in
from portal.ui.pages import page_of
from portal.ui.panels import panels_of


@require_safe
@requires(Permission.SEE_ORGANISATION)
def organisations(request: ActorRequest) -> HttpResponse:
    """The tree of today, or of the day asked for; a search over all of it."""
    sought, day = request.GET.get("tim", "").strip(), asked_day(request)
    facts = {"sought": sought, "day": day, "today": timezone.localdate(), "open": True}
    facts |= _found(request, sought) if sought else {"nodes": _roots(request, day)}
    template = "branches/organisations.html#rows" if request.htmx else "branches/organisations.html"
    return render(request, template, facts)


@require_safe
@requires(Permission.SEE_ORGANISATION)
def below(request: ActorRequest, pk: int) -> HttpResponse:
    """One step of the tree, fetched when it is opened."""
    found, day = reached_organisation(request, pk, Permission.SEE_ORGANISATION), asked_day(request)
    return render(request, "branches/below.html", {"nodes": _nodes(request, found, day), "day": day, "open": False})


@require_safe
@requires(Permission.SEE_ORGANISATION)
def organisation(request: ActorRequest, pk: int) -> HttpResponse:
    found = reached_organisation(request, pk, Permission.SEE_ORGANISATION)
    actor, path, today = request.actor, found.path, timezone.localdate()
    may = {
        "see_grants": actor.may(Permission.SEE_GRANTS, path),
        "give_grants": actor.may(Permission.GIVE_GRANTS, path),
        "import_members": actor.may(Permission.IMPORT_MEMBERS, path),
        "export_roll": actor.may(Permission.EXPORT_ROLL, path),
        "manage_accounts": actor.may(Permission.MANAGE_ACCOUNTS, path),
        "reorganise": actor.may(Permission.REORGANISE, path),
        "read_traces": actor.may(Permission.READ_TRACES, path),
        "read_roll": actor.may(Permission.READ_ROLL, path),
        "read_history": actor.may(Permission.READ_HISTORY, path),
        "ask_for_persons": found.kind in ASKED_ABOUT and actor.may(Permission.ASK_FOR_PERSONS, path),
    }
    grants = Grant.objects.allowed(actor, Permission.SEE_GRANTS).filter(organisation=found)
    facts = {
        "organisation": found,
        "trail": trail_of(found),
        "may": may,
        "today": today,
        "ended": found.ended_by(today),
        "children": page_of(_nodes(request, found, today), request),
        "life": life_of(found),
        "panels": panels_of("organisation", actor, path),
        "grants": grants.select_related("account", "acting_for").in_order(),
        "history": history_of(found) if may["read_history"] else [],
        "coverage": coverage_of(found) if found.kind == Kind.COMMUNE else None,
        "covered": Settlement.objects.allowed(actor, Permission.SEE_ORGANISATION).living().covered_by(found).in_order(),
    }
    return render(request, "branches/organisation.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REORGANISE)
def describe(request: ActorRequest, pk: int) -> HttpResponse:
    """What has no dates: type, area, tags, when it joined the portal."""
    found = reached_organisation(request, pk, Permission.REORGANISE)
    form = DescriptionForm(request.POST or None, organisation=found)
    if form.is_valid():
        with refusals_in(form):
            describe_organisation(found, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã lưu thông tin của {found.name}.")
            return redirect("organisation", found.pk)
    facts = {
        "form": form,
        "organisation": found,
        "heading": "Sửa thông tin",
        "lead": "Tên, cấp, cấp trên có ngày hiệu lực thì đổi ở “Sắp xếp tổ chức”.",
        "action": "Lưu",
    }
    return render(request, "branches/form_page.html", facts)


def asked_day(request: ActorRequest) -> date:
    """?ngay=2024-12-31; nonsense and nothing mean today."""
    try:
        return date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        return timezone.localdate()


def _found(request: ActorRequest, sought: str) -> dict[str, Any]:
    rows = Organisation.objects.allowed(request.actor, Permission.SEE_ORGANISATION).select_related("parent")
    page = page_of(rows.matching(sought).order_by(F("dissolved_on").asc(nulls_first=True), "sort_key", "pk"), request)
    return {"page": page, "like": [] if page.paginator.count else list(rows.resembling(sought))}


def _roots(request: ActorRequest, day: date) -> list[Organisation]:
    """Where the actor's tree begins, with its first step already open."""
    seen = Organisation.objects.allowed(request.actor, Permission.SEE_ORGANISATION)
    home = seen.filter(path=request.actor.capacity.path).first() if request.actor.capacity else None
    numbers = [root.pk for root in roots_on(home, day)] if home else []
    roots = list(seen.filter(pk__in=numbers).as_of(day).with_count_below(day).order_by("path"))
    for root in roots:
        root.nodes = _nodes(request, root, day)  # type: ignore[attr-defined]
    return roots


def _nodes(request: ActorRequest, parent: Organisation, day: date) -> QuerySet[Organisation]:
    seen = Organisation.objects.allowed(request.actor, Permission.SEE_ORGANISATION)
    return seen.placed_under(parent, day).as_of(day).with_count_below(day).order_by("kind", "sort_key", "pk")


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
