"""Closing a log, opening it again, filing the signed paper."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meetings.forms.after import ReopenForm, SignedPaperForm
from meetings.models import Decision, Meeting, SignedPaper
from meetings.services.closing import close_meeting, settle_before_closing, what_is_missing
from meetings.services.reopening import reopen_meeting
from meetings.services.signed import file_signed
from meetings.views.links import log_of, page_of_meeting
from meetings.views.reached_meeting import reached_meeting
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in
from portal.words.errors import DomainError, NotAllowed


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD_MEETING)
def close(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """What is missing, each with a link to where it is put right; closes when nothing stands in the way."""
    meeting = reached_meeting(request, pk, Permission.RECORD_MEETING)
    if not meeting.is_open:
        messages.info(request, "Sổ của buổi họp này đã đóng." if meeting.closed_at else "Buổi họp này đã hủy.")
        return redirect(page_of_meeting(meeting))
    if request.method == "POST":
        return _settled(request, meeting) if "settle" in request.POST else _closed(request, meeting)
    missing = [(one, log_of(meeting, one.anchor)) for one in what_is_missing(meeting, reader=request.actor)]
    facts = {
        "meeting": meeting,
        "log": log_of(meeting),
        "refusing": [pair for pair in missing if pair[0].refuses],
        "flagged": [pair for pair in missing if not pair[0].refuses],
        "settles": any(one.settles for one, _ in missing),
        "decisions": Decision.objects.allowed(request.actor, Permission.RECORD_MEETING)
        .there()
        .filter(meeting=meeting)
        .select_related("member"),
    }
    return render(request, "meetings/close.html", facts)


def _settled(request: ActorRequest, meeting: Meeting) -> HttpResponse:
    settle_before_closing(meeting, by=request.actor)
    messages.success(request, "Đã cập nhật danh sách phải dự. Điểm danh người mới thêm rồi đóng sổ.")
    return redirect("meeting_close", meeting.pk)


def _closed(request: ActorRequest, meeting: Meeting) -> HttpResponse:
    try:
        close_meeting(meeting, by=request.actor)
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("meeting_close", meeting.pk)
    messages.success(request, "Đã đóng sổ buổi họp. In biên bản, ký, rồi lưu bản chụp ở đây.")
    return redirect("meeting_signed", meeting.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REOPEN_MEETING)
def reopen(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    meeting = reached_meeting(request, pk, Permission.REOPEN_MEETING)
    if meeting.closed_at is None:
        messages.info(request, "Sổ của buổi họp này đang mở." if meeting.is_open else "Buổi họp này đã hủy.")
        return redirect(page_of_meeting(meeting))
    form = ReopenForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            reopen_meeting(meeting, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã mở lại sổ. Sửa xong thì đóng lại.")
            return redirect(log_of(meeting))
    facts = {"meeting": meeting, "form": form, "page": page_of_meeting(meeting)}
    return render(request, "meetings/reopen.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD_MEETING)
def signed(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    meeting = reached_meeting(request, pk, Permission.RECORD_MEETING)
    form = SignedPaperForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        with refusals_in(form):
            file_signed(meeting, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã lưu biên bản đã ký.")
            return redirect("meeting_signed", meeting.pk)
    rows = SignedPaper.objects.allowed(request.actor, Permission.RECORD_MEETING).filter(meeting=meeting)
    papers = list(rows.select_related("file", "filed_by").order_by("-filed_at"))
    facts = {
        "meeting": meeting,
        "form": form,
        "in_force": next((row for row in papers if row.dropped_at is None), None),
        "dropped": [row for row in papers if row.dropped_at],
        "page": page_of_meeting(meeting),
    }
    return render(request, "meetings/signed.html", facts)
