"""One part of a review: composed, written, sent below; read and judged above."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.papers import form_of
from directives.forms.reviews import JudgePartForm, PartForm, as_written
from directives.models import PartState, ReviewPart
from directives.papers.reviews import paper_of_part, paper_of_review
from directives.queries.review_figures import Sheet, composed, moved_since
from directives.services import reviews as services
from directives.views.reviews import reached_review
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.papers.answers import handed_paper
from portal.ui.forms import refusals_in
from portal.ui.refused import refusals_said
from portal.ui.versions import newer_than


@require_safe
@requires(Permission.SEE_TASKS)
def part(request: ActorRequest, pk: int) -> HttpResponse:
    return _shown(request, _reached(request, pk), JudgePartForm())


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ANSWER_TASKS)
def write(request: ActorRequest, pk: int) -> HttpResponse:
    found = _reached(request, pk, Permission.ANSWER_TASKS)
    form = PartForm(request.POST or None, initial=as_written(found))
    if form.is_valid():
        with refusals_in(form):
            services.write_part(found, version=form.cleaned_data["version"], words=form.words, by=request.actor)
            messages.success(request, "Đã lưu. Xem lại rồi gửi.")
            return redirect("review_part", found.pk)
    found.refresh_from_db()
    facts = {"part": found, "review": found.review, "form": form, "sheet": composed(found.review, found.organisation)}
    return render(request, "directives/write_review_part.html", facts | newer_than(form, found))


@require_POST
@requires(Permission.ANSWER_TASKS)
def send(request: ActorRequest, pk: int) -> HttpResponse:
    found = _reached(request, pk, Permission.ANSWER_TASKS)
    with refusals_said(request):
        services.send_part(found, by=request.actor)
        messages.success(request, f"Đã gửi {found.review.organisation.name}.")
    return redirect("review_part", found.pk)


@require_POST
@requires(Permission.GIVE_TASKS)
def judge(request: ActorRequest, pk: int) -> HttpResponse:
    found = _reached(request, pk)
    request.actor.need(Permission.GIVE_TASKS, found.review.organisation.path)
    form = JudgePartForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            returns = request.POST.get("viec") == "tra-lai"
            act: Any = services.return_part if returns else services.accept_part
            act(found, **form.cleaned_data, by=request.actor)
            messages.success(
                request, f"{'Đã trả lại' if returns else 'Đã nhận'} báo cáo của {found.organisation.name}."
            )
            return redirect("review", found.review_id)
    return _shown(request, found, form)


@require_safe
@requires(Permission.SEE_TASKS)
def part_paper(request: ActorRequest, pk: int) -> HttpResponse:
    found = _reached(request, pk)
    on = timezone.localdate(found.sent_at) if found.is_here and found.sent_at else timezone.localdate()
    paper = paper_of_part(found, _sheet(found), on=on)
    form = form_of(found.organisation, on, request.actor)
    return handed_paper(
        request, paper, form, name=f"Báo cáo {found.review.get_kind_display()} {found.organisation.name}"
    )


@require_safe
@requires(Permission.SEE_TASKS)
def review_paper(request: ActorRequest, pk: int) -> HttpResponse:
    """Of the whole: for who opened it, and who works there."""
    review = reached_review(request, pk, Permission.SEE_TASKS)
    on = review.closed_on or timezone.localdate()
    paper = paper_of_review(review, composed(review, review.organisation), on=on, reader=request.actor)
    form = form_of(review.organisation, on, request.actor)
    return handed_paper(request, paper, form, name=f"Báo cáo {review.get_kind_display()} {review.organisation.name}")


def _reached(request: ActorRequest, pk: int, permission: Permission | None = None) -> ReviewPart:
    rows = ReviewPart.objects.allowed(request.actor, Permission.SEE_TASKS)
    related = ("organisation", "review__organisation", "review__document", "sent_by")
    found = get_object_or_404(rows.select_related(*related), pk=pk)
    if permission:
        request.actor.need(permission, found.organisation.path)
    return found


def _sheet(part: ReviewPart) -> Sheet:
    """As sent; until then as it is today."""
    kept = part.figures if part.is_here else None
    return Sheet.thawed(kept) if kept else composed(part.review, part.organisation)


def _shown(request: ActorRequest, part: ReviewPart, form: JudgePartForm) -> HttpResponse:
    actor, review, sheet = request.actor, part.review, _sheet(part)
    live = composed(review, part.organisation) if part.is_here else sheet
    may_judge = actor.may(Permission.GIVE_TASKS, review.organisation.path) and review.is_open
    facts = {
        "part": part,
        "review": review,
        "sheet": sheet,
        "moved": moved_since(sheet, live) if part.is_here else [],
        "form": form,
        "may_write": actor.may(Permission.ANSWER_TASKS, part.organisation.path) and review.is_open and not part.is_here,
        "may_judge": may_judge and part.is_here,
        "may_accept": may_judge and part.state == PartState.SENT,
    }
    return render(request, "directives/review_part.html", facts)
