"""The paper of record: the signed minutes, scanned and filed. A change of the log drops the mark (services/log.py)."""

from django.core.files.base import File
from django.utils import timezone

from meetings.models import Meeting, SignedPaper
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.files.kinds import IMAGES, Kind
from portal.files.models import StoredFile
from portal.files.services.storing import store_file
from portal.history.actions import action
from portal.words.errors import DomainError

DOOR = "meetings.signed"
SCANS = frozenset({Kind.PDF}) | IMAGES


@action("lưu biên bản đã ký")
def file_signed(meeting: Meeting, *, paper: File, by: Actor) -> SignedPaper:
    """Of a closed log. One that was filed before is kept, and no longer stands for it."""
    meeting = Meeting.everything.select_for_update(of=("self",)).select_related("organisation").get(pk=meeting.pk)
    by.need(Permission.RECORD_MEETING, meeting.organisation.path)
    if meeting.closed_at is None:
        raise DomainError("Đóng sổ rồi mới lưu bản đã ký: bản ký phải đúng với sổ.")
    file = store_file(paper, kinds=SCANS, door=DOOR, by=by, field="paper")
    drop_signed(meeting)
    return SignedPaper.everything.create(
        meeting=meeting, file=file, sha256=file.sha256, stamp=meeting.stamp, filed_by=by.account
    )


def drop_signed(meeting: Meeting) -> None:
    SignedPaper.everything.filter(meeting=meeting, dropped_at=None).update(dropped_at=timezone.now())


def may_read_signed(actor: Actor, file: StoredFile) -> bool:
    """Names stand in it: who may see the meeting and read its roll."""
    row = SignedPaper.everything.filter(file=file).select_related("meeting__organisation").first()
    if row is None:
        return file.uploaded_by_id == actor.account.pk
    path = row.meeting.organisation.path
    return actor.may(Permission.SEE_MEETINGS, path) and actor.may(Permission.READ_ROLL, path)
