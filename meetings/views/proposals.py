"""What branches ask of committees above them, and the answers."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from branches.models import Organisation
from branches.views.reached import reached_organisation
from meetings.forms.after import AnswerProposalForm
from meetings.models import Proposal, ProposalState
from meetings.queries import proposals as queries
from meetings.services.proposals import answer_proposal
from meetings.views.links import page_of_meeting
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in
from portal.ui.pages import page_of


@require_safe
@requires(Permission.SEE_MEETINGS)
def proposals(request: ActorRequest, pk: int) -> HttpResponse:
    place = reached_organisation(request, pk, Permission.SEE_MEETINGS)
    asked = queries.ANSWERED if request.GET.get("loc") == queries.ANSWERED else queries.WAITING
    rows = queries.proposals_at(place, request.actor)
    counts = {name: queries.filtered(rows, name).count() for name in queries.FILTERS}
    facts = {
        "organisation": place,
        "asked": asked,
        "filters": [(name, label, counts[name]) for name, label in queries.FILTERS.items()],
        "page": page_of(queries.filtered(rows, asked), request, count=counts[asked]),
        "reads_roll": request.actor.may(Permission.READ_ROLL, place.path),
        "today": timezone.localdate(),
    }
    return render(request, "meetings/proposals.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SEE_MEETINGS)
def proposal(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    rows = Proposal.objects.allowed(request.actor, Permission.SEE_MEETINGS).there().filter(queries.was_closed())
    row = get_object_or_404(rows.select_related("to", "meeting__organisation", "member", "answered_by"), pk=pk)
    origin: Organisation = row.meeting.organisation
    may = request.actor.may(Permission.DIRECT_MEETINGS, row.to.path) and row.state == ProposalState.RAISED
    form = AnswerProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            answer_proposal(row, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã trả lời; {origin.name} xem được ngay.")
            return redirect("proposal", row.pk)
    facts = {
        "row": row,
        "form": form,
        "may": may,
        "origin": origin,
        "place": row.to if request.actor.may(Permission.SEE_MEETINGS, row.to.path) else origin,
        "reads_roll": request.actor.may(Permission.READ_ROLL, origin.path),
        "meeting_page": page_of_meeting(row.meeting),
    }
    return render(request, "meetings/proposal.html", facts)
