"""Totals shared out: what an organisation was given, what it gives."""

from dataclasses import dataclass

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.models import Kind, Organisation
from branches.views.reached import reached_organisation
from directives.forms.figures import SharesForm, TotalForm, key_of, term_around
from directives.models import TargetShare
from directives.queries import shares as queries
from directives.queries.targets import targets_to_share
from directives.services import figures as services
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in
from portal.words.quantities import number


@dataclass(frozen=True)
class Line:
    """One that may be given a part."""

    receiver: Organisation
    box: BoundField
    amount: int | None
    actual: int | None


@require_safe
@requires(Permission.READ_FIGURES)
def shares(request: ActorRequest, pk: int) -> HttpResponse:
    organisation = reached_organisation(request, pk, Permission.READ_FIGURES)
    may_give = request.actor.may(Permission.GIVE_TASKS, organisation.path) and organisation.kind != Kind.BRANCH
    facts = {
        "organisation": organisation,
        "received": queries.received_with_actual(organisation, timezone.localdate()),
        "given": queries.given_by(organisation),
        "may_give": may_give,
        "is_branch": organisation.kind == Kind.BRANCH,
    }
    return render(request, "directives/shares.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.GIVE_TASKS)
def new_total(request: ActorRequest, pk: int) -> HttpResponse:
    organisation, today = reached_organisation(request, pk, Permission.GIVE_TASKS), timezone.localdate()
    known = targets_to_share(organisation, request.actor, today)
    form = TotalForm(request.POST or None, targets=known, today=today, term=term_around(today))
    if form.is_valid():
        with refusals_in(form):
            total = services.open_total(organisation, **form.asked, by=request.actor)
            return redirect("share_out", total.pk)
    return render(request, "directives/new_total.html", {"form": form, "organisation": organisation})


@require_POST
@requires(Permission.GIVE_TASKS)
def hand_on(request: ActorRequest, pk: int) -> HttpResponse:
    rows = TargetShare.objects.allowed(request.actor, Permission.GIVE_TASKS)
    share = get_object_or_404(rows.select_related("total", "receiver"), pk=pk)
    return redirect("share_out", services.hand_on(share, by=request.actor).pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.READ_FIGURES)
def share_out(request: ActorRequest, pk: int) -> HttpResponse:
    total, actor = get_object_or_404(queries.reached_total(request.actor), pk=pk), request.actor
    may_give = actor.may(Permission.GIVE_TASKS, total.giver.path)
    if request.method == "POST":
        actor.need(Permission.GIVE_TASKS, total.giver.path)
    amounts, receivers = queries.amounts_of(total), queries.receivers_of(total.giver)
    actual = queries.actuals_of(total, receivers, timezone.localdate())
    form = SharesForm(request.POST or None, receivers=receivers, amounts=amounts, own=total.amount)
    if form.is_valid():
        with refusals_in(form):
            left = services.give_shares(total, amounts=form.amounts, own=form.own, by=actor)
            messages.success(request, f"Đã giao. {_left_words(left, total.unit)}")
            return redirect("share_out", total.pk)
    facts = {
        "total": total,
        "form": form,
        "rows": [Line(one, form[key_of(one)], amounts.get(one.pk), (actual or {}).get(one.pk)) for one in receivers],
        "may_give": may_give,
        "shared": queries.SharedOut(total, sum(amounts.values())),
        "term": queries.within_its_term(total),
        "actual": actual,
    }
    return render(request, "directives/share_out.html", facts)


def _left_words(left: int, unit: str) -> str:
    if not left:
        return "Vừa đủ tổng số."
    return f"{'Còn' if left > 0 else 'Vượt'} {number(abs(left))} {unit} so với tổng số."
