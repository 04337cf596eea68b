from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from branches.models import Kind
from branches.views.reached import reached_organisation
from members.forms.records import EnterForm
from members.forms.roll import RollFilter
from members.models import Correction, Member, State
from members.queries import strength_of
from members.services.records import COLUMNS, enter_member
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in
from portal.ui.pages import page_of


@require_safe
@requires(Permission.READ_ROLL)
def roll(request: ActorRequest, pk: int) -> HttpResponse:
    """Members of a branch, or of all branches below, in the order of their given names."""
    organisation = reached_organisation(request, pk, Permission.READ_ROLL)
    everybody = Member.objects.allowed(request.actor, Permission.READ_ROLL).at_or_below(organisation.path)
    form = RollFilter(request.GET)
    rows = form.narrowed(everybody).select_related("branch").in_order()
    waiting = Correction.objects.allowed(request.actor, Permission.KEEP_ROLL).waiting()
    facts = {
        "organisation": organisation,
        "form": form,
        "page": page_of(rows, request),
        "strength": strength_of(everybody),
        "waiting": waiting.filter(member__branch__path__startswith=organisation.path).select_related("member"),
        "one_branch": organisation.kind == Kind.BRANCH,
        "may_import": organisation.kind == Kind.COMMUNE
        and request.actor.may(Permission.IMPORT_MEMBERS, organisation.path),
        "may_export": request.actor.may(Permission.EXPORT_ROLL, organisation.path),
        "may_enter": organisation.kind == Kind.BRANCH and request.actor.may(Permission.KEEP_ROLL, organisation.path),
    }
    return render(request, "members/roll.html#rows" if request.htmx else "members/roll.html", facts)


@require_safe
@requires(Permission.READ_ROLL)
def my_roll(request: ActorRequest) -> HttpResponse:
    """The way in the top bar: the roll of where one acts."""
    held = request.actor.capacity
    return redirect("roll", held.organisation_id) if held else redirect("home")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_ROLL)
def enter(request: ActorRequest, pk: int) -> HttpResponse:
    branch = reached_organisation(request, pk, Permission.KEEP_ROLL)
    form = EnterForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        facts = {name: typed[name] for name in COLUMNS if name in typed}
        with refusals_in(form):
            member = enter_member(
                branch=branch, since=typed["since"], state=State(typed["state"]), ground=typed["ground"], facts=facts,
                by=request.actor,
            )  # fmt: skip
            messages.success(request, f"Đã ghi đ/c {member} vào danh sách.")
            return redirect("member", member.pk)
    return render(request, "members/enter.html", {"organisation": branch, "form": form})
