"""What is missing or cannot be right in the records; and two records of one person."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.views.reached import reached_organisation
from members.models import Member, Merge
from members.queries.quality import (
    DOUBLES,
    FLAWS,
    Measures,
    alike,
    doubles_among,
    filled_up,
    missing_dates,
    what_is_wrong,
)
from members.queries.roll import roll_of
from members.services.merging import merge_members, undo_merge
from members.services.records import COLUMNS, MEMBERS_LIVE_IN, path_of
from members.views.reached import reached_member
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.pages import page_of
from portal.words.errors import DomainError, NotAllowed

SHOWN = tuple(name for name in COLUMNS if name != "born_known_to")


@require_safe
@requires(Permission.READ_ROLL)
def quality(request: ActorRequest, pk: int) -> HttpResponse:
    organisation, actor = reached_organisation(request, pk, Permission.READ_ROLL), request.actor
    rows, measures = roll_of(organisation, actor), Measures.of(organisation, actor, timezone.localdate())
    doubles = doubles_among(rows)
    counts = {flaw.slug: flaw.rows(rows, measures).count() for flaw in FLAWS} | {DOUBLES: len(doubles)}
    chosen = request.GET.get("muc", "")
    chosen = chosen if chosen in counts else next((slug for slug, count in counts.items() if count), FLAWS[0].slug)
    flaw = next((flaw for flaw in FLAWS if flaw.slug == chosen), None)
    facts = {
        "organisation": organisation,
        "is_branch": organisation.kind in MEMBERS_LIVE_IN,
        "chips": _chips(reverse("roll_quality", args=[pk]), counts, chosen),
        "flaw": flaw,
        "may_keep": actor.may(Permission.KEEP_ROLL, organisation.path),
        "may_move": actor.may(Permission.MOVE_MEMBERS, organisation.path),
        "clean": not any(counts.values()),
    }
    if flaw:
        found = flaw.rows(rows, measures).select_related("branch").prefetch_related("memberships").in_order()
        facts["page"] = page_of(found, request, count=counts[chosen])
        for member in facts["page"]:
            member.wrong = [*missing_dates(member), *what_is_wrong(member, measures)]
    else:
        facts["page"] = page_of(doubles, request)
        facts["groups"] = _groups(facts["page"].object_list, rows)
    return render(request, "members/quality.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MOVE_MEMBERS)
def merge(request: ActorRequest, pk: int, other: int) -> HttpResponse:
    """What will happen; then it happens, and can be taken back."""
    kept = reached_member(request, pk, Permission.MOVE_MEMBERS)
    dropped = reached_member(request, other, Permission.MOVE_MEMBERS)
    refusal = ""
    if request.method == "POST":
        try:
            done = merge_members(kept=kept, dropped=dropped, by=request.actor)
            messages.success(request, f"Đã nhập hai hồ sơ của đ/c {kept.full_name}. {' '.join(done.told)}")
            return redirect("member", kept.pk)
        except NotAllowed:
            raise
        except DomainError as error:
            refusal = error.sentence
    facts = {
        "kept": kept,
        "dropped": dropped,
        "refusal": refusal,
        "rows": filled_up(kept, dropped, SHOWN),
        "why": alike(kept, dropped) if kept.search_key == dropped.search_key else "",
    }
    return render(request, "members/merge.html", facts)


@require_POST
@requires(Permission.MOVE_MEMBERS)
def take_apart(request: ActorRequest, pk: int) -> HttpResponse:
    rows = Merge.objects.allowed(request.actor, Permission.MOVE_MEMBERS)
    done = get_object_or_404(rows.select_related("kept__branch", "dropped"), pk=pk)
    request.actor.need(Permission.MOVE_MEMBERS, path_of(done.kept))
    try:
        undo_merge(done, by=request.actor)
        messages.success(request, f"Đã tách lại hai hồ sơ của đ/c {done.kept.full_name} như trước khi nhập.")
    except NotAllowed:
        raise
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("member", done.kept_id)


def _chips(place: str, counts: dict[str, int], chosen: str) -> list[tuple[str, str, int, bool]]:
    titles = {flaw.slug: flaw.title for flaw in FLAWS} | {DOUBLES: "Có thể trùng"}
    return [(titles[slug], f"{place}?muc={slug}", count, slug == chosen) for slug, count in counts.items()]


def _groups(numbers: list[list[int]], rows: Any) -> list[list[Member]]:
    """The people of one page in one query; beside each but the first, why it may be the same person."""
    people = rows.select_related("branch").in_bulk([pk for group in numbers for pk in group])
    groups = [[people[pk] for pk in group if pk in people] for group in numbers]
    for group in groups:
        for member in group[1:]:
            member.why = alike(group[0], member)
    return groups
