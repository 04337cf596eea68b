"""An order on paper, and its progress as a sheet: out, filled in, checked, and back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.papers import form_of
from directives.forms.progress_sheets import CheckedProgressForm, ProgressSheetForm
from directives.models import Order, TaskAssignment
from directives.papers.plan import plan_of
from directives.services.progress_sheets import COLUMNS, check_progress, write_progress
from directives.views.reached_order import reached_order
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.files.sheets.blank import CONTENT_TYPE, write_sheet
from portal.files.sheets.forms import EXPIRED, MendSheetForm
from portal.files.sheets.headings import rows_again
from portal.files.sheets.texts import as_pasted
from portal.papers.answers import handed_paper
from portal.ui.forms import refusals_in
from portal.words.quantities import number

EXPLAINED = (
    "Ghi tiến độ (0–100), đánh dấu x ở cột Xong và ghi căn cứ cho nơi báo cáo bằng giấy. "
    "Không sửa cột Mã việc; dòng để nguyên thì không thay đổi gì."
)
WIDTHS = [12, 34, 70, 14, 10, 50]


@require_safe
@requires(Permission.SEE_TASKS)
def plan(request: ActorRequest, pk: int) -> HttpResponse:
    order, today = reached_order(request, pk), timezone.localdate()
    form = form_of(order.organisation, order.given_on or today, request.actor)
    return handed_paper(request, plan_of(order, today=today), form, name=f"Kế hoạch {order.title}"[:120])


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.GIVE_TASKS)
def sheet(request: ActorRequest, pk: int) -> HttpResponse:
    """GET with ?tai=1: the sheet as it stands. POST writes nothing yet: it says what would change."""
    order = reached_order(request, pk, Permission.GIVE_TASKS)
    if request.GET.get("tai") == "1" and request.method != "POST":
        return _as_sheet(request, order)
    form = ProgressSheetForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        with refusals_in(form):
            lines = form.cleaned_data["lines"]
            facts = {
                "order": order,
                "sheet": check_progress(lines, order=order, by=request.actor),
                "sealed": CheckedProgressForm.sealed(lines, belongs_to=[order.pk, request.actor.account.pk]),
                "again": MendSheetForm(initial={"pasted": as_pasted(rows_again(lines, COLUMNS))}),
            }
            return render(request, "directives/cascade/sheet_checked.html", facts)
    return render(request, "directives/cascade/sheet.html", {"order": order, "form": form})


@require_POST
@requires(Permission.GIVE_TASKS)
def apply(request: ActorRequest, pk: int) -> HttpResponse:
    order = reached_order(request, pk, Permission.GIVE_TASKS)
    form = CheckedProgressForm(request.POST, belongs_to=[order.pk, request.actor.account.pk])
    if not form.is_valid():
        messages.warning(request, EXPIRED)
        return redirect("order_sheet", order.pk)
    count = write_progress(form.cleaned_data["lines"], order=order, by=request.actor)
    messages.success(request, f"Đã cập nhật {number(count)} việc.")
    return redirect("order", order.pk)


def _as_sheet(request: ActorRequest, order: Order) -> HttpResponse:
    rows = TaskAssignment.objects.allowed(request.actor, Permission.GIVE_TASKS).filter(ordered__order=order).standing()
    rows = rows.select_related("organisation", "ordered").order_by("organisation__sort_key", "pk")
    lines = (
        (
            str(row.pk),
            row.organisation.name,
            row.ordered.words,
            str(row.progress),
            "x" if row.state == "done" else "",
            "",
        )
        for row in rows.iterator(chunk_size=2_000)
    )
    answer = HttpResponse(content_type=CONTENT_TYPE)
    write_sheet(answer, EXPLAINED, [column.title for column in COLUMNS.values()], WIDTHS, lines)  # type: ignore[arg-type]
    answer["Content-Disposition"] = f'attachment; filename="tien-do-{order.pk}.xlsx"'
    return answer
