"""The roll: of a branch, of a commune, of a province for whom reads it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from branches.models import Kind
from branches.views.reached import reached_organisation
from members.forms.record import EnterMemberForm
from members.forms.roll import RollForm, below_for_filter
from members.models import State
from members.queries.roll import gone_from, narrowed, roll_of, strength_of, waiting_corrections
from members.services.records import MEMBERS_LIVE_IN, enter_member
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.accounts.models import SavedView
from portal.ui.forms import refusals_in
from portal.ui.pages import page_of


@require_safe
@requires(Permission.READ_ROLL)
def my_roll(request: ActorRequest) -> HttpResponse:
    """The way in the navigation: the roll of where one acts."""
    capacity = request.actor.capacity
    if capacity is None:
        raise Http404("no capacity, no roll")
    return redirect("roll", capacity.organisation_id)


@require_safe
@requires(Permission.READ_ROLL)
def roll(request: ActorRequest, pk: int) -> HttpResponse:
    organisation, actor = reached_organisation(request, pk, Permission.READ_ROLL), request.actor
    form = RollForm(request.GET, below=below_for_filter(organisation, actor))
    everybody = roll_of(organisation, actor)
    rows = narrowed(everybody, form.asked, timezone.localdate())
    strength = strength_of(everybody)
    found = strength_of(rows) if form.asked else strength
    facts = {
        "organisation": organisation,
        "form": form,
        "strength": strength,
        "found": found,
        "page": page_of(rows.select_related("branch").in_order(), request, count=found.total),
        "query": _kept_query(request),
        "saved_views": SavedView.objects.allowed(actor, Permission.SEE_OWN_RECORD).of_page(request.path),
        "corrections": waiting_corrections(organisation, actor).select_related("member"),
        "is_branch": organisation.kind in MEMBERS_LIVE_IN,
        "may_keep": actor.may(Permission.KEEP_ROLL, organisation.path),
        "may_import": organisation.kind == Kind.COMMUNE and actor.may(Permission.IMPORT_MEMBERS, organisation.path),
        "may_export": actor.may(Permission.EXPORT_ROLL, organisation.path),
    }
    return render(request, "members/roll.html#rows" if request.htmx else "members/roll.html", facts)


@require_safe
@requires(Permission.READ_ROLL)
def gone(request: ActorRequest, pk: int) -> HttpResponse:
    """Who was here: moved away, died, left."""
    organisation = reached_organisation(request, pk, Permission.READ_ROLL)
    rows = gone_from(organisation, request.actor, timezone.localdate()).select_related("member__branch", "organisation")
    page = page_of(rows, request)
    for row in page:
        branch = row.member.branch
        row.is_still_ours = branch is not None and branch.path.startswith(organisation.path)
    facts = {"organisation": organisation, "page": page, "is_branch": organisation.kind in MEMBERS_LIVE_IN}
    return render(request, "members/gone.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_ROLL)
def enter(request: ActorRequest, pk: int) -> HttpResponse:
    branch = reached_organisation(request, pk, Permission.KEEP_ROLL)
    if branch.kind not in MEMBERS_LIVE_IN:
        raise Http404("members live in branches")
    form = EnterMemberForm(request.POST or None, initial={"ethnicity": "Kinh", "since": timezone.localdate()})
    if form.is_valid():
        with refusals_in(form):
            facts = dict(form.cleaned_data)
            since, state, ground = facts.pop("since"), State(facts.pop("state")), facts.pop("ground")
            member = enter_member(branch=branch, since=since, state=state, ground=ground, facts=facts, by=request.actor)
            messages.success(request, f"Đã ghi đ/c {member.full_name} vào danh sách của {branch.name}.")
            return redirect("member", member.pk)
    return render(request, "members/enter.html", {"form": form, "organisation": branch})


def _kept_query(request: ActorRequest) -> str:
    """The filters as they would be kept under a name: without the page, and without what says nothing."""
    query = request.GET.copy()
    query.pop("trang", None)
    for name in [name for name, value in query.items() if not value]:
        query.pop(name)
    return query.urlencode()
