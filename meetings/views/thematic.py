"""The themes of a year: the branch's plan, and what lies below a committee."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from branches.models import Kind, Organisation
from branches.rules.reading import Rulebook
from branches.views.reached import reached_organisation
from directives.queries.cascade import tasks_given_by, tasks_given_to
from meetings.forms.directing import QUARTERS, DecideForm, SuggestionForm, TopicForm
from meetings.models import MeetingKind, PlanState, ThematicPlan, Topic, TopicSuggestion
from meetings.queries.planning import days_of_quarter, plans_below, quarter_of, suggestions_for
from meetings.services import thematic as services
from meetings.services.planning import last_time, plan_meeting
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in
from portal.ui.pages import page_of
from portal.ui.refused import refusals_said
from portal.words.quantities import long_day

FIRST_YEAR, LAST_YEAR = 2000, 2100


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SEE_MEETINGS)
def plan(request: ActorRequest, pk: int, year: int) -> HttpResponse:
    """POST adds a theme to a quarter: an own one, or one that was suggested."""
    branch = _branch(request, pk, year, Permission.SEE_MEETINGS)
    form = TopicForm(request.POST or None, tasks=tasks_given_to(branch))
    if request.method == "POST":
        request.actor.need(Permission.RECORD_MEETING, branch.path)
    if form.is_valid():
        with refusals_in(form):
            services.choose_topic(branch, year=year, **form.cleaned_data, by=request.actor)
            return redirect("thematic_plan", branch.pk, year)
    return _shown(request, branch, year, form)


@require_POST
@requires(Permission.RECORD_MEETING)
def send(request: ActorRequest, pk: int, year: int) -> HttpResponse:
    branch = _branch(request, pk, year, Permission.RECORD_MEETING)
    with refusals_said(request):
        services.send_plan(_plan(branch, year), by=request.actor)
        messages.success(request, "Đã gửi kế hoạch lên cấp trên.")
    return redirect("thematic_plan", branch.pk, year)


@require_POST
@requires(Permission.RECORD_MEETING)
def drop(request: ActorRequest, pk: int) -> HttpResponse:
    topic = _topic(request, pk)
    with refusals_said(request):
        services.drop_topic(topic, by=request.actor)
    return redirect("thematic_plan", topic.plan.organisation_id, topic.plan.year)


@require_POST
@requires(Permission.RECORD_MEETING)
def prepare(request: ActorRequest, pk: int) -> HttpResponse:
    """One press: planned as last time, on the first good day of the quarter; what is to be changed is changed after."""
    topic = _topic(request, pk)
    branch, today = topic.plan.organisation, timezone.localdate()
    days = days_of_quarter(branch, topic.plan.year, topic.quarter, today, Rulebook.of(request.actor))
    if topic.plan.state != PlanState.APPROVED or not days or not last_time(branch, MeetingKind.THEMATIC, today):
        return redirect_to_planning(topic)
    with refusals_said(request):
        meeting = plan_meeting(branch, kind=MeetingKind.THEMATIC, day=days[0], topic=topic, by=request.actor)
        messages.success(request, f"Đã lập buổi chuyên đề {long_day(meeting.day)}. Đổi ngày, giờ nếu cần.")
        return redirect("meeting_prepare", meeting.pk)
    return redirect("thematic_plan", branch.pk, topic.plan.year)


@require_POST
@requires(Permission.DIRECT_MEETINGS)
def decide(request: ActorRequest, pk: int, year: int) -> HttpResponse:
    branch = _branch(request, pk, year, Permission.DIRECT_MEETINGS)
    form = DecideForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            row, approves = _plan(branch, year), request.POST.get("viec") == "duyet"
            act: Any = services.approve_plan if approves else services.return_plan
            act(row, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã duyệt kế hoạch." if approves else "Đã trả lại kế hoạch để chi bộ sửa.")
            return redirect("thematic_plans", branch.parent_id, year)
    return _shown(request, branch, year, TopicForm(tasks=tasks_given_to(branch)), form)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SEE_MEETINGS)
def plans(request: ActorRequest, pk: int, year: int) -> HttpResponse:
    """Of a committee: what it suggests, and how the plans below it stand. POST adds a suggestion."""
    organisation = reached_organisation(request, pk, Permission.SEE_MEETINGS)
    _need_year(year)
    if organisation.kind in (Kind.BRANCH, Kind.CELL):
        raise Http404("a branch has one plan")
    form = SuggestionForm(request.POST or None, tasks=tasks_given_by(organisation))
    if request.method == "POST":
        request.actor.need(Permission.DIRECT_MEETINGS, organisation.path)
    if form.is_valid():
        with refusals_in(form):
            services.suggest_topic(organisation, year=year, **form.cleaned_data, by=request.actor)
            return redirect("thematic_plans", organisation.pk, year)
    page = page_of(plans_below(organisation, year, request.actor), request)
    facts = {
        "organisation": organisation,
        "year": year,
        "years": _years(),
        "form": form,
        "suggestions": suggestions_for(organisation, year),
        "page": page,
        "listed": [_line(branch) for branch in page],
        "may_direct": request.actor.may(Permission.DIRECT_MEETINGS, organisation.path),
    }
    return render(request, "meetings/planning/thematic_below.html", facts)


@require_POST
@requires(Permission.DIRECT_MEETINGS)
def withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    rows = TopicSuggestion.objects.allowed(request.actor, Permission.DIRECT_MEETINGS)
    row = get_object_or_404(rows.select_related("organisation"), pk=pk)
    services.withdraw_suggestion(row, by=request.actor)
    return redirect("thematic_plans", row.organisation_id, row.year)


def redirect_to_planning(topic: Topic) -> HttpResponse:
    answer = redirect("meeting_plan", topic.plan.organisation_id)
    answer["Location"] += f"?chuyen-de={topic.pk}"
    return answer


def _shown(
    request: ActorRequest, branch: Organisation, year: int, form: TopicForm, decision: DecideForm | None = None
) -> HttpResponse:
    row = ThematicPlan.objects.everywhere(reason="of a branch that was reached").filter(
        organisation=branch, year=year
    ).first()  # fmt: skip
    topics = list(row.topics.select_related("meeting").order_by("quarter", "pk")) if row else []
    chosen = {topic.words for topic in topics}
    state = PlanState(row.state) if row else PlanState.DRAFT
    may_write = request.actor.may(Permission.RECORD_MEETING, branch.path)
    facts = {
        "branch": branch,
        "year": year,
        "years": _years(),
        "row": row,
        "state": state,
        "tone": TONES[state],
        "quarters": [(words, [one for one in topics if one.quarter == number]) for number, words in QUARTERS],
        "suggestions": [one for one in suggestions_for(branch, year) if one.words not in chosen],
        "form": form,
        "decision": decision or DecideForm(),
        "wrong": next((one for one in (form, decision) if one and one.is_bound and one.errors), None),
        "this_quarter": quarter_of(timezone.localdate()),
        "may_change": may_write and state in services.OPEN_STATES,
        "may_prepare": may_write and state == PlanState.APPROVED,
        "may_decide": row and request.actor.may(Permission.DIRECT_MEETINGS, branch.path) and state in DECIDED_ON,
    }
    return render(request, "meetings/planning/thematic.html", facts)


def _line(branch: Any) -> tuple[Any, str, str, str, str]:
    """A branch, how its plan stands, and its themes in a line."""
    if not branch.plans:
        return branch, "mute", "minus", "Chưa có", "Chưa chọn chuyên đề"
    row = branch.plans[0]
    themes = "; ".join(f"quý {topic.quarter}: {topic.words}" for topic in row.topics.all())
    tone, sign = ("warn", "clock") if row.state == PlanState.SENT else TONES[PlanState(row.state)]
    state = "Chờ duyệt" if row.state == PlanState.SENT else PlanState(row.state).label
    return branch, tone, sign, state, (themes[:1].upper() + themes[1:]) or "Chưa chọn chuyên đề"


TONES = {
    PlanState.DRAFT: ("mute", "edit"),
    PlanState.SENT: ("info", "send"),
    PlanState.APPROVED: ("ok", "check-circle"),
    PlanState.RETURNED: ("warn", "undo"),
}
DECIDED_ON = (PlanState.SENT, PlanState.APPROVED)


def _branch(request: ActorRequest, pk: int, year: int, permission: Permission) -> Organisation:
    branch = reached_organisation(request, pk, permission)
    _need_year(year)
    if branch.kind != Kind.BRANCH:
        raise Http404("themes are a branch's")
    return branch


def _plan(branch: Organisation, year: int) -> ThematicPlan:
    rows = ThematicPlan.objects.everywhere(reason="of a branch that was reached")
    return get_object_or_404(rows, organisation=branch, year=year)


def _topic(request: ActorRequest, pk: int) -> Topic:
    rows = Topic.objects.allowed(request.actor, Permission.RECORD_MEETING)
    return get_object_or_404(rows.select_related("plan__organisation"), pk=pk)


def _need_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404("no such year")


def _years() -> list[int]:
    this = timezone.localdate().year
    return [this - 1, this, this + 1]
