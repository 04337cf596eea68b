"""The book of meetings of one organisation: what comes next, the year in a strip, the list."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from branches.models import Organisation
from branches.rules.reading import Rulebook
from branches.views.reached import reached_organisation
from meetings.models import Meeting, MeetingKind
from meetings.queries.book import lines_of_year, next_meeting, years_with_meetings
from meetings.queries.slots import HAVE_SLOTS, Slot, slots_of_year
from meetings.queries.year_quality import year_quality
from meetings.slots import SlotState
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.words.quantities import number


@require_safe
@requires(Permission.SEE_MEETINGS)
def my_meetings(request: ActorRequest) -> HttpResponse:
    """The way in the navigation: the book of where one acts."""
    capacity = request.actor.capacity
    if capacity is None:
        raise Http404("no capacity, no book")
    return redirect("meetings_of" if capacity.is_of_one_branch else "meeting_grid", capacity.organisation_id)


@require_safe
@requires(Permission.SEE_MEETINGS)
def meetings_of(request: ActorRequest, pk: int) -> HttpResponse:
    organisation, actor = reached_organisation(request, pk, Permission.SEE_MEETINGS), request.actor
    today = timezone.localdate()
    years = sorted({*years_with_meetings(organisation, actor), today.year}, reverse=True)
    year = next((one for one in years if str(one) == request.GET.get("nam")), today.year)
    facts = {
        "organisation": organisation,
        "year": year,
        "years": years,
        "lines": lines_of_year(organisation, year, actor, today=today),
        "year_title": f"Năm {year}",
        "list_title": f"Các buổi họp năm {year}",
        "plan_url": _plan_url(organisation, actor),
        "beside": _beside(organisation, year, actor),
        **_coming(next_meeting(organisation, actor), actor, today),
        **_year(organisation, year, actor, today),
    }
    return render(request, "meetings/book.html", facts)


def _coming(meeting: Meeting | None, actor: Actor, today: date) -> dict[str, Any]:
    """A log that is open goes before what is planned; whoever keeps it gets the way to go on."""
    if meeting is None:
        return {"coming": None}
    is_held = meeting.started_at is not None or meeting.day < today
    records = actor.may(Permission.RECORD_MEETING, meeting.organisation.path)
    if is_held:
        door = ("Ghi tiếp", reverse("meeting_log", args=[meeting.pk]), "edit") if records else ("", "", "")
    elif records:
        door = ("Chuẩn bị", reverse("meeting_prepare", args=[meeting.pk]), "calendar")
    else:
        door = ("Xem và trả lời", reverse("meeting_notice", args=[meeting.pk]), "calendar")
    return {"coming": meeting, "coming_title": "Sổ đang ghi" if is_held else "Kỳ họp tới", "coming_way": door}


def _year(organisation: Organisation, year: int, actor: Actor, today: date) -> dict[str, Any]:
    if organisation.kind not in HAVE_SLOTS:
        return {"months": []}
    slots = slots_of_year([organisation], year, today=today, book=Rulebook.of(actor))[organisation.pk]
    months = [slot for place, slot in slots.items() if place.kind == MeetingKind.REGULAR]
    quarters = [slot for place, slot in slots.items() if place.kind == MeetingKind.THEMATIC]
    quality = year_quality(organisation, year, today=today, book=Rulebook.of(actor))
    return {"months": months, "quarters": quarters, "figures": _figures(months), "quality": quality}


def _figures(months: list[Slot]) -> dict[str, str]:
    """Of months whose last day is over, or whose meeting was held."""
    held = [slot for slot in months if slot.state in SlotState.held()]
    due = len(held) + sum(slot.state in (SlotState.MISSING, SlotState.LOGGING) for slot in months)
    expected, came = sum(slot.expected for slot in held), sum(slot.came for slot in held)
    return {
        "held": number(len(held)),
        "of": f"/{number(due)}",
        "in_time": number(sum(slot.state != SlotState.LATE for slot in held)),
        "of_held": f"/{number(len(held))}",
        "share": number(100 * came / expected, 1) if expected else "–",
    }


def _plan_url(organisation: Organisation, actor: Actor) -> str:
    may = actor.may(Permission.RECORD_MEETING, organisation.path)
    return reverse("meeting_plan", args=[organisation.pk]) if may else ""


def _beside(organisation: Organisation, year: int, actor: Actor) -> list[tuple[str, str, str]]:
    """Pages beside this one: words, address, icon."""
    ways = [
        ("Việc chi bộ đã giao", reverse("action_items", args=[organisation.pk]), "list"),
        ("Bộ tiêu chí chấm điểm", reverse("criteria_sets", args=[organisation.pk]), "list"),
        ("Kiến nghị với cấp trên", reverse("proposals", args=[organisation.pk]), "send"),
        (f"Kế hoạch chuyên đề {year}", reverse("thematic_plan", args=[organisation.pk, year]), "book"),
        (f"Hồ sơ lưu, sổ nghị quyết {year}", reverse("year_archive", args=[organisation.pk, year]), "doc"),
    ]
    if actor.may(Permission.RECORD_MEETING, organisation.path):
        ways += [
            ("Đảng phí", reverse("dues", args=[organisation.pk]), "check-circle"),
            ("Nhập buổi họp tháng cũ", reverse("past_meetings", args=[organisation.pk]), "upload"),
        ]
    return [one for one in ways if one[1]]
