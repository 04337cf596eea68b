"""What is written into the log in and after the meeting: each item for itself, so that one that cannot be kept leaves the
others alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import DatabaseError
from django.utils import timezone

from meetings.models import Meeting
from meetings.services.log import Answer, Change, save_items
from portal.access.actor import Actor
from portal.words.errors import DomainError, NotAllowed

TOO_EARLY = "Chưa đến ngày họp, chưa ghi sổ được. Ngày họp: {:%d/%m/%Y}."
NOT_KEPT = "Chưa ghi được mục này. Hãy xem lại số liệu, giờ giấc, rồi lưu lại."
BY_CONSTRAINT = {
    "vote_adds_up": "Số phiếu cộng lại nhiều hơn số đảng viên chính thức được biểu quyết.",
    "meeting_ends_after_it_starts": "Giờ kết thúc phải sau giờ bắt đầu.",
    "agenda_ends_after_it_begins": "Giờ kết thúc của nội dung phải sau giờ bắt đầu.",
    "cell_ends_after_it_starts": "Giờ kết thúc của tổ đảng phải sau giờ bắt đầu.",
    "cell_sits_once": "Tổ đảng này đã có trong danh sách.",
    "dues_not_more_than_owed": "Số đã nộp nhiều hơn số phải nộp.",
    "dues_once_a_month": "Đảng phí tháng này của đồng chí đã ghi ở nơi khác.",
    "attendance_exempt_is_not_absent": "Đồng chí được miễn, tạm hoãn thì không ghi vắng.",
    "resolution_adopted_says_something": "Nghị quyết đã thông qua thì phải có nội dung.",
    "decision_is_about_something": "Quyết nghị còn thiếu: chọn người, văn bản hoặc năm.",
    "review_once_a_meeting": "Việc này đã được kiểm điểm trong buổi họp.",
    "score_row_fits": "Số điểm nhiều hơn điểm tối đa của tiêu chí.",
    "score_row_once": "Tiêu chí này đã được chấm. Tải lại trang để thấy điểm.",
    "meeting_is_closed": "Sổ của buổi họp này đã đóng.",
}


@dataclass
class Recorded:
    stamp: int
    answers: list[Answer] = field(default_factory=list)
    refused: list[tuple[Change, str]] = field(default_factory=list)


def record(meeting: Meeting, changes: Sequence[Change], *, by: Actor) -> Recorded:
    """All at once, in one transaction; where something in it cannot be kept, each in one of its own, and that one says why."""
    if meeting.day > timezone.localdate():
        raise DomainError(TOO_EARLY.format(meeting.day))
    try:
        saved = save_items(meeting, changes, by=by)
    except NotAllowed:
        raise
    except (DomainError, DatabaseError) as error:
        if len(changes) == 1:
            return Recorded(meeting.stamp, refused=[(changes[0], sentence_of(error))])
        return _one_by_one(meeting, changes, by)
    return Recorded(saved.meeting.stamp, saved.answers)


def _one_by_one(meeting: Meeting, changes: Sequence[Change], by: Actor) -> Recorded:
    done = Recorded(meeting.stamp)
    for change in changes:
        one = record(meeting, [change], by=by)
        done.answers += one.answers
        done.refused += one.refused
        done.stamp = max(done.stamp, one.stamp)
    return done


def sentence_of(error: Exception) -> str:
    if isinstance(error, DomainError):
        return error.sentence
    return next((words for name, words in BY_CONSTRAINT.items() if name in str(error)), NOT_KEPT)
