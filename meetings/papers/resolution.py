"""A resolution or conclusion as a paper of its own, and all those of a year in one book."""

from datetime import date

from branches.models import Organisation
from branches.papers import heading_of
from meetings.models import ActionItem, Resolution, ResolutionKind, ResolutionState
from meetings.papers.minutes import table_of_things
from meetings.papers.naming import called, day_words
from meetings.papers.notice import power_of
from meetings.queries.log_reading import Reading
from members.queries.signing import recipients_of, signer_of
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.papers.content import Block, Book, Paper, Text, Title
from portal.words.quantities import number, percent

LETTERS = {ResolutionKind.RESOLUTION: "NQ", ResolutionKind.CONCLUSION: "KL"}
NONE_YET = "Năm này chi bộ chưa thông qua nghị quyết, kết luận nào."


def resolution_paper(row: Resolution, reading: Reading, things: list[ActionItem]) -> Paper:
    """`things`: what it gives to whom."""
    meeting, place = reading.meeting, reading.meeting.organisation
    on = (row.number.dated_on if row.number else None) or meeting.day
    blocks: list[Block] = [Text(_opening(row, reading)), Text(row.contents)]
    if row.measures:
        blocks += [Title("Giải pháp, tổ chức thực hiện", level=2), Text(row.measures)]
    if things:
        blocks += [Title("Giao việc", level=2), table_of_things(things)]
    return Paper(
        heading=heading_of(
            place, on, type=LETTERS[ResolutionKind(row.kind)], symbol=row.number.symbol if row.number else ""
        ),
        type=row.get_kind_display(),
        abstract=row.subject or called(meeting),
        blocks=tuple(blocks),
        signers=(signer_of(place, on, power=power_of(reading)),),
        recipients=recipients_of(place),
        draft="" if row.state == ResolutionState.ADOPTED else "Dự thảo",
    )


def _opening(row: Resolution, reading: Reading) -> str:
    meeting = reading.meeting
    vote = row.vote if row.vote and not row.vote.gone else None
    share = f"{number(vote.in_favour)}/{number(vote.voters)} ({percent(vote.in_favour, vote.voters)})" if vote else ""
    voted = f", biểu quyết tán thành {share}," if share else ""
    verb = "quyết nghị" if row.kind == ResolutionKind.RESOLUTION else "kết luận"
    return f"{meeting.organisation.name} họp ngày {day_words(meeting.day)} ({called(meeting)}), sau khi thảo luận{voted} {verb}:"


def adopted_in(organisation: Organisation, year: int, actor: Actor) -> list[Resolution]:
    """Of closed meetings, in the order of their days."""
    rows = Resolution.objects.allowed(actor, Permission.SEE_MEETINGS).there().filter(state=ResolutionState.ADOPTED)
    rows = rows.filter(meeting__organisation=organisation, meeting__day__year=year, meeting__closed_at__isnull=False)
    related = ("number", "vote", "meeting__organisation__parent", "meeting__chair", "meeting__clerk")
    return list(rows.select_related(*related).order_by("meeting__day", "saved_at", "pk"))


def things_of(rows: list[Resolution], actor: Actor) -> dict[object, list[ActionItem]]:
    """What each gives to whom. One query."""
    found: dict[object, list[ActionItem]] = {}
    things = (
        ActionItem.objects.allowed(actor, Permission.SEE_MEETINGS)
        .there()
        .filter(resolution__in=[row.pk for row in rows])
    )
    for thing in things.select_related("assignee").order_by("due_on", "saved_at", "pk"):
        found.setdefault(thing.resolution_id, []).append(thing)
    return found


def resolution_book(organisation: Organisation, year: int, actor: Actor, *, today: date) -> Book:
    rows = adopted_in(organisation, year, actor)
    things, readings = things_of(rows, actor), {row.meeting_id: Reading(row.meeting, actor) for row in rows}
    papers = tuple(resolution_paper(row, readings[row.meeting_id], things.get(row.pk, [])) for row in rows)
    heading = heading_of(organisation, min(today, date(year, 12, 31)))
    return Book(heading, "Sổ nghị quyết, kết luận", f"năm {year}", papers, NONE_YET)
