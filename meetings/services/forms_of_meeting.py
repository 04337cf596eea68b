"""In which form one may meet: another than in one room needs its ground, leave where the rules say so, and online the share."""

from branches.rules.definitions.meetings import CELLS_NEED_LEAVE, ONLINE, ONLINE_NEEDS_LEAVE
from branches.rules.reading import Rulebook
from branches.rules.shapes.shares import Share
from meetings.models import Form, Meeting
from portal.words.errors import DomainError
from portal.words.quantities import number

LEAVE = {Form.ONLINE: ONLINE_NEEDS_LEAVE, Form.MIXED: ONLINE_NEEDS_LEAVE, Form.CELLS: CELLS_NEED_LEAVE}


def need_founded_form(meeting: Meeting, book: Rulebook) -> None:
    """With the roll of its day laid out."""
    form = Form(meeting.form)
    if form in Form.with_ground() and not meeting.form_ground.strip():
        raise DomainError("Ghi lý do họp theo hình thức này.", field="form_ground")
    rule = LEAVE.get(form)
    if rule and not meeting.form_leave.strip() and book.value(rule, meeting.organisation, on=meeting.day):
        raise DomainError(
            "Hình thức này phải được cấp trên cho phép. Ghi cấp ủy đã đồng ý, văn bản số.", field="form_leave"
        )
    if form == Form.ONLINE:
        _too_many_cannot_gather(meeting, book.value(ONLINE, meeting.organisation, on=meeting.day))


def _too_many_cannot_gather(meeting: Meeting, share: Share) -> None:
    expected = meeting.attendances.expected().count()
    if meeting.cannot_gather is None:
        raise DomainError("Ghi bao nhiêu đảng viên không thể tập trung.", field="cannot_gather")
    if meeting.cannot_gather > expected:
        raise DomainError(f"Buổi này chỉ có {number(expected)} đảng viên phải dự.", field="cannot_gather")
    if expected and not share.met(meeting.cannot_gather, expected):
        need = number(share.needed(expected))
        raise DomainError(
            f"Chỉ họp trực tuyến khi ít nhất {need}/{number(expected)} đảng viên phải dự không thể tập trung. "
            "Chọn “Trực tiếp kết hợp trực tuyến” nếu ít hơn.",
            field="cannot_gather",
        )
