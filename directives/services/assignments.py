"""What both sides do with an assignment: got it, report on it, ask for time; take the result, return it, grant time."""

from datetime import date

from django.core.files.base import File
from django.utils import timezone

from branches.summary.moved import moved_at
from directives.models import (
    AssignmentState,
    Extension,
    Order,
    Receipt,
    StepKind,
    TaskAssignment,
    TaskStep,
)
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.files.kinds import Kind
from portal.files.models import StoredFile
from portal.files.services.storing import store_file
from portal.history.actions import action
from portal.words.errors import ChangedMeanwhile, DomainError
from portal.words.quantities import day

DOOR = "directives.assignment"
PAPERS = frozenset({Kind.PDF, Kind.DOCX, Kind.XLSX, Kind.JPEG, Kind.PNG})
REASON = "whoever writes was asked about the very assignment"


@action("xác nhận đã nhận việc")
def receive(order: Order, *, organisation_path: str, organisation: int, by: Actor) -> Receipt:
    """Pressed twice, the first day stays."""
    by.need(Permission.ANSWER_TASKS, organisation_path)
    rows = Receipt.objects.everywhere(reason=REASON).select_for_update()
    receipt = rows.filter(order=order, organisation=organisation).first()
    if receipt is None:
        raise DomainError("Đợt giao việc này không giao cho tổ chức đồng chí.")
    if receipt.received_on is None:
        receipt.received_on, receipt.by = timezone.localdate(), by.account
        receipt.save()
    return receipt


@action("ghi tiến độ việc được giao")
def note(
    assignment: TaskAssignment, *, words: str, progress: int | None, version: int, file: File | None = None, by: Actor
) -> TaskAssignment:
    row = _of_answerer(assignment, by, version)
    _need_open(row)
    if not words and progress is None and file is None:
        raise DomainError("Ghi tiến độ, một câu, hoặc kèm một tệp.", field="words")
    if progress is not None:
        row.progress = progress
    _saved(row)
    _step(row, StepKind.NOTE, by, words, file)
    return row


@action("báo kết quả việc được giao")
def hand_in(
    assignment: TaskAssignment, *, result: str, version: int, file: File | None = None, by: Actor
) -> TaskAssignment:
    """What one gave to oneself needs nobody to take it."""
    row = _of_answerer(assignment, by, version)
    if row.state != AssignmentState.DOING:
        raise DomainError("Việc này đã báo kết quả.")
    today, own = timezone.localdate(), row.organisation_id == row.ordered.order.organisation_id
    row.result, row.returned_because, row.handed_in_on = result, "", today
    row.state = AssignmentState.DONE if own else AssignmentState.HANDED_IN
    if own:
        row.done_on, row.progress = today, 100
    _saved(row)
    _step(row, StepKind.HANDED_IN, by, result, file)
    return row


@action("nhận kết quả việc đã giao")
def accept(assignment: TaskAssignment, *, words: str = "", by: Actor) -> TaskAssignment:
    """Also of a body that reports on paper: then it is said how one knows."""
    row = _of_giver(assignment, by)
    if row.state not in AssignmentState.open_ones():
        raise DomainError("Việc này không còn chờ nhận kết quả.")
    if row.state == AssignmentState.DOING and not words:
        raise DomainError("Nơi làm chưa báo kết quả: ghi rõ căn cứ để coi là xong.", field="words")
    row.state, row.done_on, row.progress = AssignmentState.DONE, timezone.localdate(), 100
    row.done_by_proof = False
    _saved(row)
    _step(row, StepKind.ACCEPTED, by, words)
    return row


@action("trả lại kết quả việc đã giao")
def send_back(assignment: TaskAssignment, *, words: str, by: Actor) -> TaskAssignment:
    """What was taken as well: a result may turn out to be none."""
    row = _of_giver(assignment, by)
    if row.state not in (AssignmentState.HANDED_IN, AssignmentState.DONE):
        raise DomainError("Việc này chưa có kết quả để trả lại.")
    if not words:
        raise DomainError("Ghi rõ còn thiếu gì.", field="words")
    row.state, row.done_on, row.handed_in_on, row.done_by_proof = AssignmentState.DOING, None, None, False
    row.returned_because, row.progress = words, min(row.progress, 99)
    _saved(row)
    _step(row, StepKind.RETURNED, by, words)
    return row


@action("xin gia hạn việc được giao")
def ask_for_time(assignment: TaskAssignment, *, until: date, because: str, version: int, by: Actor) -> Extension:
    row = _of_answerer(assignment, by, version)
    _need_open(row)
    if row.due_on is None:
        raise DomainError("Việc này không có hạn.")
    if until <= row.due_on:
        raise DomainError(f"Ngày xin phải sau hạn đang có ({day(row.due_on)}).", field="until")
    if row.extensions.filter(granted=None).exists():
        raise DomainError("Đã xin gia hạn và đang chờ trả lời.")
    asked = Extension(assignment=row, until=until, because=because, asked_on=timezone.localdate())
    asked.save()
    _step(row, StepKind.EXTENSION, by, f"Đến hết ngày {day(until)}: {because}")
    return asked


@action("trả lời xin gia hạn")
def answer_time(extension: Extension, *, granted: bool, until: date | None, words: str, by: Actor) -> Extension:
    """Another day than the one asked for may be granted; not one that lies before the day there was."""
    row = _of_giver(extension.assignment, by)
    waiting = Extension.objects.everywhere(reason=REASON).select_for_update().get(pk=extension.pk)
    if waiting.granted is not None:
        raise DomainError("Đề nghị này đã được trả lời.")
    if not granted and not words:
        raise DomainError("Ghi lý do không gia hạn.", field="words")
    waiting.granted, waiting.answer, waiting.answered_on = granted, words, timezone.localdate()
    waiting.save()
    if granted:
        row.due_on = until or waiting.until
        _saved(row)
    said = f"Đến hết ngày {day(row.due_on)}. {words}".strip() if granted else words
    _step(row, StepKind.GRANTED if granted else StepKind.REFUSED, by, said)
    return waiting


def may_read_file(file: StoredFile, actor: Actor) -> bool:
    """Whoever sees the assignment."""
    return TaskStep.objects.allowed(actor, Permission.SEE_TASKS).filter(file=file).exists()


def _of_answerer(assignment: TaskAssignment, by: Actor, version: int) -> TaskAssignment:
    row = _locked(assignment)
    by.need(Permission.ANSWER_TASKS, row.organisation.path)
    if row.version != version:
        raise ChangedMeanwhile("Người khác vừa ghi việc này. Xem bản mới nhất rồi ghi lại.")
    return row


def _of_giver(assignment: TaskAssignment, by: Actor) -> TaskAssignment:
    row = _locked(assignment)
    by.need(Permission.GIVE_TASKS, row.ordered.order.organisation.path)
    return row


def _locked(assignment: TaskAssignment) -> TaskAssignment:
    rows = TaskAssignment.objects.everywhere(reason=REASON).select_for_update(of=("self",))
    return rows.select_related("organisation", "ordered__order__organisation").get(pk=assignment.pk)


def _need_open(row: TaskAssignment) -> None:
    if not row.is_open:
        raise DomainError("Việc này đã khép lại.")


def _saved(row: TaskAssignment) -> None:
    row.version += 1
    row.save()
    moved_at([row.organisation_id])


def _step(row: TaskAssignment, kind: StepKind, by: Actor, words: str, file: File | None = None) -> None:
    kept = store_file(file, kinds=PAPERS, by=by, door=DOOR) if file else None
    TaskStep(assignment=row, kind=kind, words=words, progress=row.progress, file=kept, by=by.account).save()
