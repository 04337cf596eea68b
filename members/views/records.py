from typing import Any

from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.forms.records import ChangeForm, CorrectionForm
from members.models import ClosedRecord, Correction, Member
from members.party_age import party_age_on
from members.queries import party_life_of
from members.services.corrections import accept_correction, ask_for_correction, refuse_correction
from members.services.records import COLUMNS, change_member, path_of
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires, signed_in
from portal.history.models import Deed
from portal.history.sentences import history_of
from portal.history.traces import leave_trace
from portal.ui.forms import refusals_in
from portal.words.errors import DomainError, NotAllowed


@require_safe
@requires(Permission.READ_ROLL)
def member(request: ActorRequest, pk: int) -> HttpResponse:
    """The record; what is closed only when it is asked for, and then the branch can see who read it."""
    found = _reached(request, pk, Permission.READ_ROLL)
    actor, path = request.actor, path_of(found)
    closed = actor.may(Permission.READ_CLOSED, path)
    facts = _facts(found) | {
        "may": {
            "keep": actor.may(Permission.KEEP_ROLL, path),
            "closed": closed,
            "history": actor.may(Permission.READ_HISTORY, path),
        },
        "closed": _closed(request, found) if closed and "phan-dong" in request.GET else None,
        "asked_for_closed": "phan-dong" in request.GET,
        "corrections": found.corrections.select_related("asked_by", "answered_by").order_by("-pk")[:20],
        "history": history_of(found) if actor.may(Permission.READ_HISTORY, path) else [],
    }
    return render(request, "members/member.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_ROLL)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    found = _reached(request, pk, Permission.KEEP_ROLL)
    form = ChangeForm(request.POST or None, initial=model_to_dict(found) | {"version": found.version})
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in COLUMNS if name in form.cleaned_data}
        with refusals_in(form):
            change_member(found, version=form.cleaned_data["version"], facts=facts, by=request.actor)
            messages.success(request, f"Đã sửa hồ sơ của đ/c {found}.")
            return redirect("member", found.pk)
        found.refresh_from_db()
    return render(request, "members/change.html", {"member": found, "form": form, "version": found.version})


@require_POST
@requires(Permission.KEEP_ROLL)
def answer(request: ActorRequest, pk: int) -> HttpResponse:
    """A correction that a member asked for: made, or refused with the reason."""
    rows = Correction.objects.allowed(request.actor, Permission.KEEP_ROLL).select_related("member__branch")
    correction = get_object_or_404(rows, pk=pk)
    try:
        if "refuse" in request.POST:
            refuse_correction(correction, reason=request.POST.get("reason", "")[:300], by=request.actor)
        else:
            accept_correction(correction, by=request.actor)
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"Đã trả lời đề nghị của đ/c {correction.member}.")
    return redirect("member", correction.member_id)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def own_record(request: ActorRequest) -> HttpResponse:
    """One's own record, and what one finds wrong in it."""
    found = Member.objects.allowed(request.actor, Permission.SEE_OWN_RECORD).select_related("branch").first()
    if found is None:
        return render(request, "members/no_record.html")
    form = CorrectionForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            ask_for_correction(found, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã gửi bí thư chi bộ. Hồ sơ được sửa khi bí thư xác nhận.")
            return redirect("own_record")
    facts = _facts(found) | {"form": form, "corrections": found.corrections.order_by("-pk")[:20]}
    return render(request, "members/own_record.html", facts)


def _reached(request: ActorRequest, pk: int, permission: Permission) -> Member:
    seen = Member.objects.allowed(request.actor, Permission.READ_ROLL).select_related("branch")
    found = get_object_or_404(seen, pk=pk)
    request.actor.need(permission, path_of(found))
    return found


def _facts(found: Member) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "member": found,
        "age": found.age_on(today),
        "party_age": party_age_on(found, today),
        "life": party_life_of(found),
    }


def _closed(request: ActorRequest, found: Member) -> ClosedRecord | None:
    leave_trace(Deed.READ, subject=f"Phần đóng hồ sơ đ/c {found}", place=path_of(found), by=request.actor)
    return ClosedRecord.objects.allowed(request.actor, Permission.READ_CLOSED).filter(member=found).first()
