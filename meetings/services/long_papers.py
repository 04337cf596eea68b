"""Papers that take longer than a page may: drawn by a worker, found in “Tệp của tôi”."""

from branches.models import Organisation
from meetings.models import Meeting
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.jobs.models import Job
from portal.jobs.services.asking import ask_for
from portal.papers.content import Paper

MINUTES, BOOK = "meetings.minutes", "meetings.resolution_book"  # meetings/jobs.py
MOST_LETTERS_AT_ONCE = 60_000


def is_long(paper: Paper) -> bool:
    return paper.letters > MOST_LETTERS_AT_ONCE


def ask_for_minutes(meeting: Meeting, *, title: str, closed: bool, by: Actor) -> Job:
    by.need(Permission.SEE_MEETINGS, meeting.organisation.path)
    if closed:
        by.need(Permission.READ_CLOSED, meeting.organisation.path)
    facts = {"meeting": str(meeting.pk), "closed": closed}
    return ask_for(MINUTES, by=by, title=title[:200], parameters=facts, key=f"minutes {meeting.pk} {closed}")


def ask_for_book(organisation: Organisation, *, year: int, by: Actor) -> Job:
    by.need(Permission.SEE_MEETINGS, organisation.path)
    title = f"Sổ nghị quyết, kết luận năm {year} của {organisation.name}"
    facts = {"organisation": organisation.pk, "year": year}
    return ask_for(BOOK, by=by, title=title[:200], parameters=facts, key=f"resolution book {organisation.pk} {year}")
