"""The notice of a meeting goes out; members answer, read the papers, say something beforehand."""

from typing import Any

from django.utils import timezone

from meetings.models import AgendaItem, Answer, Attendance, Invitation, Meeting, Opinion
from meetings.services.log import open_for_writing
from members.models import Member
from portal.access.actor import Actor
from portal.history.actions import action
from portal.notifications.services.telling import tell_now
from portal.words.errors import DomainError, NotAllowed
from portal.words.quantities import day as in_words

MOST_OPINIONS = 20  # of one member before one meeting
TOLD_BY = ("du-hop", "du-hop-chi-bo-phu-trach")  # the rules of meetings/duties/invitations.py


@action("gửi giấy mời họp")
def send_notice(meeting: Meeting, *, by: Actor) -> int:
    """To everybody on the roll, and to who follows the branch. Again: to who came on it since, or for another day."""
    meeting = open_for_writing(meeting, by=by)
    if meeting.day < timezone.localdate():
        raise DomainError(f"Ngày họp {in_words(meeting.day)} đã qua, không mời được nữa.")
    if meeting.begins is None or not meeting.place:
        raise DomainError("Ghi giờ và địa điểm họp rồi mới mời.")
    on_roll = list(Attendance.everything.filter(meeting=meeting).values_list("member_id", flat=True))
    if not on_roll:
        raise DomainError("Danh sách dự họp còn trống, chưa có ai để mời.")
    told = _invite(meeting, on_roll)
    if told:
        meeting.told_at = timezone.now()
        meeting.save(update_fields=["told_at"])
        tell_now(TOLD_BY, subject_of(meeting))
    return told


def subject_of(meeting: Meeting) -> str:
    """What the rules call it: another day is another thing to be told of."""
    return f"{meeting.pk}:{meeting.day:%Y-%m-%d}"


def _invite(meeting: Meeting, on_roll: list[int]) -> int:
    now = timezone.now()
    there = {row.member_id: row for row in Invitation.everything.filter(meeting=meeting)}
    new = [Invitation(meeting=meeting, member_id=pk, told_at=now, day=meeting.day) for pk in on_roll if pk not in there]
    again = [row for pk, row in there.items() if pk in set(on_roll) and row.day != meeting.day]
    for row in again:
        row.told_at, row.day = now, meeting.day
        row.answer, row.because, row.answered_at = Answer.NONE, "", None
    Invitation.everything.bulk_create(new)
    Invitation.everything.bulk_update(again, ["told_at", "day", "answer", "because", "answered_at"])
    left = [row.pk for pk, row in there.items() if pk not in set(on_roll) and row.answer == Answer.NONE]
    Invitation.everything.filter(pk__in=left).delete()
    return len(new) + len(again)


@action("xin ý kiến đảng viên trước buổi họp")
def ask_opinion(meeting: Meeting, *, member: Member, about: str, by: Actor) -> Invitation:
    """Nothing to ask any more: an empty `about`."""
    meeting = open_for_writing(meeting, by=by)
    if not Attendance.everything.filter(meeting=meeting, member=member).exists():
        raise DomainError(f"Đ/c {member.full_name} không ở trong danh sách dự họp.", field="member")
    row = Invitation.everything.filter(meeting=meeting, member=member).first()
    row = row or Invitation(meeting=meeting, member=member, told_at=None)
    row.opinion_asked = about
    row.save()
    return row


@action("trả lời giấy mời họp")
def answer_invitation(invitation: Invitation, *, answer: str, because: str = "", by: Actor) -> Invitation:
    invitation, _ = _own(invitation, by)
    if answer == Answer.NOT_COMING and not because.strip():
        raise DomainError("Ghi lý do không dự được.", field="because")
    invitation.answer = answer
    invitation.because = because if answer == Answer.NOT_COMING else ""
    invitation.answered_at = timezone.now()
    invitation.save(update_fields=["answer", "because", "answered_at"])
    return invitation


@action("mở tài liệu buổi họp")
def open_papers(invitation: Invitation, *, by: Actor) -> Invitation:
    """The first time is what counts."""
    invitation, _ = _own(invitation, by, also_later=True)
    if invitation.opened_at is None:
        invitation.opened_at = timezone.now()
        invitation.save(update_fields=["opened_at"])
    return invitation


@action("gửi ý kiến trước buổi họp")
def send_opinion(invitation: Invitation, *, words: str, agenda_item: AgendaItem | None = None, by: Actor) -> Opinion:
    invitation, meeting = _own(invitation, by)
    if agenda_item and (agenda_item.meeting_id != meeting.pk or agenda_item.gone):
        raise DomainError("Nội dung này không còn trong chương trình.", field="agenda_item")
    mine = Opinion.everything.there().filter(meeting=meeting, member=invitation.member, sent_before=True)
    if mine.count() >= MOST_OPINIONS:
        raise DomainError("Đồng chí đã gửi nhiều ý kiến. Phần còn lại xin nêu tại buổi họp.")
    facts: dict[str, Any] = {"agenda_item": agenda_item, "words": words, "sent_before": True, "saved_by": by.account}
    opinion = Opinion(meeting=meeting, member=invitation.member, stamp=meeting.stamp + 1, **facts)
    opinion.save(force_insert=True)
    Meeting.everything.filter(pk=meeting.pk).update(stamp=meeting.stamp + 1)
    return opinion


def _own(invitation: Invitation, by: Actor, *, also_later: bool = False) -> tuple[Invitation, Meeting]:
    """The meeting locked, as whoever writes in its log locks it."""
    rows = Invitation.everything.select_related("member")
    row = rows.get(pk=invitation.pk)
    if row.member.account_id != by.account.pk:
        raise NotAllowed("Giấy mời này của người khác.")
    meeting = Meeting.everything.select_for_update().get(pk=row.meeting_id)
    if meeting.called_off_at:
        raise DomainError("Buổi họp này đã hủy.")
    begun = meeting.started_at is not None or meeting.closed_at is not None or meeting.day < timezone.localdate()
    if begun and not also_later:
        raise DomainError("Buổi họp đã bắt đầu hoặc đã qua, không trả lời ở đây nữa.")
    return row, meeting
