from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from portal.access.permissions import Permission
from portal.access.views import ActorRequest, signed_in
from portal.jobs.models import Job, JobQuerySet
from portal.jobs.services import asking
from portal.ui.pages import page_of
from portal.words.errors import DomainError


@require_safe
@signed_in
def my_jobs(request: ActorRequest) -> HttpResponse:
    """“Tệp của tôi”: what I asked for, newest first."""
    facts = {"page": page_of(_own(request).latest_first(), request)}
    return render(request, "jobs/my_jobs.html", facts | _holding(request))


@require_safe
@signed_in
def job(request: ActorRequest, pk: int) -> HttpResponse:
    """Where the one who asked arrives: how far it is, and that one may leave."""
    found = get_object_or_404(_own(request), pk=pk)
    template = "jobs/job.html#state" if request.htmx else "jobs/job.html"
    return render(request, template, {"job": found} | _holding(request))


@require_safe
@signed_in
def job_row(request: ActorRequest, pk: int) -> HttpResponse:
    """One row of the list, fetched again while it runs."""
    return render(request, "jobs/row.html", {"job": get_object_or_404(_own(request), pk=pk)} | _holding(request))


@require_POST
@signed_in
def cancel_job(request: ActorRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_own(request), pk=pk)
    try:
        stopped = asking.cancel(found, by=request.actor)
    except DomainError as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, "Đang dừng việc này." if stopped.is_open else "Đã dừng việc này.")
    return redirect("job", pk)


def _own(request: ActorRequest) -> JobQuerySet:
    return Job.objects.allowed(request.actor, Permission.SEE_OWN_RECORD).select_related("result")


def _holding(request: ActorRequest) -> dict[str, Any]:
    """A result is only handed out while the role is held that it was asked for with (portal.jobs.doors)."""
    return {"held": [None, *(held.grant_id for held in request.actor.held)]}
