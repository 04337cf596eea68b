"""A committee looks at the year of its branches; a province at its committees."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from branches.models import Kind
from branches.rules.reading import Rulebook
from branches.views.reached import reached_organisation
from meetings.forms.slots import GridForm
from meetings.models import MeetingKind
from meetings.queries.book import QUARTERS
from meetings.queries.grid import (
    FILTERS,
    Row,
    branches_of,
    committees_below,
    in_time_by_period,
    rows_of,
)
from meetings.slots import SlotState
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.words.quantities import number


@require_safe
@requires(Permission.READ_FIGURES)
def meeting_figures(request: ActorRequest) -> HttpResponse:
    """The way in the navigation of those who read figures alone: the grid of where one acts."""
    if request.actor.capacity is None:
        raise Http404("no capacity, no grid")
    return redirect("meeting_grid", request.actor.capacity.organisation_id)


@require_safe
@requires(Permission.READ_FIGURES)
def meeting_grid(request: ActorRequest, pk: int) -> HttpResponse:
    organisation, actor = reached_organisation(request, pk, Permission.READ_FIGURES), request.actor
    if organisation.kind == Kind.BRANCH:
        return redirect("meetings_of", pk)
    today = timezone.localdate()
    form = GridForm(request.GET, today)
    facts: dict[str, Any] = {
        "organisation": organisation,
        "form": form,
        "year": form.year,
        "may_see": actor.may(Permission.SEE_MEETINGS, organisation.path),  # a province reads figures alone
        "may_direct": actor.may(Permission.DIRECT_MEETINGS, organisation.path),
    }
    if below := committees_below(organisation, actor, form.year, today=today):
        shown = facts | {"rows": sorted(below, key=lambda row: -row.missing), **_above(form.year, today)}
        return render(request, "meetings/grid_above.html", shown)
    branches = branches_of(organisation, actor, form.year, today)
    rows = rows_of(branches, form.year, form.kind.value, today=today, book=Rulebook.of(actor))
    for row in rows:
        row.leads = bool(facts["may_see"])
        row.url = _branch_url(row, form.year)
    return render(request, "meetings/grid.html", facts | _grid(rows, form, request.GET.get("loc", ""), today))


def _branch_url(row: Row, year: int) -> str:
    """Its book; of a branch whose meetings one may not see, the page of the branch."""
    if row.leads:
        return f"{reverse('meetings_of', args=[row.branch.pk])}?nam={year}"
    return reverse("organisation", args=[row.branch.pk])


def _above(year: int, today: date) -> dict[str, Any]:
    return {
        "years": range(today.year, today.year - 4, -1),
        "heading": f"Sinh hoạt thường kỳ năm {year}",
        "this_month": f"Tháng {today:%m}",
    }


def _grid(everybody: list[Row], form: GridForm, asked: str, today: date) -> dict[str, Any]:
    by_quarter = form.kind is MeetingKind.THEMATIC
    fits = FILTERS[asked][1] if asked in FILTERS else None
    rows = [row for row in everybody if fits is None or fits(row)]
    if not form.by_name:
        rows.sort(key=lambda row: row.attention)
    now = _column_now(form, today)
    return {
        "rows": rows,
        "heading": f"{number(len(rows))} chi bộ qua {'bốn quý' if by_quarter else '12 tháng'} năm {form.year}",
        "lead": _lead(everybody, now, form, today),
        "legend": "Trong ô: tỷ lệ dự họp (%) và ngày họp."
        if form.kind is MeetingKind.REGULAR
        else "Trong ô: ngày họp.",
        "columns": [f"Quý {name}" for name in QUARTERS] if by_quarter else [f"T{month}" for month in range(1, 13)],
        "column_now": now,
        "noun": "Quý" if by_quarter else "Tháng",
        "is_quarterly": by_quarter,
        "has_share": form.kind is MeetingKind.REGULAR,
        "foot": in_time_by_period(rows) if rows else [],
        "asked": asked if fits else "",
        "filters": _chips(everybody, form, asked if fits else ""),
    }


def _chips(rows: list[Row], form: GridForm, asked: str) -> list[tuple[str, str, int, bool]]:
    """Each filter with how many it leaves."""
    said = [("", "Tất cả", len(rows))]
    said += [
        (slug, text, count)
        for slug, (text, fits) in FILTERS.items()
        if (count := sum(map(fits, rows))) or slug == asked
    ]
    return [
        (text, "?" + urlencode({**form.said, **({"loc": slug} if slug else {})}), count, slug == asked)
        for slug, text, count in said
    ]


def _column_now(form: GridForm, today: date) -> int:
    """Of the month or the quarter that runs; none in other years."""
    if form.year != today.year:
        return 0
    return (today.month + 2) // 3 if form.kind is MeetingKind.THEMATIC else today.month


def _lead(rows: list[Row], now: int, form: GridForm, today: date) -> str:
    """Tháng 11: 10/12 chi bộ đã họp, 1 đang ghi, 1 chưa họp."""
    if not now:
        return f"{form.kind.label} năm {form.year}."
    owed = [slot for row in rows if (slot := row.slots[now - 1]).state not in SlotState.not_owed()]
    held = sum(slot.state in SlotState.held() for slot in owed)
    said = [f"{number(held)}/{number(len(owed))} chi bộ đã họp"]
    for state, words in ((SlotState.LOGGING, "đang ghi"), (SlotState.MISSING, "chưa họp, đã quá hạn")):
        if count := sum(slot.state == state for slot in owed):
            said.append(f"{number(count)} {words}")
    period = f"Quý {QUARTERS[now - 1]}" if form.kind is MeetingKind.THEMATIC else f"Tháng {now}"
    return f"{period}: {', '.join(said)}."
