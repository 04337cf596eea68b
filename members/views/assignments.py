"""The tasks of a year: a whole branch on one screen that saves as one goes; each task with its months."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.models import Kind, Organisation
from branches.views.reached import reached_organisation
from members.forms.assignments import AgreeForm, EndAssignmentForm, JudgeForm, MarkForm, TasksForm
from members.models import Assignment, Member
from members.queries.assignments import Person, assignments_with_marks, branches_with_tasks, year_of
from members.services import assignments as services
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in
from portal.ui.pages import page_of

FIRST_YEAR, YEARS_AHEAD = 2000, 1


@require_safe
@requires(Permission.READ_ROLL)
def assignments(request: ActorRequest, pk: int) -> HttpResponse:
    organisation, year = reached_organisation(request, pk, Permission.READ_ROLL), asked_year(request)
    if organisation.kind != Kind.BRANCH:
        page = page_of(branches_with_tasks(organisation, year, timezone.localdate(), request.actor), request)
        facts = {"organisation": organisation, "page": page, "year": year, "years": _years()}
        return render(request, "members/assignments_below.html", facts)
    return render(request, "members/assignments.html", _branch_facts(request, organisation, year))


@require_POST
@requires(Permission.KEEP_ASSIGNMENTS)
def save(request: ActorRequest, pk: int, other: int) -> HttpResponse:
    """The boxes of one member. Into the screen where there is JavaScript; back to it where there is none."""
    branch, year = reached_branch(request, pk, Permission.KEEP_ASSIGNMENTS), asked_year(request)
    rows = Member.objects.allowed(request.actor, Permission.READ_ROLL).at_or_below(branch.path)
    member = get_object_or_404(rows, pk=other)
    form = _tasks_form(request, member, _tasks_of(request, member, branch, year), data=request.POST)
    saved = False
    if form.is_valid():
        with refusals_in(form):
            services.save_tasks(
                member, branch=branch, year=year, changed=form.changed, new=form.cleaned_data["new"], by=request.actor
            )
            saved = True
    if saved and not request.htmx:
        return redirect(f"{reverse('assignments', args=[branch.pk])}?nam={year}#nguoi-{member.pk}")
    person = Person(member, must=True, assignments=_tasks_of(request, member, branch, year))
    typed, form = form, _tasks_form(request, member, person.assignments, after=form) if saved else form
    facts = {"organisation": branch, "year": year, "person": person, "form": form, "saved": saved}
    facts["refused"] = next((sentences[0] for sentences in typed.errors.values()), "")
    part = "#kept" if "giu" in request.GET else "#person"
    return render(request, "members/assignments_one.html" + (part if request.htmx else ""), facts)


@require_POST
@requires(Permission.KEEP_ASSIGNMENTS)
def propose(request: ActorRequest, pk: int) -> HttpResponse:
    branch, year = reached_branch(request, pk, Permission.KEEP_ASSIGNMENTS), asked_year(request)
    count = services.propose_assignments(branch, year=year, on=timezone.localdate(), by=request.actor)
    if count:
        messages.success(request, f"Đã lập dự kiến cho {count} đồng chí. Sửa cho từng người rồi đưa ra chi bộ.")
    else:
        messages.info(request, "Ai cũng đã có nhiệm vụ.")
    return _back_to(branch, year)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_ASSIGNMENTS)
def agree(request: ActorRequest, pk: int) -> HttpResponse:
    branch, year = reached_branch(request, pk, Permission.KEEP_ASSIGNMENTS), asked_year(request)
    form = AgreeForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            count = services.agree_assignments(branch, year=year, on=form.cleaned_data["on"], by=request.actor)
            messages.success(request, f"Đã ghi chi bộ thông qua {count} nhiệm vụ.")
            return _back_to(branch, year)
    return render(request, "members/assignments_agree.html", {"form": form, "organisation": branch, "year": year})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.READ_ROLL)
def assignment(request: ActorRequest, pk: int) -> HttpResponse:
    """One task: month by month, and the year's result."""
    row = _reached(request, pk)
    may_keep = request.actor.may(Permission.KEEP_ASSIGNMENTS, row.organisation.path)
    is_mark, is_year = "mark" in request.POST, "judge" in request.POST
    last = min(timezone.localdate().month, 12)
    mark = MarkForm(request.POST if is_mark else None, initial={"month": last})
    judge = JudgeForm(request.POST if is_year else None, initial={"result": row.result, "remark": row.remark})
    if is_mark and mark.is_valid():
        with refusals_in(mark):
            services.mark_month(row, **mark.cleaned_data, by=request.actor)
            messages.success(request, f"Đã ghi kết quả tháng {mark.cleaned_data['month']}.")
            return redirect("assignment", row.pk)
    if is_year and judge.is_valid():
        with refusals_in(judge):
            services.judge_year(row, **judge.cleaned_data, by=request.actor)
            messages.success(request, "Đã ghi kết quả cả năm.")
            return redirect("assignment", row.pk)
    facts = {"row": row, "mark": mark, "judge": judge, "may_keep": may_keep}
    return render(request, "members/assignment.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_ASSIGNMENTS)
def end(request: ActorRequest, pk: int) -> HttpResponse:
    row = _reached(request, pk)
    request.actor.need(Permission.KEEP_ASSIGNMENTS, row.organisation.path)
    form = EndAssignmentForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            services.end_assignment(row, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã ghi thôi nhiệm vụ.")
            return _back_to(row.organisation, row.year)
    return render(request, "members/assignment_end.html", {"form": form, "row": row})


def _branch_facts(request: ActorRequest, branch: Organisation, year: int) -> dict[str, Any]:
    found = year_of(branch, year, timezone.localdate(), request.actor)
    may_keep = request.actor.may(Permission.KEEP_ASSIGNMENTS, branch.path)
    people = [_with_form(request, person) if may_keep else (person, None) for person in found.people]
    return {
        "organisation": branch, "year": year, "years": _years(), "found": found, "people": people, "may_keep": may_keep,
    }  # fmt: skip


def _with_form(request: ActorRequest, person: Person) -> tuple[Person, TasksForm]:
    return person, _tasks_form(request, person.member, person.assignments)


def _tasks_form(
    request: ActorRequest, member: Member, rows: list[Assignment], data: Any = None, after: TasksForm | None = None
) -> TasksForm:
    proposed = [row for row in rows if not row.agreed_on]
    return TasksForm(data, proposed=proposed, after=after, prefix=f"m{member.pk}")


def _tasks_of(request: ActorRequest, member: Member, branch: Organisation, year: int) -> list[Assignment]:
    rows = assignments_with_marks(Assignment.objects.allowed(request.actor, Permission.READ_ROLL))
    return list(rows.of_year(year).filter(organisation=branch, member=member).order_by("pk"))


def reached_branch(request: ActorRequest, pk: int, permission: Permission) -> Organisation:
    organisation = reached_organisation(request, pk, permission)
    if organisation.kind != Kind.BRANCH:
        raise Http404("tasks are given by branches")
    return organisation


def _reached(request: ActorRequest, pk: int) -> Assignment:
    rows = assignments_with_marks(Assignment.objects.allowed(request.actor, Permission.READ_ROLL))
    return get_object_or_404(rows.select_related("member", "organisation"), pk=pk)


def asked_year(request: ActorRequest) -> int:
    """?nam=2026; nonsense and nothing mean this year."""
    asked, this = request.GET.get("nam", ""), timezone.localdate().year
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else this
    return year if FIRST_YEAR <= year <= this + YEARS_AHEAD else this


def _years() -> list[int]:
    this = timezone.localdate().year
    return [this - 1, this, this + 1]


def _back_to(branch: Organisation, year: int) -> HttpResponse:
    answer = redirect("assignments", branch.pk)
    answer["Location"] += f"?nam={year}"
    return answer
