"""Who is given a Party badge in which round."""

from collections import Counter
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from branches.models import Organisation
from branches.rules.definitions import badges
from branches.rules.reading import Rulebook
from branches.views.reached import reached_organisation
from members.forms.badges import RoundForm
from members.models import BadgeAward
from members.party_age import round_before, round_from, rounds_of
from members.queries.badges import Due, due_in, with_members
from members.queries.roll import roll_of
from members.services.badges import take_back_badge
from members.services.records import MEMBERS_LIVE_IN, path_of
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.pages import page_of
from portal.words.errors import DomainError
from portal.words.quantities import number


@require_safe
@requires(Permission.READ_ROLL)
def badges_due(request: ActorRequest, pk: int) -> HttpResponse:
    organisation = reached_organisation(request, pk, Permission.READ_ROLL)
    today = timezone.localdate()
    book = Rulebook.of(request.actor)
    award_days = book.value(badges.AWARD_DAYS, organisation, on=today)
    coming = round_from(today, award_days)
    asked = {"nam": coming.year, "dot": f"{coming:%d-%m}"} | request.GET.dict()
    form = RoundForm(asked, award_days=award_days, today=today)
    round_on = form.round_on or coming
    rows = roll_of(organisation, request.actor)
    years = book.value(badges.YEARS, organisation, on=round_on)
    due = due_in(rows, after=round_before(round_on, award_days), until=round_on, badges=years)
    page = page_of(due, request)
    with_members(page.object_list, rows)
    facts = {
        "form": form,
        "round_on": round_on,
        "rounds": _chips(round_on, award_days),
        "page": page,
        "heading": f"Đợt {round_on:%d/%m/%Y}",
        "summary": _summary(due),
        "is_past": round_on <= today,
        **_place(request, organisation),
    }
    return render(request, "members/badges.html", facts)


@require_POST
@requires(Permission.KEEP_ROLL)
def take_back(request: ActorRequest, pk: int) -> HttpResponse:
    rows = BadgeAward.objects.allowed(request.actor, Permission.KEEP_ROLL)
    award = get_object_or_404(rows.select_related("member__branch"), pk=pk)
    request.actor.need(Permission.KEEP_ROLL, path_of(award.member))
    try:
        take_back_badge(award, by=request.actor)
        messages.success(request, f"Đã bỏ ghi trao {award} của đ/c {award.member.full_name}.")
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    return redirect("member", award.member_id)


def _place(request: ActorRequest, organisation: Organisation) -> dict[str, Any]:
    return {
        "organisation": organisation,
        "is_branch": organisation.kind in MEMBERS_LIVE_IN,
        "may_keep": request.actor.may(Permission.KEEP_ROLL, organisation.path),
    }


def _chips(round_on: date, award_days: Any) -> list[tuple[str, str, bool]]:
    """The rounds of the year that is shown."""
    return [
        (f"Đợt {day:%d/%m}", f"?nam={day.year}&dot={day:%d-%m}", day == round_on)
        for day in rounds_of(round_on.year, award_days)
    ]


def _summary(due: list[Due]) -> str:
    """12 người: 1 Huy hiệu 60 năm, 3 Huy hiệu 50 năm …; the longest first."""
    counts = Counter(one.years for one in due)
    said = ", ".join(f"{number(counts[years])} Huy hiệu {years} năm" for years in sorted(counts, reverse=True))
    return f"{number(len(due))} người: {said}" if due else ""
