"""“Sổ số văn bản”: the register of an organisation's numbers, and the short forms that write in it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from branches.forms.numbers import (
    RecordNumberForm,
    RegisterFilter,
    ReserveNumbersForm,
    TakeNumberForm,
    TermForm,
    UseNumberForm,
    VoidNumberForm,
)
from branches.models import DocumentNumber, Kind, Organisation, Term
from branches.queries.numbers import SeriesStanding, offered_term, standings_of
from branches.services import numbers as services
from branches.services.terms import correct_term, open_term
from branches.views.reached import reached_organisation
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in
from portal.ui.pages import page_of


@require_safe
@requires(Permission.SEE_ORGANISATION)
def register(request: ActorRequest, pk: int) -> HttpResponse:
    organisation = reached_organisation(request, pk, Permission.SEE_ORGANISATION)
    facts = _register(request, organisation)
    if facts["term"]:
        facts["page"] = page_of(facts["rows"].newest_first(), request)
        _put_gaps_below(facts["page"], facts["standings"])
    elif organisation.kind == Kind.BRANCH:
        facts["offer"] = offered_term(organisation, timezone.localdate())
    template = "branches/numbers.html#rows" if request.htmx and facts["term"] else "branches/numbers.html"
    return render(request, template, facts)


@require_safe
@requires(Permission.SEE_ORGANISATION)
def printed(request: ActorRequest, pk: int) -> HttpResponse:
    """The same filter, all rows, as the book on the shelf: by type, from 01 on."""
    organisation = reached_organisation(request, pk, Permission.SEE_ORGANISATION)
    facts = _register(request, organisation)
    if facts["term"] is None:
        return redirect("number_register", organisation.pk)
    facts["numbers"] = facts["rows"].in_order()
    return render(request, "branches/numbers_printed.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_NUMBERS)
def take(request: ActorRequest, pk: int) -> HttpResponse:
    issuer = reached_organisation(request, pk, Permission.KEEP_NUMBERS)
    today = timezone.localdate()
    initial = {"on": today, "type": request.GET.get("loai", "")}
    form = TakeNumberForm(request.POST or None, initial=initial, standings=_standings_today(issuer))
    if form.is_valid():
        with refusals_in(form):
            number = services.take_number(issuer=issuer, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã cấp số {number.symbol}.")
            return _to_the_series(number)
    lead = "Cổng cấp số kế tiếp của loại ấy ngay khi bấm nút."
    return _form_page(request, issuer, form, heading="Lấy số văn bản", lead=lead, action="Lấy số")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_NUMBERS)
def reserve(request: ActorRequest, pk: int) -> HttpResponse:
    issuer = reached_organisation(request, pk, Permission.KEEP_NUMBERS)
    form = ReserveNumbersForm(request.POST or None, standings=_standings_today(issuer))
    if form.is_valid():
        with refusals_in(form):
            kept = services.reserve_numbers(issuer=issuer, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã giữ {', '.join(number.symbol for number in kept)}.")
            return _to_the_series(kept[0])
    lead = "Dành sẵn các số kế tiếp cho văn bản viết tay; dùng số nào thì ghi vào sổ sau."
    return _form_page(request, issuer, form, heading="Giữ số", lead=lead, action="Giữ số")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_NUMBERS)
def record(request: ActorRequest, pk: int) -> HttpResponse:
    issuer = reached_organisation(request, pk, Permission.KEEP_NUMBERS)
    initial = {"type": request.GET.get("loai", ""), "number": request.GET.get("so", "")}
    form = RecordNumberForm(request.POST or None, initial=initial, standings=_standings_today(issuer))
    if form.is_valid():
        with refusals_in(form):
            number = services.record_outside_number(issuer=issuer, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã ghi số {number.symbol} vào sổ.")
            return _to_the_series(number)
    lead = "Chép vào sổ một số đã cấp trên giấy, kể cả số nằm ở chỗ còn trống."
    return _form_page(request, issuer, form, heading="Ghi số đã cấp trên giấy", lead=lead, action="Ghi vào sổ")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_NUMBERS)
def use(request: ActorRequest, pk: int) -> HttpResponse:
    number = _reached_number(request, pk)
    form = UseNumberForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        with refusals_in(form):
            services.use_reserved(number, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã dùng số {number.symbol}.")
            return _to_the_series(number)
    lead = f"{number.type_name}. Số giữ để: {number.reason}" if number.is_reserved else number.get_state_display()
    heading = f"Dùng số {number.symbol}"
    return _form_page(request, number.issuer, form, heading=heading, lead=lead, action="Dùng số này")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_NUMBERS)
def void(request: ActorRequest, pk: int) -> HttpResponse:
    number = _reached_number(request, pk)
    form = VoidNumberForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            services.void_number(number, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã hủy số {number.symbol}. Dòng này vẫn ở trong sổ.")
            return _to_the_series(number)
    lead = "Số đã hủy vẫn nằm trong sổ kèm lý do, không cấp lại cho văn bản khác và không khôi phục được."
    return _form_page(request, number.issuer, form, heading=f"Hủy số {number.symbol}", lead=lead, action="Hủy số này")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_NUMBERS)
def new_term(request: ActorRequest, pk: int) -> HttpResponse:
    organisation = reached_organisation(request, pk, Permission.KEEP_NUMBERS)
    form = TermForm(request.POST or None, initial=_offered(organisation))
    if form.is_valid():
        with refusals_in(form):
            term = open_term(organisation=organisation, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã mở {term.name}. Mỗi loại văn bản bắt đầu từ số 01.")
            return redirect("number_register", organisation.pk)
    lead = "Số văn bản đánh liên tục theo từng loại suốt nhiệm kỳ. Nhiệm kỳ trước, nếu có, hết vào hôm trước."
    return _form_page(request, organisation, form, heading="Mở nhiệm kỳ", lead=lead, action="Mở nhiệm kỳ")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_NUMBERS)
def mend_term(request: ActorRequest, pk: int) -> HttpResponse:
    rows = Term.objects.allowed(request.actor, Permission.SEE_ORGANISATION).select_related("organisation")
    term = get_object_or_404(rows, pk=pk)
    request.actor.need(Permission.KEEP_NUMBERS, term.organisation.path)
    form = TermForm(request.POST or None, initial={"name": term.name, "since": term.since, "until": term.until})
    if form.is_valid():
        with refusals_in(form):
            correct_term(term, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã sửa {term.name}.")
            return redirect("number_register", term.organisation_id)
    lead = "Sửa khi ghi nhầm tên hoặc ngày. Đại hội mới thì mở nhiệm kỳ mới."
    return _form_page(request, term.organisation, form, heading="Sửa nhiệm kỳ", lead=lead, action="Lưu")


def _register(request: ActorRequest, organisation: Organisation) -> dict[str, Any]:
    terms = Term.objects.allowed(request.actor, Permission.SEE_ORGANISATION).of(organisation).in_order()
    today = timezone.localdate()
    known = list(terms)
    current = next((term for term in known if term.since <= today), known[0] if known else None)
    facts: dict[str, Any] = {
        "organisation": organisation,
        "may_keep": request.actor.may(Permission.KEEP_NUMBERS, organisation.path),
        "term": None,
        "offer": None,
        "today": today,
    }
    if current is None:
        return facts
    form = RegisterFilter(request.GET.dict(), terms=terms, term=current)
    term, series, state = form.chosen("nhiem_ky") or current, form.chosen("loai"), form.chosen("trang_thai")
    rows = DocumentNumber.objects.allowed(request.actor, Permission.SEE_ORGANISATION).filter(term=term)
    rows = rows.filter(series=series) if series else rows
    rows = rows.filter(state=state) if state else rows
    standings = standings_of(term)
    return facts | {
        "term": term,
        "form": form,
        "filtered": bool(series or state),
        "rows": rows.select_related("by"),
        "standings": standings,
    }


def _put_gaps_below(page: Page, standings: dict[str, SeriesStanding]) -> None:
    """Beside the row above a gap stands what is missing; with 12a and 12 it is the lower of the two."""
    gaps = {(s.series, gap.below): gap for s in standings.values() for gap in s.gaps}
    lowest = {(row.series, row.number): row for row in page}
    for row in page:
        row.gap = gaps.get((row.series, row.number)) if lowest[row.series, row.number] is row else None


def _standings_today(issuer: Organisation) -> dict[str, SeriesStanding]:
    terms = Term.objects.everywhere(reason="of the organisation that was reached").of(issuer)
    term = terms.on(timezone.localdate()).first()
    return standings_of(term) if term else {}


def _offered(organisation: Organisation) -> dict[str, Any]:
    if organisation.kind != Kind.BRANCH:
        return {}
    offer = offered_term(organisation, timezone.localdate())
    return {"name": offer.name, "since": offer.since}


def _reached_number(request: ActorRequest, pk: int) -> DocumentNumber:
    seen = DocumentNumber.objects.allowed(request.actor, Permission.SEE_ORGANISATION)
    number = get_object_or_404(seen.select_related("issuer", "term"), pk=pk)
    request.actor.need(Permission.KEEP_NUMBERS, number.issuer.path)
    return number


def _to_the_series(number: DocumentNumber) -> HttpResponse:
    place = reverse("number_register", args=[number.issuer_id])
    return redirect(f"{place}?nhiem_ky={number.term_id}&loai={number.series}")


def _form_page(
    request: ActorRequest, organisation: Organisation, form: BaseForm, *, heading: str, lead: str, action: str
) -> HttpResponse:
    facts = {
        "form": form,
        "organisation": organisation,
        "heading": heading,
        "lead": lead,
        "action": action,
        "book": "Sổ số văn bản",
        "book_url": reverse("number_register", args=[organisation.pk]),
    }
    return render(request, "branches/book_form.html", facts)
