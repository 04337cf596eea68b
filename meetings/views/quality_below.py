"""A committee looks at what its branches were scored in a year; a province at its committees."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from branches.models import Kind
from branches.views.reached import reached_organisation
from meetings.queries.quality_below import branch_lines, committee_lines
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires

YEARS_BACK = 3


@require_safe
@requires(Permission.READ_FIGURES)
def quality_below(request: ActorRequest, pk: int) -> HttpResponse:
    organisation, actor = reached_organisation(request, pk, Permission.READ_FIGURES), request.actor
    if organisation.kind == Kind.BRANCH:
        return redirect("meetings_of", pk)
    today = timezone.localdate()
    years = range(today.year, today.year - YEARS_BACK, -1)
    year = next((one for one in years if str(one) == request.GET.get("nam")), today.year)
    committees = committee_lines(organisation, actor, year, today=today)
    facts = {
        "organisation": organisation,
        "year": year,
        "years": years,
        "heading": f"Sinh hoạt thường kỳ năm {year}",
        "committees": committees,
        "branches": [] if committees else branch_lines(organisation, actor, year, today=today),
        "may_see": actor.may(Permission.SEE_MEETINGS, organisation.path),
    }
    return render(request, "meetings/quality_below.html", facts)
