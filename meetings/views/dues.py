"""Party dues of a branch: the year, and one member who pays for an old month."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from branches.models import Kind, Organisation
from branches.views.reached import reached_organisation
from meetings.forms.after import PayForm, months_back
from meetings.models import Dues
from meetings.queries.dues import dues_of, owed_by
from meetings.services.dues import excuse_dues, pay_dues
from members.models import Member
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in

YEARS = 3


@require_safe
@requires(Permission.READ_ROLL)
def dues(request: ActorRequest, pk: int) -> HttpResponse:
    branch, today = _branch(request, pk, Permission.READ_ROLL), timezone.localdate()
    years = [today.year - back for back in range(YEARS)]
    asked = request.GET.get("nam", "")
    year = int(asked) if asked in map(str, years) else today.year
    facts = {
        "organisation": branch,
        "found": dues_of(branch, year, today, request.actor),
        "years": years,
        "year": year,
        "may_record": request.actor.may(Permission.RECORD_MEETING, branch.path),
    }
    return render(request, "meetings/dues.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD_MEETING)
def pay(request: ActorRequest, pk: int, other: int) -> HttpResponse:
    branch, today = _branch(request, pk, Permission.RECORD_MEETING), timezone.localdate()
    member = get_object_or_404(_payers(request, branch), pk=other)
    owed = owed_by(member, branch, today)
    months = sorted({row.month for row in owed} | set(months_back(today)), reverse=True)
    form = PayForm(request.POST or None, initial=_proposed(owed, branch, member), months=months)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            given = form.cleaned_data
            if "excuse" in request.POST:
                excuse_dues(branch, member=member, month=given["month"], by=request.actor)
            else:
                pay_dues(branch, member=member, **given, by=request.actor)
            messages.success(request, f"Đã ghi đảng phí tháng {given['month']:%m/%Y} của đ/c {member.full_name}.")
            return redirect("dues_pay", branch.pk, member.pk)
    facts = {"organisation": branch, "member": member, "owed": owed, "form": form}
    return render(request, "meetings/dues_pay.html", facts)


def _branch(request: ActorRequest, pk: int, permission: Permission) -> Organisation:
    branch = reached_organisation(request, pk, permission)
    if branch.kind != Kind.BRANCH:
        raise Http404("dues are collected in branches")
    return branch


def _payers(request: ActorRequest, branch: Organisation) -> Any:
    """Whoever left pays where they are now."""
    rows = Member.objects.allowed(request.actor, Permission.READ_ROLL)
    return rows.filter(branch=branch)


def _proposed(owed: list[Dues], branch: Organisation, member: Member) -> dict[str, Any]:
    """The earliest month that is owed, whole, today; else as much as last time."""
    today = timezone.localdate()
    if owed:
        return {"month": f"{owed[0].month:%Y-%m}", "owed": owed[0].owed, "paid": owed[0].owed, "on": today}
    rows = Dues.objects.everywhere(reason="of a branch that is within reach")
    last = rows.filter(member=member, organisation=branch).order_by("-month").first()
    amount = last.owed if last else None
    return {"month": f"{today:%Y-%m}", "owed": amount, "paid": amount, "on": today}
