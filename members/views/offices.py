"""Who leads an organisation, who led it, and where something is missing."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from branches.models import Kind
from branches.views.reached import reached_organisation
from members.forms.offices import EndSidePostForm, LeaveOfficeForm, OfficeForm
from members.models import Charge, ConcurrentPost, HouseholdCharge, Office
from members.queries.offices import gaps_below, office_holders
from members.services.offices import leave_office, take_office
from members.services.side_posts import end_side_post
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in
from portal.words.quantities import day

SIDE_POSTS = {"ngoai-dang": ConcurrentPost, "chi-bo": Charge, "ho": HouseholdCharge}


@require_safe
@requires(Permission.READ_ROLL)
def offices(request: ActorRequest, pk: int) -> HttpResponse:
    organisation = reached_organisation(request, pk, Permission.READ_ROLL)
    today = timezone.localdate()
    facts = {
        "organisation": organisation,
        "held": office_holders(organisation, request.actor, today),
        "may_keep": request.actor.may(Permission.KEEP_OFFICES, organisation.path),
        "is_branch": organisation.kind == Kind.BRANCH,
        "gaps": None if organisation.kind == Kind.BRANCH else gaps_below(organisation, request.actor, today),
    }
    return render(request, "members/offices.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_OFFICES)
def take(request: ActorRequest, pk: int) -> HttpResponse:
    organisation = reached_organisation(request, pk, Permission.KEEP_OFFICES)
    if organisation.kind == Kind.CELL:
        raise Http404("cells have no committee")
    form = OfficeForm(
        request.POST or None, organisation=organisation, actor=request.actor, initial={"since": timezone.localdate()}
    )
    if form.is_valid():
        with refusals_in(form):
            office = take_office(organisation=organisation, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã ghi: đ/c {office.member.full_name}, {office.title}, từ {day(office.since)}.")
            return redirect("offices", organisation.pk)
    return render(request, "members/office_take.html", {"form": form, "organisation": organisation})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_OFFICES)
def leave(request: ActorRequest, pk: int) -> HttpResponse:
    rows = Office.objects.allowed(request.actor, Permission.KEEP_OFFICES)
    office = get_object_or_404(rows.select_related("organisation", "member", "acting_for"), pk=pk)
    form = LeaveOfficeForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        with refusals_in(form):
            leave_office(office, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đ/c {office.member.full_name} thôi giữ chức vụ {office.title}.")
            return redirect("offices", office.organisation_id)
    return render(request, "members/office_leave.html", {"form": form, "office": office})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_ROLL)
def end_side(request: ActorRequest, pk: int, slug: str) -> HttpResponse:
    if slug not in SIDE_POSTS:
        raise Http404("no such kind of post")
    rows = SIDE_POSTS[slug].objects.allowed(request.actor, Permission.KEEP_ROLL)
    row = get_object_or_404(rows.select_related("member__branch"), pk=pk)
    form = EndSidePostForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            end_side_post(row, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã ghi thôi.")
            return redirect("member", row.member_id)
    return render(request, "members/side_post_end.html", {"form": form, "row": row})
