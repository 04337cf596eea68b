"""How far many places are, from a sheet: for those who report on paper. Shown row by row first, written after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from directives.models import AssignmentState, Order, StepKind, TaskAssignment, TaskStep
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.files.sheets.headings import Column, Line
from portal.history.actions import action
from portal.words.text import search_key

MOST_LINES = 2_000
COLUMNS: Mapping[str, Column] = {
    "code": Column("Mã việc", ("ma viec", "ma"), required=True),
    "place": Column("Nơi làm", ("noi lam", "to chuc", "don vi")),
    "task": Column("Việc", ("viec", "nhiem vu")),
    "progress": Column("Tiến độ (%)", ("tien do", "phan tram")),
    "done": Column("Xong", ("xong", "hoan thanh")),
    "words": Column("Căn cứ, ghi chú", ("can cu ghi chu", "can cu", "ghi chu", "ket qua")),
}
YES, NO = {"x", "xong", "co", "roi", "1", "v"}, {"", "khong", "chua", "0"}


@dataclass
class SheetLine:
    line: Line
    row: TaskAssignment | None = None
    progress: int | None = None
    is_done: bool = False
    wrong: list[str] = field(default_factory=list)

    @property
    def says_something_new(self) -> bool:
        row = self.row
        return bool(
            row and (self.is_done or (self.progress is not None and self.progress != row.progress) or self._is_new_word)
        )

    @property
    def _is_new_word(self) -> bool:
        return bool(self.line.cells["words"])

    @property
    def becomes(self) -> str:
        return (
            "Hoàn thành" if self.is_done else f"{self.progress if self.progress is not None else self.row.progress} %"
        )  # type: ignore[union-attr]


@dataclass(frozen=True)
class CheckedProgress:
    lines: list[SheetLine]

    @property
    def right(self) -> list[SheetLine]:
        return [line for line in self.lines if not line.wrong and line.says_something_new]

    @property
    def wrong(self) -> list[SheetLine]:
        return [line for line in self.lines if line.wrong]

    @property
    def same(self) -> int:
        return len(self.lines) - len(self.right) - len(self.wrong)


def check_progress(lines: Sequence[Line], *, order: Order, by: Actor) -> CheckedProgress:
    """Writes nothing. One query, however long the sheet is."""
    by.need(Permission.GIVE_TASKS, order.organisation.path)
    rows = TaskAssignment.objects.everywhere(reason="of an order that is one's own").filter(ordered__order=order)
    known = {str(row.pk): row for row in rows.select_related("organisation", "ordered")}
    found, seen = [], set()
    for line in lines:
        read = _read(line, known)
        if read.row and read.row.pk in seen:
            read.wrong.append("Việc này ghi hai dòng.")
        if read.row:
            seen.add(read.row.pk)
        found.append(read)
    return CheckedProgress(found)


@action("cập nhật tiến độ bằng bảng")
def write_progress(lines: Sequence[Line], *, order: Order, by: Actor) -> int:
    """What is wrong is left out, and what says nothing new."""
    rows = TaskAssignment.objects.everywhere(reason="of an order that is one's own").filter(ordered__order=order)
    list(rows.select_for_update().order_by("pk").values_list("pk"))  # held until it is written
    right, today = check_progress(lines, order=order, by=by).right, timezone.localdate()
    steps = []
    for one in right:
        row = one.row
        if row is None:
            continue
        row.progress = 100 if one.is_done else one.progress if one.progress is not None else row.progress
        if one.is_done:
            row.state, row.done_on = AssignmentState.DONE, today
        row.version += 1
        kind, words = StepKind.ACCEPTED if one.is_done else StepKind.NOTE, one.line.cells["words"]
        steps.append(TaskStep(assignment=row, kind=kind, words=words, progress=row.progress, by=by.account))
    changed = ["progress", "state", "done_on", "version"]
    rows.bulk_update([one.row for one in right if one.row], changed, batch_size=500)
    TaskStep.objects.everywhere(reason="of an order that is one's own").bulk_create(steps, batch_size=500)
    return len(right)


def _read(line: Line, known: Mapping[str, TaskAssignment]) -> SheetLine:
    cells, read = line.cells, SheetLine(line)
    read.row = known.get(cells["code"].strip())
    if read.row is None:
        read.wrong.append(f"Không có mã việc “{cells['code'][:20]}” trong đợt này.")
        return read
    typed = cells["progress"].replace("%", "").strip()
    if typed:
        if not typed.isdecimal() or int(typed[:6]) > 100:
            read.wrong.append("Tiến độ là số từ 0 đến 100.")
        else:
            read.progress = int(typed)
    said = search_key(cells["done"])
    if said not in YES | NO:
        read.wrong.append("Cột Xong: đánh dấu x, hoặc để trống.")
    read.is_done = said in YES and read.row.state != AssignmentState.DONE
    if not read.row.is_open and (read.is_done or read.progress not in (None, read.row.progress)):
        read.wrong.append("Việc này đã khép lại.")
    if read.is_done and read.row.state == AssignmentState.DOING and not cells["words"]:
        read.wrong.append("Nơi làm chưa báo trong cổng: ghi căn cứ để coi là xong.")
    return read
