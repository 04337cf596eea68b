"""Before a meeting: it is planned on one short page, and prepared on one long one."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from branches.models import Organisation
from branches.rules.reading import Rulebook
from branches.views.reached import reached_organisation
from directives.models import Document
from meetings.forms.planning import AddLineForm, AskForm, CallOffForm, MeetingFactsForm, PaperForm, PlanForm
from meetings.models import AgendaItem, Meeting, MeetingKind, MeetingPaper, Topic
from meetings.queries.planning import (
    Preparation,
    days_of_quarter,
    orientations_for,
    suggested_days,
    topics_to_prepare,
)
from meetings.services import agenda as agenda_services
from meetings.services import planning as services
from meetings.services.invitations import ask_opinion
from meetings.services.papers import TAKEN, attach_paper, remove_paper
from meetings.views.reached_meeting import reached_meeting
from members.models import Member
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import PortalForm, refusals_in
from portal.ui.refused import refusals_said
from portal.words.errors import ChangedMeanwhile
from portal.words.quantities import long_day


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD_MEETING)
def plan(request: ActorRequest, pk: int) -> HttpResponse:
    organisation = reached_organisation(request, pk, Permission.RECORD_MEETING)
    topics = topics_to_prepare(organisation, timezone.localdate())
    topic = _asked_topic(request, topics)
    kind = MeetingKind.THEMATIC if topic else _asked_kind(request, organisation)
    days = _days(request, organisation, kind, topic)
    form = PlanForm(request.POST or None, kind=kind, days=days, initial=_as_last_time(organisation, kind, topic))
    if form.is_valid():
        with refusals_in(form):
            meeting = services.plan_meeting(organisation, kind=kind, topic=topic, **form.facts, by=request.actor)
            messages.success(
                request, f"Đã lập buổi họp {long_day(meeting.day)}. Xem lại chương trình rồi gửi giấy mời."
            )
            return redirect("meeting_prepare", meeting.pk)
    facts = {
        "organisation": organisation,
        "form": form,
        "kind": kind,
        "kinds": services.kinds_of(organisation),
        "topic": topic,
        "topics": topics if kind == MeetingKind.THEMATIC and not topic else [],
        "orientations": orientations_for(organisation, days[0]) if days and kind == MeetingKind.REGULAR else [],
    }
    return render(request, "meetings/planning/plan.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD_MEETING)
def prepare(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    meeting = reached_meeting(request, pk, Permission.RECORD_MEETING)
    form = MeetingFactsForm(request.POST or None, meeting=meeting, people=_people(meeting))
    version = meeting.version
    if form.is_valid():
        version = _version(request)
        with refusals_in(form):
            try:
                services.change_meeting(meeting, version=version, facts=form.cleaned_data, by=request.actor)
            except ChangedMeanwhile:  # what was typed stays; saved once more, it stands
                version = Meeting.objects.allowed(request.actor, Permission.RECORD_MEETING).get(pk=pk).version
                raise
            messages.success(request, "Đã lưu ngày giờ, địa điểm, người chủ trì.")
            return redirect("meeting_prepare", meeting.pk)
    return _prepared(request, meeting, form, version=version)


@require_POST
@requires(Permission.RECORD_MEETING)
def agenda(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """One line added, taken out, moved up or down."""
    meeting = reached_meeting(request, pk, Permission.RECORD_MEETING)
    form = AddLineForm(request.POST)
    act, _, name = request.POST.get("viec", "").partition(":")
    if act == "them":
        if form.is_valid():
            with refusals_in(form):
                agenda_services.add_line(meeting, **form.cleaned_data, by=request.actor)
                return _to(meeting, "chuong-trinh", "?sua=1")
        return _prepared(request, meeting, line=form)
    if act == "viec":
        with refusals_said(request):
            agenda_services.take_up_task(meeting, number_in(name), by=request.actor)
        return _to(meeting, "chuong-trinh")
    item = get_object_or_404(
        AgendaItem.objects.allowed(request.actor, Permission.RECORD_MEETING).there(), meeting=meeting, pk=_uuid(name)
    )
    with refusals_said(request):
        if act == "bo":
            agenda_services.drop_line(meeting, item, by=request.actor)
        else:
            agenda_services.move_line(meeting, item, up=act == "len", by=request.actor)
    return _to(meeting, "chuong-trinh", "?sua=1")


@require_POST
@requires(Permission.RECORD_MEETING)
def papers(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    meeting = reached_meeting(request, pk, Permission.RECORD_MEETING)
    dropped = request.POST.get("bo", "")
    if dropped:
        rows = MeetingPaper.objects.allowed(request.actor, Permission.RECORD_MEETING).filter(meeting=meeting)
        paper = get_object_or_404(rows.select_related("meeting"), pk=number_in(dropped))
        with refusals_said(request):
            remove_paper(paper, by=request.actor)
        return _to(meeting, "tai-lieu")
    form = _paper_form(request, request.POST, request.FILES)
    if form.is_valid():
        with refusals_in(form):
            attach_paper(meeting, **form.cleaned_data, by=request.actor)
            return _to(meeting, "tai-lieu")
    return _prepared(request, meeting, paper=form)


@require_POST
@requires(Permission.RECORD_MEETING)
def ask(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    meeting = reached_meeting(request, pk, Permission.RECORD_MEETING)
    form = AskForm(request.POST, people=_people(meeting))
    if form.is_valid():
        with refusals_in(form):
            ask_opinion(meeting, **form.cleaned_data, by=request.actor)
            return _to(meeting, "xin-y-kien")
    return _prepared(request, meeting, asking=form)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD_MEETING)
def call_off(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    meeting = reached_meeting(request, pk, Permission.RECORD_MEETING)
    form = CallOffForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            services.call_off_meeting(meeting, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã hủy buổi họp. Người đã được mời thấy buổi họp đã hủy.")
            return redirect("meeting_plan", meeting.organisation_id)
    return render(request, "meetings/planning/call_off.html", {"meeting": meeting, "form": form})


def _prepared(
    request: ActorRequest,
    meeting: Meeting,
    form: MeetingFactsForm | None = None,
    *,
    line: AddLineForm | None = None,
    paper: PaperForm | None = None,
    asking: AskForm | None = None,
    version: int | None = None,
) -> HttpResponse:
    """The long page, with what was typed into one of its forms."""
    people = _people(meeting)
    forms: dict[str, PortalForm] = {
        "form": form or MeetingFactsForm(meeting=meeting, people=people),
        "line": line or AddLineForm(),
        "paper": paper or _paper_form(request),
        "asking": asking or AskForm(people=people),
    }
    facts: dict[str, Any] = {
        "meeting": meeting,
        "version": meeting.version if version is None else version,
        "prepared": Preparation(meeting, Rulebook.of(request.actor), timezone.localdate()),
        "edits_agenda": line is not None or "sua" in request.GET,
        "log_url": reverse("meeting_log", args=[meeting.pk]),
        "wrong": next((one for one in forms.values() if one.is_bound and one.errors), None),
    }
    return render(request, "meetings/planning/prepare.html", facts | forms)


def _people(meeting: Meeting) -> Any:
    """Who stands on its roll."""
    rows = Member.objects.everywhere(reason="the roll of a meeting that was reached")
    return rows.filter(attendances__meeting=meeting).order_by("sort_key", "pk")


def _paper_form(request: ActorRequest, *typed: Any) -> PaperForm:
    documents = Document.objects.allowed(request.actor, Permission.READ_LIBRARY).standing().open_ones().newest_first()
    return PaperForm(*typed, documents=documents, kinds=TAKEN)


def _asked_kind(request: ActorRequest, organisation: Organisation) -> MeetingKind:
    kinds = services.kinds_of(organisation)
    if not kinds:
        raise Http404("a tổ đảng sits as part of its branch's meeting")
    asked = request.GET.get("loai", "")
    return MeetingKind(asked) if asked in [kind.value for kind in kinds] else kinds[0]


def _asked_topic(request: ActorRequest, topics: Any) -> Topic | None:
    number = number_in(request.GET.get("chuyen-de", ""))
    return topics.filter(pk=number).first() if number else None


def _days(request: ActorRequest, organisation: Organisation, kind: MeetingKind, topic: Topic | None) -> list[Any]:
    book, today = Rulebook.of(request.actor), timezone.localdate()
    if topic:
        return days_of_quarter(organisation, topic.plan.year, topic.quarter, today, book)
    return suggested_days(organisation, kind, today, book)


def _as_last_time(organisation: Organisation, kind: str, topic: Topic | None) -> dict[str, Any]:
    last = services.last_time(organisation, kind, timezone.localdate())
    said = {"begins": last.begins, "place": last.place} if last else {}
    return said | ({"title": topic.words[:200]} if topic else {})


def _version(request: ActorRequest) -> int:
    return number_in(request.POST.get("version", "")) or 0


def number_in(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


def _uuid(typed: str) -> uuid.UUID:
    try:
        return uuid.UUID(typed)
    except ValueError as error:
        raise Http404("no such line") from error


def _to(meeting: Meeting, part: str, query: str = "") -> HttpResponse:
    return redirect(f"{reverse('meeting_prepare', args=[meeting.pk])}{query}#{part}")
