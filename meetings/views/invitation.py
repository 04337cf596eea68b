"""The notice of a meeting: sent by the branch; read, answered and added to a calendar by who is asked."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.rules.definitions.meetings import COMBINED_MINUTES, MINUTES
from branches.rules.reading import Rulebook
from meetings.forms.invitations import AnswerForm, OpinionForm
from meetings.models import AgendaItem, Invitation, Meeting
from meetings.queries.calendar import calendar_of
from meetings.queries.planning import Preparation, followers_of, own_invitations, own_meetings, own_opinions
from meetings.services import invitations as services
from meetings.views.reached_meeting import reached_meeting, seen_meeting
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in
from portal.ui.refused import refusals_said


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD_MEETING)
def notice(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """What goes out, to how many; POST sends it."""
    meeting = reached_meeting(request, pk, Permission.RECORD_MEETING)
    if request.method == "POST":
        with refusals_said(request):
            told = services.send_notice(meeting, by=request.actor)
            said = f"Đã gửi giấy mời tới {told} đồng chí." if told else "Ai trong danh sách cũng đã được mời."
            messages.success(request, said)
            return redirect("meeting_prepare", meeting.pk)
    facts = {
        "meeting": meeting,
        "prepared": _prepared(request, meeting),
        "followers": followers_of(meeting),
    }
    return render(request, "meetings/planning/notice.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SEE_OWN_RECORD)
def answer(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """The invitation, as the one who was asked reads it; who may see the meeting otherwise reads it without answering."""
    meeting = seen_meeting(request, pk)
    mine = own_invitations(request.actor).filter(meeting=meeting).first()
    initial = {"answer": mine.answer, "because": mine.because} if mine else {}
    form = AnswerForm(request.POST or None, initial=initial)
    if mine and form.is_valid():
        with refusals_in(form):
            services.answer_invitation(mine, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã ghi trả lời của đồng chí. Còn đổi được đến lúc họp.")
            return redirect("meeting_answer", meeting.pk)
    return _invitation(request, meeting, mine, form)


@require_POST
@requires(Permission.SEE_OWN_RECORD)
def open_papers(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    mine = get_object_or_404(own_invitations(request.actor), meeting=pk)
    with refusals_said(request):
        services.open_papers(mine, by=request.actor)
    return redirect(f"{reverse('meeting_answer', args=[pk])}#tai-lieu")


@require_POST
@requires(Permission.SEE_OWN_RECORD)
def opinion(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    meeting = seen_meeting(request, pk)
    mine = get_object_or_404(own_invitations(request.actor), meeting=meeting)
    form = OpinionForm(request.POST, agenda=_agenda(meeting))
    if form.is_valid():
        with refusals_in(form):
            services.send_opinion(mine, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã gửi ý kiến. Thư ký thấy trong sổ họp.")
            return redirect(f"{reverse('meeting_answer', args=[pk])}#y-kien")
    return _invitation(request, meeting, mine, AnswerForm(initial={"answer": mine.answer}), form)


@require_safe
@requires(Permission.SEE_OWN_RECORD)
def ics(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    meeting = seen_meeting(request, pk)
    address = request.build_absolute_uri(reverse("meeting_answer", args=[pk]))
    rule = COMBINED_MINUTES if meeting.also_thematic else MINUTES
    minutes = Rulebook.of(request.actor).value(rule, meeting.organisation, on=meeting.day)
    file = calendar_of(meeting, address=address, minutes=minutes)
    answer = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="hop-{meeting.day:%Y-%m-%d}.ics"'
    return answer


@require_safe
@requires(Permission.SEE_OWN_RECORD)
def mine(request: ActorRequest) -> HttpResponse:
    coming, past = own_meetings(request.actor, timezone.localdate())
    return render(request, "meetings/planning/own.html", {"coming": coming, "past": past})


def _invitation(
    request: ActorRequest,
    meeting: Meeting,
    mine: Invitation | None,
    form: AnswerForm,
    opinion: OpinionForm | None = None,
) -> HttpResponse:
    open_still = meeting.is_open and meeting.started_at is None and meeting.day >= timezone.localdate()
    facts: dict[str, Any] = {
        "meeting": meeting,
        "mine": mine,
        "is_open": open_still,
        "prepared": _prepared(request, meeting),
        "form": form,
        "opinion": opinion or OpinionForm(agenda=_agenda(meeting)),
        "opinions": own_opinions(mine) if mine else [],
        "page_url": reverse("meeting", args=[meeting.pk]),
        "may_prepare": request.actor.may(Permission.RECORD_MEETING, meeting.organisation.path),
        "wrong": next((one for one in (form, opinion) if one and one.is_bound and one.errors), None),
    }
    return render(request, "meetings/planning/answer.html", facts)


def _prepared(request: ActorRequest, meeting: Meeting) -> Preparation:
    return Preparation(meeting, Rulebook.of(request.actor), timezone.localdate())


def _agenda(meeting: Meeting) -> Any:
    rows = AgendaItem.objects.everywhere(reason="of a meeting that was reached").there()
    return rows.filter(meeting=meeting, closed_data=False).order_by("position", "pk")
