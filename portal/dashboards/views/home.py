from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires, signed_in
from portal.dashboards.queries.home import named, overview_for, work_of
from portal.duties.reading import places_undone
from portal.duties.rules import duty_named
from portal.ui.pages import page_of
from portal.words.quantities import number


@require_safe
@signed_in
def home(request: ActorRequest) -> HttpResponse:
    """Việc của tôi: what is due, in words with the day; below it, what those in one's care have not done."""
    today = timezone.localdate()
    facts = {"today": today, "work": work_of(request.actor, today), "overview": overview_for(request.actor, today)}
    return render(request, "dashboards/home.html", facts)


@require_safe
@requires(Permission.READ_FIGURES)
def undone(request: ActorRequest, slug: str) -> HttpResponse:
    """Đơn vị chưa làm: of one rule, which organisations, the longest late first. No names of persons."""
    duty, today = duty_named(slug), timezone.localdate()
    if duty is None or duty.doer is None:
        raise Http404("no rule of this name")
    page = page_of(places_undone(request.actor, duty, on=today), request)
    lead = (
        f"{number(page.paginator.count)} đơn vị còn việc này; nơi quá hạn lâu nhất đứng đầu."
        if page.paginator.count
        else ""
    )
    facts = {"duty": duty, "today": today, "page": page, "lead": lead, "rows": named(list(page), request.actor, today)}
    return render(request, "dashboards/undone.html", facts)
