"""Who has sent and who has not: a year of reports from below, and one of them with every sender."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from branches.models import Kind, Organisation
from branches.views.reached import reached_organisation
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.reports.expected import Expected, asked_for_on, due_kinds, expected_of
from portal.reports.kinds import ReportKind
from portal.reports.queries.arriving import FILTERS, arrived_at, round_of, rounds_of
from portal.reports.queries.reading import takes_for
from portal.reports.services.arriving import remind_to_send
from portal.ui.pages import page_of
from portal.words.quantities import day, number

YEARS = 3  # to choose among


@require_safe
@requires(Permission.READ_FIGURES)
def arrivals(request: ActorRequest, pk: int) -> HttpResponse:
    """A row a report that is owed: how many have sent it, how many late, how many wait to be taken."""
    place, today = receiver(request, pk), timezone.localdate()
    year = _year(request, today)
    due = [kind.code for kind in due_kinds()]
    others = arrived_at(place, request.actor).filter(report__first__year=year).exclude(report__kind__in=due)
    facts = {
        "organisation": place,
        "year": year,
        "years": range(today.year, today.year - YEARS, -1),
        "rounds": rounds_of(place, year, request.actor, today=today),
        "others": page_of(others.order_by("-sent_at", "-pk"), request),
        "today": today,
    }
    return render(request, "reports/arrivals.html", facts)


@require_safe
@requires(Permission.READ_FIGURES)
def arrivals_of(request: ActorRequest, pk: int, slug: str) -> HttpResponse:
    """Each sender of one report; narrowed by what became of it."""
    place, today = receiver(request, pk), timezone.localdate()
    expected = asked_for(request.GET.get("ky", ""), slug, today)
    found = round_of(place, expected, request.actor, today=today)
    asked = request.GET.get("loc", "")
    asked = asked if asked in FILTERS else ""
    facts: dict[str, Any] = {
        "organisation": place,
        "expected": expected,
        "over": f"{expected.kind.name}, gửi {place.name}",
        "round": found,
        "asked": asked,
        "page": page_of([row for row in found.rows if row.fits(asked)], request),
        "may_take": takes_for(request.actor, place),
        "lead": f"{number(found.sent)}/{number(found.asked)} nơi đã gửi. Hạn gửi {day(expected.due)}.",
        "remind_title": f"Còn {number(len(found.missing))} nơi chưa gửi.",
        "remind_words": f"Nhắc {number(len(found.missing))} nơi",
        "may_remind": _is_asked_for_now(expected, today) and bool(found.missing),
        "here": _address(place, expected),
        "today": today,
    }
    return render(request, "reports/arrivals_of.html", facts)


@require_POST
@requires(Permission.TAKE_REPORTS)
def remind(request: ActorRequest, pk: int, slug: str) -> HttpResponse:
    place = receiver(request, pk, Permission.TAKE_REPORTS)
    expected = asked_for(request.POST.get("ky", ""), slug, timezone.localdate())
    told = remind_to_send(place, expected.kind, by=request.actor)
    if told:
        messages.success(request, f"Đã nhắc {number(told)} người; họ thấy ngay ở mục Thông báo.")
    else:
        messages.info(request, "Hôm nay đã nhắc rồi, hoặc không còn nơi nào phải gửi. Không ai phải nhận thêm.")
    return redirect(_address(place, expected))


def receiver(request: ActorRequest, pk: int, permission: Permission = Permission.READ_FIGURES) -> Organisation:
    place = reached_organisation(request, pk, permission)
    if place.kind in (Kind.BRANCH, Kind.CELL):
        raise Http404("nobody reports to a branch")
    return place


def asked_for(period: str, code: str, today: date) -> Expected:
    """`period`: its first day; nonsense and nothing mean the one that is asked for now."""
    kind = next((kind for kind in due_kinds() if kind.code == code), None)
    if kind is None:
        raise Http404("no report of this kind is owed")
    return _of_period(period, kind) or asked_for_on(kind, today) or Expected(kind, kind.period(today))


def _of_period(text: str, kind: ReportKind) -> Expected | None:
    try:
        day = date.fromisoformat(text)
        return expected_of(kind, day) or Expected(kind, kind.period(day))
    except (ValueError, OverflowError):
        return None


def _is_asked_for_now(expected: Expected, today: date) -> bool:
    now = asked_for_on(expected.kind, today)
    return now is not None and now.period.first == expected.period.first


def _address(place: Organisation, expected: Expected) -> str:
    address = reverse("arrivals_of", args=[place.pk, expected.kind.code])
    return f"{address}?ky={expected.period.first.isoformat()}"


def _year(request: ActorRequest, today: date) -> int:
    asked = request.GET.get("nam", "")
    years = range(today.year, today.year - YEARS, -1)
    return int(asked) if asked in map(str, years) else today.year
