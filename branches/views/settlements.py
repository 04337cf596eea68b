"""Villages and neighbourhoods of a commune: which branch covers each, and which have none."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from branches.forms.settlements import CoveringBranchForm, EndSettlementForm, SettlementForm, SettlementLinesForm
from branches.models import Kind, Organisation, Settlement
from branches.queries.settlements import Coverage, coverage_of
from branches.services import settlements as services
from branches.views.reached import reached_organisation
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in
from portal.ui.pages import page_of

WITHOUT, ENDED = "chua-co-chi-bo", "da-ket-thuc"


@require_safe
@requires(Permission.SEE_ORGANISATION)
def settlements(request: ActorRequest, pk: int) -> HttpResponse:
    commune = _reached_commune(request, pk, Permission.SEE_ORGANISATION)
    sought, chosen = request.GET.get("tim", ""), request.GET.get("loc", "")
    rows = Settlement.objects.allowed(request.actor, Permission.SEE_ORGANISATION).of(commune)
    rows = rows.ended() if chosen == ENDED else rows.living()
    rows = rows.without_branch() if chosen == WITHOUT else rows
    rows = rows.matching(sought).select_related("branch").in_order()
    coverage = coverage_of(commune)
    facts = {
        "commune": commune,
        "page": page_of(rows, request),
        "sought": sought,
        "chosen": chosen if chosen in (WITHOUT, ENDED) else "",
        "coverage": coverage,
        "chips": _chips(commune, chosen, coverage),
        "may_keep": request.actor.may(Permission.KEEP_SETTLEMENTS, commune.path),
    }
    template = "branches/settlements.html#rows" if request.htmx else "branches/settlements.html"
    return render(request, template, facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_SETTLEMENTS)
def add(request: ActorRequest, pk: int) -> HttpResponse:
    commune = _reached_commune(request, pk, Permission.KEEP_SETTLEMENTS)
    form = SettlementForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            new = services.add_settlement(commune=commune, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã thêm {new}. Còn phải phân chi bộ phụ trách.")
            return redirect("assign_settlement", new.pk)
    return _form_page(request, commune, form, heading="Thêm một thôn, tổ dân phố", lead="", action="Thêm")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_SETTLEMENTS)
def add_many(request: ActorRequest, pk: int) -> HttpResponse:
    commune = _reached_commune(request, pk, Permission.KEEP_SETTLEMENTS)
    form = SettlementLinesForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            added = services.add_settlements(commune=commune, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã thêm {len(added.new)} nơi.")
            if added.doubles:
                messages.warning(request, f"Bỏ qua {len(added.doubles)} dòng đã có: {', '.join(added.doubles)}.")
            return redirect("settlements", commune.pk)
    lead = "Dán cả danh sách vào một lần. Tên đã có thì cổng bỏ qua và nói rõ."
    return _form_page(
        request, commune, form, heading="Thêm nhiều thôn, tổ dân phố", lead=lead, action="Thêm cả danh sách"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_SETTLEMENTS)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    settlement = _reached_settlement(request, pk)
    names = ("kind", "name", "households", "households_year", "note")
    form = SettlementForm(request.POST or None, initial={name: getattr(settlement, name) for name in names})
    if form.is_valid():
        with refusals_in(form):
            services.change_settlement(settlement, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã sửa {settlement}.")
            return redirect("settlements", settlement.commune_id)
    return _form_page(request, settlement.commune, form, heading=f"Sửa {settlement}", lead="", action="Lưu")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_SETTLEMENTS)
def assign(request: ActorRequest, pk: int) -> HttpResponse:
    settlement = _reached_settlement(request, pk)
    below = Organisation.objects.allowed(request.actor, Permission.KEEP_SETTLEMENTS)
    below = below.at_or_below(settlement.commune.path).filter(kind__in=services.COVERING).in_order()
    form = CoveringBranchForm(request.POST or None, initial={"branch": settlement.branch_id}, branches=below)
    if form.is_valid():
        with refusals_in(form):
            services.assign_to_branch(settlement, **form.cleaned_data, by=request.actor)
            messages.success(request, f"{settlement}: {settlement.branch or 'chưa có chi bộ phụ trách'}.")
            return redirect("settlements", settlement.commune_id)
    heading = f"Chi bộ phụ trách {settlement}"
    lead = f"Chọn trong các chi bộ, đảng bộ thuộc {settlement.commune}."
    return _form_page(request, settlement.commune, form, heading=heading, lead=lead, action="Lưu")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_SETTLEMENTS)
def end(request: ActorRequest, pk: int) -> HttpResponse:
    settlement = _reached_settlement(request, pk)
    form = EndSettlementForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        with refusals_in(form):
            services.end_settlement(settlement, **form.cleaned_data, by=request.actor)
            messages.success(request, f"{settlement} đã kết thúc; vẫn xem được ở mục “Đã kết thúc”.")
            return redirect("settlements", settlement.commune_id)
    lead = "Khi sáp nhập hoặc giải thể. Tên này sau đó có thể đặt cho nơi khác; lịch sử vẫn giữ."
    heading = f"Kết thúc {settlement}"
    return _form_page(request, settlement.commune, form, heading=heading, lead=lead, action="Kết thúc")


def _chips(commune: Organisation, chosen: str, coverage: Coverage) -> list[tuple[str, str, int | None, bool]]:
    place = reverse("settlements", args=[commune.pk])
    return [
        ("Đang có", place, coverage.total, chosen not in (WITHOUT, ENDED)),
        ("Chưa có chi bộ", f"{place}?loc={WITHOUT}", coverage.without, chosen == WITHOUT),
        ("Đã kết thúc", f"{place}?loc={ENDED}", None, chosen == ENDED),
    ]


def _reached_commune(request: ActorRequest, pk: int, permission: Permission) -> Organisation:
    commune = reached_organisation(request, pk, permission)
    if commune.kind != Kind.COMMUNE:
        raise Http404
    return commune


def _reached_settlement(request: ActorRequest, pk: int) -> Settlement:
    seen = Settlement.objects.allowed(request.actor, Permission.SEE_ORGANISATION)
    settlement = get_object_or_404(seen.select_related("commune", "branch"), pk=pk)
    request.actor.need(Permission.KEEP_SETTLEMENTS, settlement.commune.path)
    return settlement


def _form_page(
    request: ActorRequest, commune: Organisation, form: BaseForm, *, heading: str, lead: str, action: str
) -> HttpResponse:
    facts = {
        "form": form,
        "organisation": commune,
        "heading": heading,
        "lead": lead,
        "action": action,
        "book": "Thôn, tổ dân phố",
        "book_url": reverse("settlements", args=[commune.pk]),
    }
    return render(request, "branches/book_form.html", facts)
