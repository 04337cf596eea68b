"""Having a document studied, and recording that it was."""

from datetime import date

from django.utils import timezone

from branches.models import Organisation
from directives.models import Document, Studied, Study, StudySession, Task
from directives.services.proving import prove_work_of
from members.models import Member
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.live.versions import touched
from portal.words.errors import DomainError

REASON = "whoever records was asked about the branch"


@action("giao quán triệt văn bản")
def order_study(document: Document, *, organisation: Organisation, due_on: date, note: str = "", by: Actor) -> Study:
    """In every branch below the organisation. Asked again, the day is moved."""
    by.need(Permission.KEEP_LIBRARY, organisation.path)
    if document.is_secret:
        raise DomainError("Văn bản mật không giao quán triệt trong cổng.")
    study = Study.objects.everywhere(reason=REASON).filter(document=document, organisation=organisation).first()
    study = study or Study(document=document, organisation=organisation)
    study.due_on, study.note = due_on, note
    study.save()
    return study


@action("ghi buổi quán triệt")
def record_session(
    study: Study,
    *,
    branch: Organisation,
    held_on: date,
    members: list[Member],
    within_meeting: bool = False,
    note: str = "",
    by: Actor,
) -> StudySession:
    """Recorded again for the same day, it says what the last record says."""
    by.need(Permission.RECORD_STUDY, branch.path)
    if not branch.path.startswith(study.organisation.path):
        raise DomainError("Chi bộ này không thuộc nơi được giao quán triệt.")
    if held_on > timezone.localdate():
        raise DomainError("Buổi quán triệt chưa diễn ra thì chưa ghi được.", field="held_on")
    if study.document.issued_on and held_on < study.document.issued_on:
        raise DomainError("Ngày này trước ngày ban hành văn bản.", field="held_on")
    if not members:
        raise DomainError("Đánh dấu ít nhất một đồng chí có mặt.", field="members")
    if any(member.branch_id != branch.pk for member in members):
        raise DomainError("Chỉ ghi được đảng viên của chi bộ này.", field="members")
    sessions = StudySession.objects.everywhere(reason=REASON)
    session, _ = sessions.get_or_create(study=study, organisation=branch, held_on=held_on)
    session.within_meeting, session.note = within_meeting, note
    session.save()
    there = Studied.objects.everywhere(reason=REASON).filter(session=session)
    there.exclude(member__in=members).delete()
    known = set(there.values_list("member", flat=True))
    Studied.objects.everywhere(reason=REASON).bulk_create(
        [Studied(session=session, member=member) for member in members if member.pk not in known]
    )
    by_study = Task.objects.everywhere(reason=REASON).filter(obligation__document=study.document_id, by_study=True)
    prove_work_of(branch.pk, by_study.values_list("pk", flat=True))
    touched([branch.path])
    return session
