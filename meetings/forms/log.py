"""One small form for each kind of item: it says what is wrong with what was typed, and changes nothing.

A form holds only the fields that the device sent: what it does not speak of stays as it is. `room` knows who and what can be
named in this meeting.
"""

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils import timezone

from branches.models import Organisation
from directives.models import Study, Task
from meetings.forms.log_paste import plain, plain_line
from meetings.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    CellSitting,
    Criterion,
    Decision,
    DecisionKind,
    Dues,
    Guest,
    ItemReview,
    Mark,
    Meeting,
    Opinion,
    Proposal,
    QualityScore,
    Remark,
    Resolution,
    ScoreRow,
    Stand,
    Vote,
)
from meetings.queries.log_room import Room
from members.models import Member, Post
from portal.ui.forms import PortalForm
from portal.words.fields import ProseField
from portal.words.quantities import number

MOST_MONEY = 100_000_000
YEARS = (2000, 2100)


class Named(forms.CharField):
    """Something of this meeting, by its number; becomes a bare object that a row can point to."""

    def __init__(self, table: str, model: type[models.Model], **options: Any) -> None:
        super().__init__(**options)
        self.table, self.model = table, model

    def object_in(self, room: Room, value: str) -> models.Model | None:
        if not value:
            return None
        try:
            key = uuid.UUID(value) if isinstance(self.model._meta.pk, models.UUIDField) else int(value)
        except ValueError:
            key = None
        if key is None or (isinstance(key, int) and not 0 < key < 2**63) or not room.knows(self.table, key):
            raise forms.ValidationError(f"{self.label}: không thấy trong buổi họp này, hãy chọn lại.")
        return self.model(pk=key)


def column(model: type[models.Model], name: str, **options: Any) -> forms.Field:
    """As the model has it: its length, its choices, its words."""
    field = model._meta.get_field(name).formfield(**options)
    field.show_hidden_initial = False
    return field


def person(label: str, *, required: bool = False) -> Named:
    return Named("people", Member, label=label, required=required)


class LogForm(PortalForm):
    model: ClassVar[type[models.Model]]

    def __init__(self, values: Mapping[str, Any], room: Room, *, new: bool) -> None:
        super().__init__({name: value for name, value in values.items() if name in self.base_fields})
        self.room, self.new = room, new
        for name in list(self.fields):
            if name not in values and not (new and self._must_be_said(name)):
                del self.fields[name]

    def _must_be_said(self, name: str) -> bool:
        column = self._column(name)
        return self.fields[name].required and not (column and column.has_default())

    def full_clean(self) -> None:
        """Words as plain text; a relation as the object that it names."""
        self.data = {name: self._plain(name, value) for name, value in self.data.items() if name in self.fields}
        super().full_clean()

    def _plain(self, name: str, value: Any) -> Any:
        if not isinstance(value, str):
            return value if isinstance(self.fields[name], forms.BooleanField) else ""
        prose = isinstance(self._column(name), ProseField)
        return plain(value) if prose else plain_line(value)

    def _column(self, name: str) -> models.Field | None:
        return next((field for field in self.model._meta.concrete_fields if field.name == name), None)

    def _clean_fields(self) -> None:
        super()._clean_fields()
        for name, field in self.fields.items():
            if isinstance(field, Named) and name in self.cleaned_data:
                try:
                    self.cleaned_data[name] = field.object_in(self.room, self.cleaned_data[name])
                except forms.ValidationError as error:
                    self.add_error(name, error)

    def add_error(self, field: str | None, error: Any) -> None:
        """Of a field that the device did not send: of the item as a whole."""
        super().add_error(field if field in self.fields else None, error)

    @property
    def sentence(self) -> str:
        """What is wrong, in one line for beside the item."""
        return " ".join(dict.fromkeys(str(text) for texts in self.errors.values() for text in texts))

    def in_order(self, first: str, last: str, sentence: str) -> None:
        begins, ends = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if begins and ends and ends <= begins:
            self.add_error(last, sentence)


class MeetingForm(LogForm):
    model = Meeting
    started_at = forms.TimeField(label="Giờ bắt đầu", required=False)
    ended_at = forms.TimeField(label="Giờ kết thúc", required=False)
    chair = person("Người chủ trì")
    clerk = person("Thư ký")
    nothing_raised = forms.BooleanField(label="Không có ý kiến, kiến nghị", required=False)
    minutes_read = forms.BooleanField(label="Biên bản đã đọc và thông qua", required=False)

    def clean(self) -> None:
        said = self.cleaned_data
        begins = said.get("started_at", self.room.meeting.started_at)
        ends = said.get("ended_at", self.room.meeting.ended_at)
        if self.errors:
            return
        if ends and not begins:
            self.add_error(None, "Ghi giờ bắt đầu trước, rồi ghi giờ kết thúc.")
        elif begins and ends and ends <= begins:
            self.add_error(None, f"Giờ kết thúc {ends:%H:%M} phải sau giờ bắt đầu {begins:%H:%M}.")


class AttendanceForm(LogForm):
    model = Attendance
    mark = forms.ChoiceField(label="Điểm danh", choices=Mark.choices, required=False)
    reason = column(Attendance, "reason")


class GuestForm(LogForm):
    model = Guest
    name = column(Guest, "name", label="Họ và tên")
    post = column(Guest, "post")
    of_committee = column(Guest, "of_committee")


class SittingForm(LogForm):
    model = CellSitting
    cell = Named("cells", Organisation, label="Tổ đảng")
    day = forms.DateField(label="Ngày", input_formats=["%Y-%m-%d", "%d/%m/%Y"])
    place = column(CellSitting, "place")
    started_at = forms.TimeField(label="Giờ bắt đầu", required=False)
    ended_at = forms.TimeField(label="Giờ kết thúc", required=False)

    def clean(self) -> None:
        if self.cleaned_data.get("ended_at") and not self.cleaned_data.get("started_at"):
            self.add_error("ended_at", "Ghi giờ bắt đầu trước, rồi ghi giờ kết thúc.")
        self.in_order("started_at", "ended_at", "Giờ kết thúc của tổ đảng phải sau giờ bắt đầu.")


class DuesForm(LogForm):
    """What is paid in the meeting is paid on its day."""

    model = Dues
    member = person("Đảng viên", required=True)
    owed = forms.IntegerField(label="Số phải nộp", min_value=0, max_value=MOST_MONEY, required=False)
    paid = forms.IntegerField(label="Số đã nộp", min_value=0, max_value=MOST_MONEY, required=False)
    excused = forms.BooleanField(label="Được miễn nộp", required=False)

    def _plain(self, name: str, value: Any) -> Any:
        """15.000, 15 000 and 15000 are one sum."""
        text = super()._plain(name, value)
        if name in ("owed", "paid") and isinstance(text, str):
            return text.replace(".", "").replace(" ", "").removesuffix("đ")
        return text

    def clean(self) -> None:
        said = self.cleaned_data
        if self.errors or "paid" not in said:
            return
        paid, owed = said["paid"] or 0, said.get("owed") or 0
        said |= {"paid": paid, "owed": owed, "paid_on": self.room.meeting.day if paid else None}
        if paid > owed:
            self.add_error("paid", f"Đã nộp {number(paid)} đồng nhiều hơn số phải nộp {number(owed)} đồng.")


class AgendaForm(LogForm):
    model = AgendaItem
    position = forms.IntegerField(label="Thứ tự", min_value=0, max_value=999, required=False)
    words = column(AgendaItem, "words")
    presenter = column(AgendaItem, "presenter")
    done = column(AgendaItem, "done")
    notes = column(AgendaItem, "notes")
    began_at = forms.TimeField(label="Giờ bắt đầu", required=False)
    ended_at = forms.TimeField(label="Giờ kết thúc", required=False)
    closed_data = column(AgendaItem, "closed_data")

    def clean(self) -> None:
        if self.cleaned_data.get("position", 0) is None:
            self.cleaned_data["position"] = 999
        self.in_order("began_at", "ended_at", "Giờ kết thúc của nội dung phải sau giờ bắt đầu.")


class OpinionForm(LogForm):
    model = Opinion
    agenda_item = Named("agenda", AgendaItem, label="Về nội dung", required=False)
    member = person("Người nêu")
    words = column(Opinion, "words", label="Ý kiến")
    minority = column(Opinion, "minority")


class VoteForm(LogForm):
    """`voters` is no device's to say: it is the number of full members on the roll."""

    model = Vote
    agenda_item = Named("agenda", AgendaItem, label="Về nội dung", required=False)
    question = column(Vote, "question", label="Nội dung biểu quyết")
    secret = column(Vote, "secret")
    majority = column(Vote, "majority")
    in_favour = forms.IntegerField(label="Số tán thành", min_value=0, max_value=9999)
    against = forms.IntegerField(label="Số không tán thành", min_value=0, max_value=9999, required=False)
    abstained = forms.IntegerField(label="Số ý kiến khác", min_value=0, max_value=9999, required=False)

    def clean(self) -> None:
        said = self.cleaned_data
        if self.errors or "in_favour" not in said:
            return
        counts = [said["in_favour"], said.get("against") or 0, said.get("abstained") or 0]
        _, said["against"], said["abstained"] = counts
        said["voters"] = self.room.voters
        if sum(counts) > self.room.voters:
            self.add_error(
                None,
                f"Cộng lại {sum(counts)} phiếu, nhiều hơn {self.room.voters} đảng viên chính thức được biểu quyết.",
            )


class RemarkForm(LogForm):
    model = Remark
    member = person("Đảng viên", required=True)
    praise = forms.ChoiceField(label="Biểu dương hay nhắc nhở", choices=[("yes", ""), ("no", "")])
    words = column(Remark, "words", label="Nội dung")

    def _plain(self, name: str, value: Any) -> Any:
        if name == "praise" and isinstance(value, bool):
            return "yes" if value else "no"
        return super()._plain(name, value)

    def clean_praise(self) -> bool:
        return self.cleaned_data["praise"] == "yes"


class ProposalForm(LogForm):
    model = Proposal
    to = Named("above", Organisation, label="Gửi đến")
    member = person("Người nêu")
    words = column(Proposal, "words", label="Kiến nghị")


class ReviewForm(LogForm):
    model = ItemReview
    action = Named("actions", ActionItem, label="Việc")
    stand = forms.ChoiceField(label="Kết quả", choices=Stand.choices)
    because = column(ItemReview, "because")


class ResolutionForm(LogForm):
    model = Resolution
    kind = column(Resolution, "kind")
    state = column(Resolution, "state")
    subject = column(Resolution, "subject")
    contents = column(Resolution, "contents")
    measures = column(Resolution, "measures")
    vote = Named("vote", Vote, label="Kết quả biểu quyết", required=False)

    def clean(self) -> None:
        said = self.cleaned_data
        if not self.errors and (self.new or "contents" in said) and not said.get("contents"):
            self.add_error("contents", "Chưa nhập nội dung kết luận, nghị quyết.")


class ActionForm(LogForm):
    model = ActionItem
    resolution = Named("resolution", Resolution, label="Nghị quyết", required=False)
    words = column(ActionItem, "words", label="Việc")
    assignee = person("Người làm")
    assignee_words = column(ActionItem, "assignee_words")
    due_on = forms.DateField(label="Hạn", required=False, input_formats=["%Y-%m-%d", "%d/%m/%Y"])
    task = Named("tasks", Task, label="Nhiệm vụ của văn bản", required=False)

    def clean(self) -> None:
        due_on = self.cleaned_data.get("due_on")
        if due_on and due_on < self.room.meeting.day:
            self.add_error("due_on", f"Hạn phải từ ngày họp {self.room.meeting.day:%d/%m/%Y} trở đi.")


class DecisionForm(LogForm):
    model = Decision
    kind = forms.ChoiceField(label="Loại quyết nghị", choices=DecisionKind.choices)
    member = person("Đảng viên")
    study = Named("studies", Study, label="Đợt quán triệt", required=False)
    year = forms.IntegerField(label="Năm", min_value=YEARS[0], max_value=YEARS[1], required=False)
    since = forms.DateField(label="Từ ngày", required=False, input_formats=["%Y-%m-%d", "%d/%m/%Y"])
    until = forms.DateField(label="Đến hết ngày", required=False, input_formats=["%Y-%m-%d", "%d/%m/%Y"])
    post = forms.ChoiceField(label="Chức vụ", required=False, choices=[("", ""), *Post.choices])
    words = column(Decision, "words")
    vote = Named("vote", Vote, label="Kết quả biểu quyết", required=False)

    def clean(self) -> None:
        said = self.cleaned_data
        missing = {
            DecisionKind.STUDY: ("study", "Chọn văn bản đã quán triệt."),
            DecisionKind.EXEMPTION: ("member", "Chọn đồng chí được miễn."),
            DecisionKind.OFFICER: ("member", "Chọn đồng chí được bầu, giới thiệu."),
            DecisionKind.CANDIDATE: ("words", "Ghi họ và tên quần chúng được giới thiệu."),
            DecisionKind.ASSIGNMENTS: ("year", "Ghi năm của nhiệm vụ được thông qua."),
            DecisionKind.THEMATIC_PLAN: ("year", "Ghi năm của kế hoạch chuyên đề."),
        }
        name, sentence = missing.get(said.get("kind", ""), ("", ""))
        if name and not self.errors and not said.get(name):
            self.add_error(None, sentence)
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error(None, "Ngày hết hạn phải từ ngày bắt đầu trở đi.")


class QualityForm(LogForm):
    """Sent twice, it is agreed at the same moment."""

    model = QualityScore
    agreed = forms.BooleanField(label="Chi bộ đã thống nhất điểm", required=False)
    comment = column(QualityScore, "comment")

    def clean(self) -> None:
        if "agreed" in self.cleaned_data:
            agreed = self.cleaned_data["agreed"]
            self.cleaned_data["agreed_at"] = (self.room.agreed_at or timezone.now()) if agreed else None


class ScoreForm(LogForm):
    """What fills itself has no points of its own, unless the branch says otherwise by hand."""

    model = ScoreRow
    criterion = Named("criteria", Criterion, label="Tiêu chí")
    points = forms.IntegerField(label="Điểm", min_value=0, required=False)
    reason = column(ScoreRow, "reason")

    def clean(self) -> None:
        said = self.cleaned_data
        line = self.room.criteria.get(getattr(said.get("criterion"), "pk", None))
        if self.errors or line is None:
            return
        if "points" in said:
            said["by_hand"] = line.is_asked or said["points"] is not None
            if not said["by_hand"]:
                said["reason"] = ""
        if (said.get("points") or 0) > line.most:
            self.add_error("points", f"{line.words}: từ 0 đến {line.most} điểm.")


FORMS: dict[str, type[LogForm]] = {
    "meeting": MeetingForm,
    "attendance": AttendanceForm,
    "guest": GuestForm,
    "sitting": SittingForm,
    "dues": DuesForm,
    "agenda": AgendaForm,
    "opinion": OpinionForm,
    "vote": VoteForm,
    "remark": RemarkForm,
    "proposal": ProposalForm,
    "review": ReviewForm,
    "resolution": ResolutionForm,
    "action": ActionForm,
    "decision": DecisionForm,
    "quality": QualityForm,
    "score": ScoreForm,
}
