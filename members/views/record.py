"""One member: the record, what is open in it and what is closed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.forms.record import ChangeMemberForm, ClosedForm, facts_of
from members.models import ClosedRecord, Correction, Member, Merge
from members.queries.assignments import tasks_of
from members.queries.offices import side_posts_of
from members.queries.record import award_of, party_life
from members.services.records import change_member, path_of, write_closed_record
from members.views.acts import acts_for
from members.views.reached import reached_member
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.history.models import Deed
from portal.history.sentences import history_of
from portal.history.traces import leave_trace
from portal.ui.forms import refusals_in
from portal.ui.panels import panels_of
from portal.ui.versions import newer_than


@require_safe
@requires(Permission.READ_ROLL)
def member(request: ActorRequest, pk: int) -> HttpResponse:
    found, actor = reached_member(request, pk), request.actor
    path, today = path_of(found), timezone.localdate()
    may_keep = actor.may(Permission.KEEP_ROLL, path)
    facts = open_facts(found, request) | {
        "may_keep": may_keep,
        "may_read_closed": actor.may(Permission.READ_CLOSED, path),
        "acts": acts_for(found, actor),
        "residences": found.residences.on(today).select_related("branch"),
        "corrections": Correction.objects.allowed(actor, Permission.READ_ROLL)
        .filter(member=found)
        .order_by("-asked_at"),
        "merges": Merge.objects.allowed(actor, Permission.MOVE_MEMBERS).filter(kept=found, undone_at=None)[:5],
        "history": history_of(found) if actor.may(Permission.READ_HISTORY, path) else None,
        "tasks": tasks_of(found),
        "side": side_posts_of(found),
        "panels": panels_of("member", actor, path),
    }
    return render(request, "members/member.html", facts)


def open_facts(found: Member, request: ActorRequest) -> dict[str, Any]:
    """What the secretary and the member alike see of a record."""
    award = award_of(found, request.actor, timezone.localdate())
    return {"member": found, "life": party_life(found), "award": award}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_ROLL)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    found = reached_member(request, pk, Permission.KEEP_ROLL)
    form = ChangeMemberForm(request.POST or None, initial=facts_of(found))
    if form.is_valid():
        with refusals_in(form):
            facts = dict(form.cleaned_data)
            change_member(found, version=facts.pop("version"), facts=facts, by=request.actor)
            messages.success(request, f"Đã lưu hồ sơ của đ/c {facts['full_name']}.")
            return redirect("member", found.pk)
    found.refresh_from_db()  # what was typed is in the form; beside it stands what is stored
    return render(request, "members/change.html", {"member": found, "form": form} | newer_than(form, found))


@require_POST
@requires(Permission.READ_CLOSED)
def closed(request: ActorRequest, pk: int) -> HttpResponse:
    """Asked for by a press, never by following a link: each reading leaves a trace that the branch sees."""
    found = reached_member(request, pk, Permission.READ_CLOSED)
    rows = ClosedRecord.objects.allowed(request.actor, Permission.READ_CLOSED)
    record = rows.filter(member=found).first() or ClosedRecord(member=found, version=0)
    leave_trace(Deed.READ, subject=f"Phần đóng của hồ sơ đ/c {found.full_name}", place=path_of(found), by=request.actor)
    form = ClosedForm(initial={name: getattr(record, name) for name in ("religion", "health", "remarks", "version")})
    return _closed_page(request, found, record, form)


@require_POST
@requires(Permission.READ_CLOSED)
def write_closed(request: ActorRequest, pk: int) -> HttpResponse:
    found = reached_member(request, pk, Permission.READ_CLOSED)
    form = ClosedForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            write_closed_record(found, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã lưu phần đóng của hồ sơ.")
            return redirect("member", found.pk)
    rows = ClosedRecord.objects.allowed(request.actor, Permission.READ_CLOSED)
    record = rows.filter(member=found).first() or ClosedRecord(member=found, version=0)
    return _closed_page(request, found, record, form)


def _closed_page(request: ActorRequest, found: Member, record: ClosedRecord, form: ClosedForm) -> HttpResponse:
    may_write = request.actor.may(Permission.KEEP_ROLL, path_of(found))
    facts = {"member": found, "record": record, "form": form, "may_write": may_write}
    return render(request, "members/closed.html", facts | newer_than(form, record))
