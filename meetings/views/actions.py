"""Things that were given: the board of an organisation, and one of them with how it stands."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from branches.models import Kind
from branches.views.reached import reached_organisation
from meetings.forms.after import StandForm
from meetings.models import ActionItem
from meetings.queries import actions as queries
from meetings.services.actions import mark_action, may_mark
from meetings.views.links import page_of_meeting
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in
from portal.ui.pages import page_of


@require_safe
@requires(Permission.READ_ROLL)
def board(request: ActorRequest, pk: int) -> HttpResponse:
    place, today = reached_organisation(request, pk, Permission.READ_ROLL), timezone.localdate()
    asked = request.GET.get("loc", "")
    asked = asked if asked in queries.FILTERS else queries.OPEN
    rows, counts = queries.items_below(place, request.actor), {}
    counts = queries.counts(rows, today)
    facts = {
        "organisation": place,
        "is_branch": place.kind == Kind.BRANCH,
        "asked": asked,
        "filters": [(name, label, counts[name]) for name, label in queries.FILTERS.items()],
        "page": page_of(queries.filtered(rows, asked, today), request, count=counts[asked]),
        "query": f"loc={asked}",
        "today": today,
    }
    return render(request, "meetings/actions.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SEE_OWN_RECORD)
def action(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """One's own, or one of a branch whose tasks one reads."""
    item = _reached(request, pk)
    may = may_mark(item, request.actor)
    may_drop = request.actor.may(Permission.RECORD_MEETING, item.organisation.path)
    initial = {"stand": item.stand, "note": item.stand_note}
    form = StandForm(request.POST or None, initial=initial, may_drop=may_drop)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            mark_action(item, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã ghi tình trạng của việc này.")
            return redirect("action_item", item.pk)
    board = request.actor.may(Permission.READ_ROLL, item.organisation.path)
    facts = {
        "item": item,
        "form": form,
        "may": may,
        "today": timezone.localdate(),
        "reviews": queries.later_reviews(item),
        "board": reverse("action_items", args=[item.organisation_id]) if board else "",
        "meeting_page": page_of_meeting(item.meeting),
    }
    return render(request, "meetings/action.html", facts)


def _reached(request: ActorRequest, pk: uuid.UUID) -> ActionItem:
    rows = [
        ActionItem.objects.allowed(request.actor, permission).there().filter(queries.was_closed())
        for permission in (Permission.SEE_OWN_RECORD, Permission.READ_ROLL)
    ]
    own, read = (one.select_related("organisation", "assignee", "meeting", "task__obligation") for one in rows)
    return own.filter(pk=pk).first() or get_object_or_404(read, pk=pk)
