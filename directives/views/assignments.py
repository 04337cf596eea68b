"""What an organisation was given to do: its list, one of them, and what both sides say of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.views.reached import reached_organisation
from directives.bearers import Bearer
from directives.forms.cascade import AnswerTimeForm, HandInForm, JudgeForm, NoteForm, TimeForm
from directives.models import AssignmentState, Extension, OrderedTask, StepKind, TaskAssignment
from directives.queries import cascade as queries
from directives.queries.documents import obligations
from directives.services import assignments as services
from directives.services.proving import proofs_of
from directives.views.reached import reached_document
from directives.views.reached_order import reached_assignment, reached_order
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in
from portal.ui.pages import page_of
from portal.ui.refused import refusals_said
from portal.words.quantities import number

FORMS: dict[str, tuple[Any, Any, str]] = {
    "ghi": (NoteForm, services.note, "Đã ghi."),
    "ket-qua": (HandInForm, services.hand_in, "Đã báo kết quả."),
    "gia-han": (TimeForm, services.ask_for_time, "Đã gửi đề nghị gia hạn."),
}


MOST_SHOWN = 100
SIGNS = {
    StepKind.NOTE: "edit", StepKind.HANDED_IN: "send", StepKind.ACCEPTED: "check", StepKind.RETURNED: "undo",
    StepKind.EXTENSION: "clock", StepKind.GRANTED: "check", StepKind.REFUSED: "x", StepKind.HANDED_ON: "send",
}  # fmt: skip
JUDGE_HINTS = {
    (True, False): "Nơi làm chưa báo kết quả. Coi là xong thì ghi căn cứ, ví dụ báo cáo giấy số 12-BC/ĐU.",
    (False, False): "Trả lại thì ghi rõ còn thiếu gì.",
    (False, True): "Đã nhận. Nếu sau này thấy chưa xong, ghi rõ còn thiếu gì rồi trả lại.",
}


@require_safe
@requires(Permission.SEE_TASKS)
def inbox(request: ActorRequest, pk: int | None = None) -> HttpResponse:
    """Of the organisation where one acts, or of one that one reaches."""
    capacity = request.actor.capacity
    if capacity is None:
        raise Http404("no capacity, no place")
    place = reached_organisation(request, pk or capacity.organisation_id, Permission.SEE_TASKS)
    today, asked = timezone.localdate(), request.GET.get("loc", "")
    rows = queries.assignments_of(place, request.actor)
    chips = queries.chips_of(rows, asked if asked in queries.INBOX else "", today)
    facts = {
        "place": place,
        "is_own": place.pk == capacity.organisation_id,
        "chips": chips,
        "total": chips[0][2] + chips[-1][2],
        "page": page_of(queries.narrowed(rows.with_below(), asked, today).by_day(), request),
        "today": today,
    }
    return render(request, "directives/cascade/inbox.html", facts)


@require_safe
@requires(Permission.SEE_TASKS)
def asked_of(request: ActorRequest, pk: int, other: int) -> HttpResponse:
    """What one document asks of one organisation: given to it, and said of such as it is."""
    document = reached_document(request, pk)
    place = reached_organisation(request, other, Permission.SEE_TASKS)
    if document.is_secret:
        raise Http404("nothing to be read")
    rows = obligations(request.actor).of(document).in_order()
    given = queries.assignments_of(place, request.actor).filter(ordered__order__document=document)
    facts = {
        "document": document,
        "place": place,
        "given": given.with_below().by_day()[:MOST_SHOWN],
        "obligations": [one for one in rows if Bearer.speaking_of(place.kind) & set(one.bearers)],
        "text_url": reverse("document", args=[document.pk]),
        "today": timezone.localdate(),
    }
    return render(request, "directives/cascade/asked_of.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SEE_TASKS)
def assignment(request: ActorRequest, pk: int) -> HttpResponse:
    """POST says, by its button, which of the three forms it is."""
    row = reached_assignment(request, pk)
    asked = request.POST.get("viec", "")
    forms = {
        key: form(
            *((request.POST, request.FILES) if key == asked else ()), initial={"version": row.version}, prefix=key
        )
        for key, (form, _, _) in FORMS.items()
    }
    if asked in FORMS:
        request.actor.need(Permission.ANSWER_TASKS, row.organisation.path)
        if forms[asked].is_valid():
            with refusals_in(forms[asked]):
                FORMS[asked][1](row, **forms[asked].cleaned_data, by=request.actor)
                messages.success(request, FORMS[asked][2])
                return redirect("task_assignment", row.pk)
    said = {"note_form": forms["ghi"], "hand_in_form": forms["ket-qua"], "time_form": forms["gia-han"]}
    facts = _facts(request, row) | said | {"asked": asked, "wrong": forms.get(asked)}
    return render(request, "directives/cascade/assignment.html", facts)


def _facts(request: ActorRequest, row: TaskAssignment) -> dict[str, Any]:
    actor, giver, today = request.actor, row.ordered.order.organisation, timezone.localdate()
    may_answer = actor.may(Permission.ANSWER_TASKS, row.organisation.path) and row.is_open
    steps = row.steps.select_related("by", "file").order_by("-at", "-pk")
    is_doing, done = row.state == AssignmentState.DOING, row.state == AssignmentState.DONE
    handed_on = OrderedTask.objects.allowed(actor, Permission.SEE_TASKS).filter(
        above=row.ordered_id, order__organisation=row.organisation_id, order__given_on__isnull=False
    )
    return {
        "row": row,
        "order": row.ordered.order,
        "lead": capfirst(row.ordered.words),
        "obligation": row.task.obligation,
        "today": today,
        "is_late": row.is_late_on(today),
        "proofs": proofs_of(row),
        "steps": [(one, SIGNS[one.kind]) for one in steps],
        "waiting": row.extensions.filter(granted=None).first(),
        "handed_on": list(handed_on.select_related("order")),
        "may_answer": may_answer,
        "may_hand_in": may_answer and is_doing,
        "below_words": f"{number(row.below_done)}/{number(row.below)} nơi đã xong",  # type: ignore[attr-defined]
        "judge_hint": JUDGE_HINTS.get((is_doing, done), ""),
        "judge_kind": "" if is_doing else "primary",
        "may_judge": actor.may(Permission.GIVE_TASKS, giver.path),
        "may_hand_on": may_answer and actor.may(Permission.GIVE_TASKS, row.organisation.path) and row.organisation_id != giver.pk,
        "judge": JudgeForm(),
        "answer_time": AnswerTimeForm(),
    }  # fmt: skip


@require_POST
@requires(Permission.ANSWER_TASKS)
def receive(request: ActorRequest, pk: int) -> HttpResponse:
    found, capacity = reached_order(request, pk), request.actor.capacity
    with refusals_said(request):
        services.receive(
            found, organisation=capacity.organisation_id, organisation_path=capacity.path, by=request.actor
        )  # type: ignore[union-attr]
        messages.success(request, "Đã xác nhận nhận việc.")
    return redirect("order", found.pk)


@require_POST
@requires(Permission.GIVE_TASKS)
def judge(request: ActorRequest, pk: int) -> HttpResponse:
    row = reached_assignment(request, pk)
    form, act = JudgeForm(request.POST), request.POST.get("viec", "")
    with refusals_said(request):
        if not form.is_valid():
            messages.error(request, "Ý kiến dài quá 500 chữ.")
        elif act == "nhan":
            services.accept(row, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã nhận kết quả.")
        elif act == "tra-lai":
            services.send_back(row, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã trả lại để làm tiếp.")
    return redirect("task_assignment", row.pk)


@require_POST
@requires(Permission.GIVE_TASKS)
def answer_time(request: ActorRequest, pk: int) -> HttpResponse:
    rows = Extension.objects.allowed(request.actor, Permission.GIVE_TASKS).select_related("assignment")
    row = get_object_or_404(rows, pk=pk)
    form = AnswerTimeForm(request.POST)
    with refusals_said(request):
        if form.is_valid():
            granted = request.POST.get("viec") == "cho"
            services.answer_time(row, granted=granted, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã trả lời.")
        else:
            messages.error(request, "Ngày hoặc câu trả lời chưa đúng.")
    return redirect("task_assignment", row.assignment_id)
