"""Giving what a document obliges to: choose, say to whom and by when, see who gets what, give; then how far it is."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.models import Organisation
from branches.views.reached import reached_organisation
from directives.forms.cascade import ChangeOrderForm, ChooseTasksForm, OccurrenceForm, OrderForm, SetTaskForm, as_set
from directives.models import ObligationKind, Order, OrderedTask, Receipt, Target, TaskAssignment
from directives.queries import cascade as queries
from directives.queries.recipients import offered_to
from directives.services import cascade as services
from directives.services.giving import give_or_ask
from directives.timing import EVENTS
from directives.views.reached import reached_document
from directives.views.reached_order import reached_order, reached_ordered
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.jobs.models import Job
from portal.ui.forms import refusals_in
from portal.ui.pages import page_of
from portal.ui.refused import refusals_said
from portal.ui.versions import newer_than
from portal.words.quantities import number


@require_safe
@requires(Permission.SEE_TASKS)
def orders(request: ActorRequest) -> HttpResponse:
    """What the organisation where one acts has given."""
    here = _here(request)
    today = timezone.localdate()
    page = page_of(queries.orders_of(here, request.actor), request)
    given = TaskAssignment.objects.allowed(request.actor, Permission.SEE_TASKS).filter(
        ordered__order__in=[one.pk for one in page]
    )
    stands = queries.stands_by(given, "ordered__order", today)
    facts = {
        "here": here,
        "page": page,
        "listed": [_listed(one, stands.get(one.pk, queries.Stand())) for one in page],
        "may_give": request.actor.may(Permission.GIVE_TASKS, here.path),
    }
    return render(request, "directives/cascade/orders.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.GIVE_TASKS)
def start(request: ActorRequest, pk: int) -> HttpResponse:
    """Which tasks of the document; or, with ?tu=, which of those that came from above."""
    document, here = reached_document(request, pk), _here(request)
    if document.is_secret or document.merged_into_id:
        raise Http404("nothing to give")
    above = _from_above(request, here)
    offered = queries.tasks_in(document)
    if above:
        offered = [one for one in offered if one.pk in above]
    order_form = OrderForm(request.POST or None, initial={"title": services.usual_title(document)})
    tasks_form = ChooseTasksForm(request.POST or None, offered=offered, initial={"tasks": [str(pk) for pk in above]})
    if request.method == "POST" and order_form.is_valid() and tasks_form.is_valid():
        with refusals_in(order_form):
            order = services.draft_order(document, organisation=here, **order_form.cleaned_data, by=request.actor)
            services.choose_tasks(order, obligations=tasks_form.chosen, above=above, by=request.actor)
            return redirect("order", order.pk)
    boxes = list(zip(tasks_form["tasks"], offered, strict=True))
    facts = {"document": document, "here": here, "order_form": order_form, "form": tasks_form, "boxes": boxes}
    return render(request, "directives/cascade/start.html", facts)


@require_safe
@requires(Permission.SEE_TASKS)
def order(request: ActorRequest, pk: int) -> HttpResponse:
    """A draft: who would get what. Given: how far it is."""
    found, today = reached_order(request, pk), timezone.localdate()
    facts = {"order": found, "may_give": request.actor.may(Permission.GIVE_TASKS, found.organisation.path)}
    if found.is_draft:
        rows = queries.preview_of(found, today)
        facts |= {"rows": rows, "total": sum(one.count for one in rows), "is_ready": _is_ready(rows)}
        return render(request, "directives/cascade/draft.html", facts)
    asked = request.GET.get("loc", "")
    receipts = Receipt.objects.allowed(request.actor, Permission.SEE_TASKS).filter(order=found)
    shown = receipts.filter(received_on=None) if asked == "chua-nhan" else receipts
    page = page_of(shown.select_related("organisation", "by").order_by("organisation__sort_key", "pk"), request)
    own = receipts.filter(organisation=_here(request)).first()
    facts |= {
        "board": queries.board_of(found, request.actor, today),
        "page": page,
        "listed": queries.receipts_with_stands(found, list(page), today),
        "all_shown": asked != "chua-nhan",
        "waiting_shown": asked == "chua-nhan",
        "own": own,
        "may_receive": own
        and own.received_on is None
        and request.actor.may(Permission.ANSWER_TASKS, _here(request).path),
        "may_hand_on": own and _may_hand_on(request) and found.organisation_id != own.organisation_id,
    }
    return render(request, "directives/cascade/order.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.GIVE_TASKS)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    found = reached_order(request, pk, Permission.GIVE_TASKS)
    form = ChangeOrderForm(request.POST or None, initial={"title": found.title, "words": found.words})
    if form.is_valid():
        with refusals_in(form):
            services.change_order(found, **form.cleaned_data, by=request.actor)
            return redirect("order", found.pk)
    found.refresh_from_db()
    return render(request, "directives/cascade/change.html", {"order": found, "form": form} | newer_than(form, found))


@require_POST
@requires(Permission.GIVE_TASKS)
def give(request: ActorRequest, pk: int) -> HttpResponse:
    found = reached_order(request, pk, Permission.GIVE_TASKS)
    with refusals_said(request):
        done = give_or_ask(found, by=request.actor)
        if isinstance(done, Job):
            messages.success(request, "Đang giao. Có thể rời trang này; xong thì việc hiện ở các nơi nhận.")
            return redirect("job", done.pk)
        messages.success(request, f"Đã giao {number(done)} việc.")
    return redirect("order", found.pk)


@require_POST
@requires(Permission.GIVE_TASKS)
def drop(request: ActorRequest, pk: int) -> HttpResponse:
    found = reached_order(request, pk, Permission.GIVE_TASKS)
    with refusals_said(request):
        services.drop_draft(found, by=request.actor)
        messages.success(request, "Đã bỏ bản soạn.")
        return redirect("orders")
    return redirect("order", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SEE_TASKS)
def ordered(request: ActorRequest, pk: int) -> HttpResponse:
    """One task of an order: while it is a draft, to be set; afterwards, who has done it."""
    row = reached_ordered(request, pk)
    if row.order.is_draft:
        return _set(request, row)
    today, asked = timezone.localdate(), request.GET.get("loc", "-")
    rows = TaskAssignment.objects.allowed(request.actor, Permission.SEE_TASKS).filter(ordered=row).standing()
    known = (*filter(None, queries.INBOX), queries.OPEN)
    shown = queries.narrowed(rows, asked, today) if asked in known else rows
    facts = {
        "row": row,
        "order": row.order,
        "lead": capfirst(row.words),
        "serves": list(row.serves.select_related("obligation")),
        "stand": queries.stands_by(rows, "ordered", today).get(row.pk, queries.Stand()),
        "chips": queries.chips_of(rows, "" if asked == queries.OPEN else asked, today, of_all=True),
        "page": page_of(shown.select_related("organisation").order_by("-period", "organisation__sort_key"), request),
        "occurrences": list(row.occurrences.order_by("-on")) if row.pace in EVENTS else None,
        "form": OccurrenceForm(),
        "may_give": request.actor.may(Permission.GIVE_TASKS, row.order.organisation.path) and not row.withdrawn_on,
        "today": today,
    }
    return render(request, "directives/cascade/ordered.html", facts)


def _set(request: ActorRequest, row: OrderedTask) -> HttpResponse:
    giver = row.order.organisation
    places = Organisation.objects.allowed(request.actor, Permission.SEE_TASKS).at_or_below(giver.path)
    targets = Target.objects.allowed(request.actor, Permission.READ_LIBRARY).filter(
        obligation__document=row.order.document_id, obligation__kind=ObligationKind.TARGET
    )
    form = SetTaskForm(
        request.POST or None, initial=as_set(row), offered=offered_to(giver),
        places=places.exclude(pk=giver.pk), targets=targets.select_related("obligation"),
    )  # fmt: skip
    if form.is_valid():
        with refusals_in(form):
            services.set_task(row, **form.asked, by=request.actor)
            return redirect("order", row.order_id)
    return render(request, "directives/cascade/set_task.html", {"row": row, "order": row.order, "form": form})


@require_POST
@requires(Permission.GIVE_TASKS)
def drop_task(request: ActorRequest, pk: int) -> HttpResponse:
    row = reached_ordered(request, pk, Permission.GIVE_TASKS)
    with refusals_said(request):
        services.drop_task(row, by=request.actor)
    return redirect("order", row.order_id)


@require_POST
@requires(Permission.GIVE_TASKS)
def occurrence(request: ActorRequest, pk: int) -> HttpResponse:
    row = reached_ordered(request, pk, Permission.GIVE_TASKS)
    form = OccurrenceForm(request.POST)
    if form.is_valid():
        with refusals_said(request):
            services.record_occurrence(row, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã ghi. Việc mở ra cho các nơi nhận.")
    else:
        messages.error(request, "Ghi ngày và việc đã xảy ra.")
    return redirect("ordered_task", row.pk)


@require_POST
@requires(Permission.GIVE_TASKS)
def withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    row = reached_ordered(request, pk, Permission.GIVE_TASKS)
    with refusals_said(request):
        count = services.withdraw(row, by=request.actor)
        messages.success(request, f"Đã thu hồi; {number(count)} nơi thôi làm việc này.")
    return redirect("ordered_task", row.pk)


def _listed(order: Order, stand: queries.Stand) -> tuple[Order, queries.Stand, str]:
    return order, stand, f"{order.document.brief} · {order.given_words.lower()} · {stand.words}"


def _is_ready(rows: list[queries.Given]) -> bool:
    return bool(rows) and all(one.count and not any("đã qua" in said for said in one.warnings) for one in rows)


def _here(request: ActorRequest) -> Organisation:
    if request.actor.capacity is None:
        raise Http404("no capacity, no place")
    return reached_organisation(request, request.actor.capacity.organisation_id, Permission.SEE_TASKS)


def _may_hand_on(request: ActorRequest) -> bool:
    return request.actor.may(Permission.GIVE_TASKS, _here(request).path)


def _from_above(request: ActorRequest, here: Organisation) -> dict[int, OrderedTask]:
    """By task: those of an order that this organisation was given."""
    asked = request.GET.get("tu", "")
    if not asked.isdecimal() or len(asked) > 9:
        return {}
    order = Order.objects.allowed(request.actor, Permission.SEE_TASKS).given().filter(pk=asked).first()
    if order is None:
        return {}
    mine = TaskAssignment.objects.allowed(request.actor, Permission.SEE_TASKS).standing().filter(organisation=here)
    rows = OrderedTask.objects.everywhere(reason="those that it was given itself").filter(
        order=order, pk__in=mine.values("ordered")
    )
    return {one.task_id: one for one in rows}
