"""The log of a meeting: one page, saved item by item, and what others saved meanwhile."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from meetings.forms import log_said
from meetings.forms.log_screen import Screen
from meetings.models import Meeting
from meetings.queries.log_news import news_since
from meetings.queries.log_room import Room
from meetings.queries.log_wire import theirs_of
from meetings.services.item_kinds import KINDS
from meetings.services.log import CLOSED, Answer, Outcome
from meetings.services.recording import TOO_EARLY, Recorded, record
from meetings.views.reached_meeting import reached_meeting
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires

REFUSED = "refused"


@require_safe
@requires(Permission.RECORD_MEETING)
def log(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    meeting = reached_meeting(request, pk, Permission.RECORD_MEETING)
    if not meeting.is_open:
        return redirect("meeting", meeting.pk)
    if meeting.day > timezone.localdate():
        messages.info(request, TOO_EARLY.format(meeting.day))
        return redirect("meeting", meeting.pk)
    return _page(request, Screen(meeting, request.actor))


@require_POST
@requires(Permission.RECORD_MEETING)
def save(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """From the script as JSON, from the plain form as a form. What is wrong in one item does not keep the others out."""
    meeting = reached_meeting(request, pk, Permission.RECORD_MEETING)
    if request.content_type == "application/json":
        return _save_json(request, meeting)
    return _save_form(request, meeting)


@require_safe
@requires(Permission.RECORD_MEETING)
def news(request: ActorRequest, pk: uuid.UUID) -> JsonResponse:
    """What was saved after that stamp; asked for every few seconds, so that nothing new costs nothing."""
    meeting = reached_meeting(request, pk, Permission.RECORD_MEETING)
    asked = request.GET.get("tu", "")
    since = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 0
    items = []
    if meeting.is_open and meeting.stamp > since:
        items = news_since(meeting, since, request.actor, KINDS)
    return JsonResponse({"stamp": meeting.stamp, "open": meeting.is_open, "items": items})


def _save_json(request: ActorRequest, meeting: Meeting) -> JsonResponse:
    try:
        said = log_said.said_in_json(request.body)
    except (log_said.Unreadable, RequestDataTooBig) as error:
        words = str(error) if isinstance(error, log_said.Unreadable) else log_said.TOO_MUCH
        return JsonResponse({"words": words}, status=400)
    if words := _closed_words(meeting):
        return JsonResponse({"words": words, "open": False}, status=409)
    found = log_said.read(said, Room(meeting, request.actor))
    done = record(meeting, found.changes, by=request.actor) if found.changes else Recorded(meeting.stamp)
    answers = {str(answer.change.id): _answer(answer) for answer in done.answers}
    for one, sentence in [*found.refused, *done.refused]:
        answers[str(one.id)] = {"outcome": REFUSED, "words": sentence}
    return JsonResponse({"stamp": done.stamp, "answers": answers})


def _answer(answer: Answer) -> dict[str, Any]:
    told: dict[str, Any] = {"outcome": answer.outcome, "version": answer.version}
    if answer.outcome is Outcome.CONFLICT:
        told["theirs"] = theirs_of(answer.row, KINDS[answer.change.kind].fields).as_json()
    return told


def _save_form(request: ActorRequest, meeting: Meeting) -> HttpResponse:
    if words := _closed_words(meeting):
        messages.error(request, words)
        return redirect("meeting", meeting.pk)
    said = log_said.said_in_form(request.POST)
    found = log_said.read(said[: log_said.MOST_ITEMS], Room(meeting, request.actor))
    done = record(meeting, found.changes, by=request.actor) if found.changes else Recorded(meeting.stamp)
    conflicts = [answer for answer in done.answers if answer.outcome is Outcome.CONFLICT]
    refused = [*found.refused, *done.refused]
    section = request.POST.get("phan", "")[:40]
    if not refused and not conflicts:
        messages.success(request, "Đã lưu.")
        return redirect(
            f"{reverse('meeting_log', args=[meeting.pk])}?phan={section if section.replace('-', '').isalpha() and section.isascii() else ''}"
        )
    meeting.refresh_from_db(
        fields=["started_at", "ended_at", "chair", "clerk", "nothing_raised", "minutes_read", "version", "stamp"]
    )
    screen = Screen(meeting, request.actor, {(one.kind, one.id): one for one in said})
    screen.errors = {(one.kind, one.id): sentence for one, sentence in refused}
    for answer in conflicts:
        theirs = theirs_of(answer.row, KINDS[answer.change.kind].fields)
        screen.conflicts[answer.change.kind, answer.change.id] = theirs
    return _page(request, screen, status=422)


def _closed_words(meeting: Meeting) -> str:
    if meeting.called_off_at:
        return "Buổi họp này đã hủy."
    if meeting.closed_at:
        return CLOSED
    return TOO_EARLY.format(meeting.day) if meeting.day > timezone.localdate() else ""


def _page(request: ActorRequest, screen: Screen, status: int = 200) -> HttpResponse:
    asked = request.POST.get("phan") or request.GET.get("phan", "")
    sections = screen.sections
    slugs = [section.slug for section in sections]
    facts = {
        "meeting": screen.meeting,
        "screen": screen,
        "sections": sections,
        "room": screen.room,
        "current": asked if asked in slugs else slugs[0],
    }
    return render(request, "meetings/log.html", facts, status=status)
