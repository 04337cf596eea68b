from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from branches.forms.grants import EndGrantForm, GrantForm
from branches.models import Grant
from branches.services.grants import end_grant, give_grant
from branches.views.reached import reached_organisation
from portal.access.middleware import CAPACITY
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires, signed_in
from portal.ui.forms import refusals_in
from portal.words.quantities import day


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.GIVE_GRANTS)
def give(request: ActorRequest, pk: int) -> HttpResponse:
    organisation = reached_organisation(request, pk, Permission.GIVE_GRANTS)
    form = GrantForm(request.POST or None, organisation=organisation, actor=request.actor)
    if form.is_valid():
        with refusals_in(form):
            grant = give_grant(organisation=organisation, **form.cleaned_data, by=request.actor)
            messages.success(
                request, f"Đã giao vai trò {grant.role_text} cho đ/c {grant.account} từ {day(grant.since)}."
            )
            return redirect("organisation", organisation.pk)
    facts = {
        "form": form,
        "organisation": organisation,
        "heading": "Giao vai trò",
        "lead": "Quyền có hiệu lực từ ngày ghi dưới đây và tự hết sau ngày cuối.",
        "action": "Giao vai trò",
    }
    return render(request, "branches/form_page.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.GIVE_GRANTS)
def end(request: ActorRequest, pk: int) -> HttpResponse:
    rows = Grant.objects.allowed(request.actor, Permission.GIVE_GRANTS).select_related("account", "organisation")
    grant = get_object_or_404(rows, pk=pk)
    form = EndGrantForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        with refusals_in(form):
            end_grant(grant, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đ/c {grant.account} thôi giữ vai trò {grant.role_text}.")
            return redirect("organisation", grant.organisation_id)
    return render(request, "branches/grant_end.html", {"form": form, "grant": grant})


@require_POST
@signed_in
def act_as(request: ActorRequest) -> HttpResponse:
    """The capacity one acts in from now on. What one does not hold is not taken: the actor falls back to the first."""
    chosen = request.POST.get("vai", "")
    if chosen in {str(held.grant_id) for held in request.actor.held}:
        request.session[CAPACITY] = int(chosen)
    return redirect("home")
