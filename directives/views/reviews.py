"""Reviews as whoever opens them sees them: of a document, of an organisation, one with its parts, its conclusion."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.models import Organisation
from branches.views.reached import reached_organisation
from directives.forms.reviews import ChangeReviewForm, ConclusionForm, OpenReviewForm
from directives.models import Document, Review
from directives.models.review import HEADINGS
from directives.queries import reviews as queries
from directives.queries.documents import library
from directives.queries.review_figures import composed
from directives.services import reviews as services
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in
from portal.ui.pages import page_of
from portal.ui.refused import refusals_said
from portal.ui.versions import newer_than


@require_safe
@requires(Permission.SEE_TASKS)
def of_document(request: ActorRequest, pk: int) -> HttpResponse:
    document = _document(request, pk)
    rows = queries.counted(Review.objects.allowed(request.actor, Permission.SEE_TASKS).filter(document=document))
    facts = {
        "document": document,
        "page": page_of(rows.newest_first(), request),
        "may_open": request.actor.may(Permission.GIVE_TASKS),
        "today": timezone.localdate(),
    }
    return render(request, "directives/reviews.html", facts)


@require_safe
@requires(Permission.SEE_TASKS)
def of_organisation(request: ActorRequest, pk: int) -> HttpResponse:
    place = reached_organisation(request, pk, Permission.SEE_TASKS)
    rows = queries.reviews_at(place, request.actor)
    facts = {
        "organisation": place,
        "page": page_of(rows.newest_first(), request),
        "today": timezone.localdate(),
    }
    return render(request, "directives/reviews_of.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.GIVE_TASKS)
def open_review(request: ActorRequest, pk: int) -> HttpResponse:
    document, here, today = _document(request, pk), _here(request), timezone.localdate()
    kinds = queries.answering_kinds_below(here, today)
    initial = {"since": date(today.year, 1, 1), "until": today}
    form = OpenReviewForm(request.POST or None, initial=initial, kinds=kinds)
    if form.is_valid():
        with refusals_in(form):
            review = services.open_review(document, organisation=here, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã mở đợt; mỗi nơi báo cáo có việc của mình trong Việc của tôi.")
            return redirect("review", review.pk)
    return render(request, "directives/open_review.html", {"form": form, "document": document, "organisation": here})


@require_safe
@requires(Permission.SEE_TASKS)
def review(request: ActorRequest, pk: int) -> HttpResponse:
    """Whoever opened it sees all parts; who answers, those within reach."""
    found, actor = reached_review(request, pk), request.actor
    asked = request.GET.get("loc", "")
    page = page_of(queries.parts_of(found, actor, asked=asked), request)
    table = queries.side_by_side(found, list(page), _number(request.GET.get("so-lieu")))
    is_above = actor.may(Permission.SEE_TASKS, found.organisation.path)
    facts = {
        "review": found,
        "asked": asked if asked in queries.FILTERS else "",
        "filters": queries.counts_of(found, actor),
        "page": page,
        "table": table,
        "sheet": composed(found, found.organisation) if is_above else None,
        "is_above": is_above,
        "may_lead": actor.may(Permission.GIVE_TASKS, found.organisation.path),
        "today": timezone.localdate(),
    }
    return render(request, "directives/review.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.GIVE_TASKS)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    found = reached_review(request, pk, Permission.GIVE_TASKS)
    form = ChangeReviewForm(request.POST or None, initial={"due_on": found.due_on, "guidance": found.guidance})
    if form.is_valid():
        with refusals_in(form):
            services.change_review(found, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã lưu.")
            return redirect("review", found.pk)
    return render(request, "directives/change_review.html", {"form": form, "review": found})


@require_POST
@requires(Permission.GIVE_TASKS)
def ask_newcomers(request: ActorRequest, pk: int) -> HttpResponse:
    found = reached_review(request, pk, Permission.GIVE_TASKS)
    with refusals_said(request):
        count = services.ask_newcomers(found, by=request.actor)
        messages.success(request, f"Đã gọi thêm {count} nơi." if count else "Không có nơi nào mới.")
    return redirect("review", found.pk)


@require_POST
@requires(Permission.GIVE_TASKS)
def drop(request: ActorRequest, pk: int) -> HttpResponse:
    found = reached_review(request, pk, Permission.GIVE_TASKS)
    with refusals_said(request):
        services.drop_review(found, by=request.actor)
        messages.success(request, "Đã bỏ đợt này.")
        return redirect("reviews", found.document_id)
    return redirect("review", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.GIVE_TASKS)
def conclude(request: ActorRequest, pk: int) -> HttpResponse:
    """All judgements of one heading under each other, and beside them one's own words."""
    found = reached_review(request, pk, Permission.GIVE_TASKS)
    form = ConclusionForm(request.POST or None, initial={"conclusion": found.conclusion, "version": found.version})
    if form.is_valid():
        with refusals_in(form):
            services.write_conclusion(found, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã lưu kết luận chung.")
            return redirect("review", found.pk)
    found.refresh_from_db(fields=["conclusion", "version"])
    heading = queries.heading_named(request.GET.get("muc", ""))
    page = page_of(queries.judgements_of(found, heading), request)
    facts = {
        "review": found,
        "form": form,
        "heading": heading,
        "headings": HEADINGS,
        "page": page,
        "said": [(part, getattr(part, heading)) for part in page],
    }
    return render(request, "directives/conclude_review.html", facts | newer_than(form, found))


@require_POST
@requires(Permission.GIVE_TASKS)
def close(request: ActorRequest, pk: int) -> HttpResponse:
    found = reached_review(request, pk, Permission.GIVE_TASKS)
    with refusals_said(request):
        services.close_review(found, by=request.actor)
        messages.success(request, "Đã kết thúc đợt. Các nơi báo cáo đọc được kết luận chung.")
    return redirect("review", found.pk)


def reached_review(request: ActorRequest, pk: int, permission: Permission | None = None) -> Review:
    rows = Review.objects.allowed(request.actor, Permission.SEE_TASKS)
    found = get_object_or_404(rows.select_related("organisation", "document"), pk=pk)
    if permission:
        request.actor.need(permission, found.organisation.path)
    return found


def _document(request: ActorRequest, pk: int) -> Document:
    return get_object_or_404(library(request.actor).open_ones().without_texts(), pk=pk)


def _here(request: ActorRequest) -> Organisation:
    """Where one acts."""
    held = request.actor.capacity
    rows = Organisation.objects.allowed(request.actor, Permission.SEE_ORGANISATION)
    return get_object_or_404(rows, pk=held.organisation_id if held else 0)


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isdecimal() and len(typed) < 4 else 1
