"""Papers about the people of a branch."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from branches.papers import form_of
from members.papers.assignments import assignment_sheet
from members.queries.assignments import year_of
from members.views.assignments import asked_year, reached_branch
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.papers.answers import handed_paper


@require_safe
@requires(Permission.READ_ROLL)
def assignments(request: ActorRequest, pk: int) -> HttpResponse:
    """The tasks of a year, to be read out and signed."""
    branch, year = reached_branch(request, pk, Permission.READ_ROLL), asked_year(request)
    today = timezone.localdate()
    paper = assignment_sheet(branch, year, year_of(branch, year, today, request.actor), today=today)
    name = f"Phân công nhiệm vụ {year} {branch.name}"
    return handed_paper(request, paper, form_of(branch, today, request.actor), name=name)
