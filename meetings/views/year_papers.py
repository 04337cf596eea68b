"""Papers of a year: dues of a quarter, the thematic plan, what is filed, the book of resolutions."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from branches.models import Kind, Organisation
from branches.papers import form_of
from branches.views.reached import reached_organisation
from meetings.models import ThematicPlan
from meetings.papers.archive import archive_list
from meetings.papers.dues import dues_sheet
from meetings.papers.thematic import thematic_paper
from meetings.queries.archive import Archive
from meetings.queries.dues import dues_of
from meetings.services.long_papers import ask_for_book
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.papers.answers import handed_paper

FIRST_YEAR, LAST_YEAR, YEARS = 2000, 2100, 3


@require_safe
@requires(Permission.READ_ROLL)
def dues(request: ActorRequest, pk: int) -> HttpResponse:
    """?nam=2026&quy=1; nonsense and nothing mean this quarter."""
    branch, today = _branch(request, pk, Permission.READ_ROLL), timezone.localdate()
    asked = request.GET.get("nam", "")
    year = int(asked) if asked in {str(today.year - back) for back in range(YEARS)} else today.year
    quarter = int(request.GET.get("quy", "")) if request.GET.get("quy", "") in list("1234") else (today.month + 2) // 3
    paper = dues_sheet(branch, dues_of(branch, year, today, request.actor), quarter, today=today)
    name = f"Đảng phí quý {quarter} năm {year} {branch.name}"
    return handed_paper(request, paper, form_of(branch, today, request.actor), name=name)


@require_safe
@requires(Permission.SEE_MEETINGS)
def thematic(request: ActorRequest, pk: int, year: int) -> HttpResponse:
    branch = _branch(request, pk, Permission.SEE_MEETINGS)
    _need_year(year)
    plans = ThematicPlan.objects.everywhere(reason="of a branch that was reached")
    plan, today = plans.filter(organisation=branch, year=year).first(), timezone.localdate()
    paper = thematic_paper(branch, year, plan, today=today)
    name = f"Kế hoạch chuyên đề {year} {branch.name}"
    return handed_paper(request, paper, form_of(branch, today, request.actor), name=name)


@require_safe
@requires(Permission.SEE_MEETINGS)
def archive(request: ActorRequest, pk: int, year: int) -> HttpResponse:
    organisation = reached_organisation(request, pk, Permission.SEE_MEETINGS)
    _need_year(year)
    this = timezone.localdate().year
    facts = {
        "organisation": organisation,
        "archive": Archive(organisation, year, request.actor, timezone.localdate()),
        "year": year,
        "years": [this - back for back in range(YEARS)],
        "records": request.actor.may(Permission.RECORD_MEETING, organisation.path),
    }
    return render(request, "meetings/archive.html", facts)


@require_safe
@requires(Permission.SEE_MEETINGS)
def archive_paper(request: ActorRequest, pk: int, year: int) -> HttpResponse:
    organisation = reached_organisation(request, pk, Permission.SEE_MEETINGS)
    _need_year(year)
    today = timezone.localdate()
    paper = archive_list(Archive(organisation, year, request.actor, today))
    form = form_of(organisation, today, request.actor)
    return handed_paper(request, paper, form, name=f"Mục lục hồ sơ {year} {organisation.name}")


@require_POST
@requires(Permission.SEE_MEETINGS)
def resolution_book(request: ActorRequest, pk: int, year: int) -> HttpResponse:
    organisation = reached_organisation(request, pk, Permission.SEE_MEETINGS)
    _need_year(year)
    return redirect("job", ask_for_book(organisation, year=year, by=request.actor).pk)


def _branch(request: ActorRequest, pk: int, permission: Permission) -> Organisation:
    branch = reached_organisation(request, pk, permission)
    if branch.kind != Kind.BRANCH:
        raise Http404("papers of a branch")
    return branch


def _need_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404("no such year")
