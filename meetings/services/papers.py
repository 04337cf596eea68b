"""Papers of a meeting: a file of its own, or a document of the library. Who may see the meeting, or was asked to it, reads them."""

from django.core.files.base import File

from directives.models import Document
from meetings.models import Invitation, Meeting, MeetingPaper
from meetings.services.log import open_for_writing
from members.models import Charge
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.files.kinds import IMAGES, OFFICE, PAPERS
from portal.files.models import StoredFile
from portal.files.services.storing import remove_for_good, store_file
from portal.history.actions import action
from portal.words.errors import DomainError

DOOR = "meetings.papers"
TAKEN = PAPERS | OFFICE | IMAGES
MOST_PAPERS = 30


@action("đưa tài liệu buổi họp lên")
def attach_paper(
    meeting: Meeting, *, title: str = "", file: File | None = None, document: Document | None = None, by: Actor
) -> MeetingPaper:
    """What is called nothing is called as the file or the document is."""
    meeting = open_for_writing(meeting, by=by)
    if (file is None) == (document is None):
        raise DomainError("Chọn một tệp, hoặc một văn bản trong kho.", field="file")
    if document and document.is_secret:
        raise DomainError("Văn bản mật không đưa lên cổng.", field="document")
    if MeetingPaper.everything.filter(meeting=meeting).count() >= MOST_PAPERS:
        raise DomainError("Buổi họp đã có nhiều tài liệu. Bỏ bớt rồi đưa tiếp.")
    stored = store_file(file, kinds=TAKEN, door=DOOR, by=by, field="file") if file else None
    called = title or (stored.name if stored else document.dated_name if document else "")
    paper = MeetingPaper(meeting=meeting, title=called[:200], file=stored, document=document, put_out_by=by.account)
    paper.save()
    return paper


@action("bỏ tài liệu buổi họp")
def remove_paper(paper: MeetingPaper, *, by: Actor) -> None:
    open_for_writing(paper.meeting, by=by)
    file = paper.file_id
    paper.delete()
    if file:
        remove_for_good(StoredFile.everything.filter(pk=file))


def may_read_paper(actor: Actor, file: StoredFile) -> bool:
    paper = MeetingPaper.everything.filter(file=file).select_related("meeting__organisation").first()
    if paper is None:
        return file.uploaded_by_id == actor.account.pk
    return may_see_meeting(actor, paper.meeting)


def may_see_meeting(actor: Actor, meeting: Meeting) -> bool:
    """By office; or because one is asked to it, or follows the branch on its day."""
    if actor.may(Permission.SEE_MEETINGS, meeting.organisation.path):
        return True
    if Invitation.objects.allowed(actor, Permission.SEE_OWN_RECORD).filter(meeting=meeting).exists():
        return True
    charges = Charge.everything.on(meeting.day).filter(organisation=meeting.organisation_id)
    return charges.filter(member__account=actor.account).exists()
