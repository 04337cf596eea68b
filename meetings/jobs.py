"""Long papers, drawn by a worker as the one who asked: who lost the right meanwhile gets nothing."""

from datetime import date

from django.utils import timezone

from branches.models import Organisation
from branches.papers import form_of
from meetings.models import Meeting
from meetings.papers.minutes import minutes_of
from meetings.papers.resolution import resolution_book
from meetings.queries.log_reading import Reading
from meetings.services.long_papers import BOOK, MINUTES
from portal.access.permissions import Permission
from portal.files.kinds import Kind
from portal.jobs.kinds import job
from portal.jobs.work import Result, Work
from portal.papers.content import Book, Paper
from portal.papers.form import Form
from portal.papers.pdf import pdf_of
from portal.words.errors import DomainError
from portal.words.quantities import number


@job(MINUTES, words="Lập biên bản", queue="heavy", sign="PDF")
def minutes(work: Work) -> Result:
    rows = Meeting.objects.allowed(work.actor, Permission.SEE_MEETINGS).select_related(
        "organisation__parent", "chair", "clerk"
    )
    meeting = rows.filter(pk=work.parameters["meeting"]).first()
    reading = Reading(meeting, work.actor, with_closed=work.parameters["closed"]) if meeting else None
    if meeting is None or reading is None or not reading.sees_log:
        raise DomainError("Đồng chí không còn xem được buổi họp này.")
    form = form_of(meeting.organisation, meeting.day, work.actor)
    name = f"Biên bản {meeting.day:%d-%m-%Y} {meeting.organisation.name}"
    return _kept(work, minutes_of(reading), form, name, "Đã lập biên bản")


@job(BOOK, words="Lập sổ nghị quyết", queue="heavy", sign="PDF")
def book(work: Work) -> Result:
    rows = Organisation.objects.allowed(work.actor, Permission.SEE_MEETINGS).select_related("parent")
    organisation, year = rows.filter(pk=work.parameters["organisation"]).first(), work.parameters["year"]
    if organisation is None:
        raise DomainError("Đồng chí không còn xem được các buổi họp của tổ chức này.")
    found = resolution_book(organisation, year, work.actor, today=timezone.localdate())
    work.report(1, 2, f"Đang lập sổ {number(len(found.papers))} nghị quyết, kết luận")
    form = form_of(organisation, date(year, 12, 31), work.actor)
    said = f"Sổ có {number(len(found.papers))} nghị quyết, kết luận"
    return _kept(work, found, form, f"Sổ nghị quyết {year} {organisation.name}", said)


def _kept(work: Work, paper: Paper | Book, form: Form, name: str, said: str) -> Result:
    file = work.keep(pdf_of(paper, form), name=f"{name}.pdf", kinds={Kind.PDF})
    return Result(said, file=file)
