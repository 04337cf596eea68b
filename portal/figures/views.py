"""Chỉ số: what the portal counts by itself, of where one acts or of an organisation below it, on any day."""

import tempfile
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from branches.models import Kind, Organisation
from branches.views.reached import reached_organisation
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.figures.forms import PeriodForm
from portal.figures.periods import Length, Period
from portal.figures.queries import lacking, line_of, lines_of, named, parts_below, rows_of_sheet
from portal.files.sheets.blank import CONTENT_TYPE, write_sheet
from portal.indicators.registry import indicator as indicator_of
from portal.ui.pages import page_of

LONGEST_NUMBER = 18  # digits
LACKING = "thieu"


@require_safe
@requires(Permission.READ_FIGURES)
def figures(request: ActorRequest) -> HttpResponse:
    """All of them, by subject."""
    place = _place(request)
    form = PeriodForm(request.GET, place=place, today=timezone.localdate())
    period = form.period
    facts = _frame(request, place, form, period) | {"subjects": lines_of(place, period)}
    return render(request, "figures/figures.html", facts)


@require_safe
@requires(Permission.READ_FIGURES)
def figure(request: ActorRequest, code: str) -> HttpResponseBase:
    """One: what it means, the figure, the same down the tree, who lacks it; with ?tai=1 as a sheet."""
    found = indicator_of(code)
    if found is None:
        raise Http404("no such indicator")
    place, actor = _place(request), request.actor
    form = PeriodForm(request.GET, place=place, today=timezone.localdate())
    period = form.period
    line, parts = line_of(found, place, period)
    below = parts_below(place, parts, period, actor)
    if request.GET.get("tai") == "1":
        return _sheet(f"{found.name}. {place.name}. {period.words}.", rows_of_sheet(below), found.code)
    missing = lacking(parts)
    asked = request.GET.get("xem") == LACKING and bool(below)
    page = page_of(missing if asked else below, request)
    facts = _frame(request, place, form, period) | {
        "indicator": found, "line": line, "is_lacking": asked, "page": page, "has_below": bool(below),
        "rows": named(page, period, actor) if asked else page.object_list, "lacking": len(missing),
        "records": found.behind(place, period.last.year) if actor.may(found.asks(place), place.path) else "",
    }  # fmt: skip
    return render(request, "figures/figure.html", facts)


def _place(request: ActorRequest) -> Organisation:
    """?to-chuc=12; else where one acts."""
    asked = request.GET.get("to-chuc", "")
    if asked and not (asked.isascii() and asked.isdecimal() and len(asked) <= LONGEST_NUMBER):
        raise Http404("no such organisation")
    capacity = request.actor.capacity
    number = int(asked) if asked else capacity.organisation_id if capacity else 0
    return reached_organisation(request, number, Permission.READ_FIGURES)


def _frame(request: ActorRequest, place: Organisation, form: PeriodForm, period: Period) -> dict[str, Any]:
    """What both pages have: the place, the period, and the words that links keep."""
    at_home = request.actor.capacity is not None and request.actor.capacity.organisation_id == place.pk
    said = {} if period.length is Length.YEAR else {"ky": period.length.value}
    if form.is_asked:
        said["den"] = period.last.isoformat()
    here = {} if at_home else {"to-chuc": str(place.pk)}
    lengths = [(length, urlencode(here | said | {"ky": length.value})) for length in Length]
    return {
        "organisation": place,
        "is_branch": place.kind == Kind.BRANCH,
        "parent": place.parent if _may_go_up(request, place) else None,
        "form": form,
        "period": period,
        "lengths": lengths,
        "query": urlencode(here | said),
        "day_query": urlencode(said),
        "before_query": urlencode(here | said | {"den": period.before.isoformat()}),
        "all_figures": f"{reverse('figures')}?{urlencode(here | said)}",
        "is_home": at_home,
    }


def _may_go_up(request: ActorRequest, place: Organisation) -> bool:
    return place.parent is not None and request.actor.may(Permission.READ_FIGURES, place.parent.path)


def _sheet(explained: str, rows: list[list[str]], code: str) -> FileResponse:
    out = tempfile.SpooledTemporaryFile()  # noqa: SIM115  the answer closes it
    write_sheet(out, explained, ["Đơn vị", "Đạt", "Trên tổng số", "Tỷ lệ"], [60, 14, 14, 12], rows)
    out.seek(0)
    name = f"chi-so-{code.replace('.', '-').replace('_', '-')}.xlsx"
    answer = FileResponse(out, as_attachment=True, filename=name, content_type=CONTENT_TYPE)
    answer["Cache-Control"] = "private, no-store"
    return answer
