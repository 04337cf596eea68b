"""Lists of members out as sheets."""

import tempfile

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from branches.views.reached import reached_organisation
from members.exports.changes import changes_of, export_changes
from members.exports.roll import export_roll
from members.forms.roll import RollForm, below_for_filter
from members.imports.forms import PeriodForm
from members.imports.views import as_sheet
from members.models import Member
from members.queries.roll import narrowed
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires

IN_MEMORY = 2 * 1024 * 1024  # a longer sheet waits on the disk


@never_cache
@require_safe
@requires(Permission.EXPORT_ROLL)
def roll(request: ActorRequest, pk: int) -> HttpResponseBase:
    """The roll of today, narrowed by the same filters in the address; with those who have gone (?ca=1)."""
    organisation = reached_organisation(request, pk, Permission.EXPORT_ROLL)
    rows = Member.objects.allowed(request.actor, Permission.EXPORT_ROLL).at_or_below(organisation.path)
    rows = rows.filter(merged_into=None) if request.GET.get("ca") == "1" else rows.present()
    asked = RollForm(request.GET, below=below_for_filter(organisation, request.actor)).asked
    rows = narrowed(rows, asked, timezone.localdate())
    out = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  the answer closes it
    export_roll(rows.in_order(), out, place=organisation.path, by=request.actor)
    return as_sheet(out, f"dang-vien-{organisation.code.lower()}.xlsx")


@never_cache
@require_safe
@requires(Permission.EXPORT_ROLL)
def changes(request: ActorRequest, pk: int) -> HttpResponse | HttpResponseBase:
    """This year so far, unless asked otherwise; with ?tai=1 as a sheet."""
    organisation = reached_organisation(request, pk, Permission.EXPORT_ROLL)
    today = timezone.localdate()
    form = PeriodForm(
        request.GET if "tu_day" in request.GET else None, initial={"tu": today.replace(month=1, day=1), "den": today}
    )
    given = form.cleaned_data if form.is_valid() else form.initial
    since, until = given.get("tu") or form.initial["tu"], given.get("den") or form.initial["den"]
    if request.GET.get("tai") == "1" and not form.errors:
        out = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  the answer closes it
        export_changes(organisation, out, since=since, until=until, by=request.actor)
        return as_sheet(out, f"tang-giam-{organisation.code.lower()}.xlsx")
    found = None if form.errors else changes_of(organisation, since=since, until=until, by=request.actor)
    return render(request, "members/imports/changes.html", {"form": form, "organisation": organisation, "found": found})
