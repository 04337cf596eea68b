"""The log as one page: its sections, what stands in each, and what was typed where something was refused."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import F

from branches.rules.definitions import targets
from branches.rules.reading import Rulebook
from meetings.forms.log_said import Said
from meetings.models import ActionItem, Attendance, DecisionKind, Dues, Form, Mark, Meeting, MeetingKind, Standing
from meetings.queries.log_room import Room
from meetings.queries.log_wire import Line, Theirs, blank_line, line_of, name_within
from meetings.queries.measures import quorum
from meetings.services.item_kinds import KINDS, month_of_dues
from members.models import Post
from members.models.office import IN_BRANCHES
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.words.quantities import long_day

CHOICES = {
    Mark.PRESENT: ("ok", "check", "Có mặt", ""),
    Mark.ONLINE: ("ok", "phone", "Trực tuyến", ""),
    Mark.LATE: ("info", "clock", "Đến muộn", ""),
    Mark.EXCUSED: ("warn", "letter-p", "Vắng", "có lý do"),
    Mark.ABSENT: ("bad", "x", "Vắng", "không lý do"),
}
AWAY = [Mark.LATE, Mark.EXCUSED, Mark.ABSENT]
ADDED = {
    "guest": {"of_committee": False},
    "agenda": {"done": True, "closed_data": False},
    "opinion": {"minority": False},
    "vote": {"secret": False, "majority": "half"},
    "remark": {"praise": True},
    "proposal": {},
    "resolution": {"kind": "conclusion", "state": "draft"},
    "action": {},
    "decision": {},
}


@dataclass
class Section:
    slug: str
    title: str
    template: str
    hint: str
    done: bool


@dataclass
class Screen:
    """`typed`: what came by the plain form, shown again where something of it was refused."""

    meeting: Meeting
    actor: Actor
    typed: dict[tuple[str, uuid.UUID], Said] = field(default_factory=dict)
    errors: dict[tuple[str, uuid.UUID], str] = field(default_factory=dict)
    conflicts: dict[tuple[str, uuid.UUID], Theirs] = field(default_factory=dict)

    @cached_property
    def room(self) -> Room:
        return Room(self.meeting, self.actor)

    @property
    def when(self) -> str:
        hour = f"{self.meeting.begins:%H:%M}" if self.meeting.begins else ""
        return " · ".join(filter(None, [long_day(self.meeting.day), hour, self.meeting.place]))

    @cached_property
    def head(self) -> Line:
        return self._shown(line_of("meeting", self.meeting, KINDS["meeting"].fields))

    @cached_property
    def attendance(self) -> list[Line]:
        rows = Attendance.objects.allowed(self.actor, Permission.RECORD_MEETING).filter(meeting=self.meeting)
        return self._lines("attendance", rows.order_by("member__sort_key", "pk"))

    @property
    def choices(self) -> list[tuple[str, ...]]:
        """Tiles of a row, by the form of the meeting."""
        came = {Form.ONLINE: [Mark.ONLINE], Form.MIXED: [Mark.PRESENT, Mark.ONLINE]}
        return [(mark.value, *CHOICES[mark]) for mark in [*came.get(self.meeting.form, [Mark.PRESENT]), *AWAY]]

    @property
    def choices_of_exempt(self) -> list[tuple[str, ...]]:
        return [choice for choice in self.choices if choice[0] in Mark.came()]

    @property
    def usual_mark(self) -> str:
        return self.choices[0][0]

    @cached_property
    def counts(self) -> dict[str, int]:
        found = {"expected": 0, "came": 0, "excused": 0, "absent": 0, "unmarked": 0, "exempt": 0}
        for line in self.attendance:
            if line.row.standing == Standing.EXEMPT:
                found["exempt"] += 1
                continue
            mark = line.v["mark"]
            found["expected"] += 1
            # what was typed stands here too: a mark that there is none is none
            found["came" if mark in Mark.came() else mark if mark in AWAY else "unmarked"] += 1
        return found

    @cached_property
    def goal(self) -> int:
        """How many must come for the target of the place."""
        return self._value(targets.ATTENDANCE).needed(self.counts["expected"])

    @cached_property
    def quorum(self) -> int:
        return quorum(self.meeting, self.counts["expected"], self.actor)

    @cached_property
    def dues(self) -> list[Line]:
        """A line for everybody expected: as written, or blank with what was owed last."""
        rows = Dues.objects.allowed(self.actor, Permission.RECORD_MEETING).filter(
            organisation=self.meeting.organisation_id
        )
        month = month_of_dues(self.meeting)
        written = {row.member_id: row for row in rows.filter(month=month)}
        before = rows.filter(month__lt=month)
        owed = dict(before.order_by("member", "-month").distinct("member").values_list("member_id", "owed"))
        late: dict[int, int] = {}
        for member in before.filter(paid__lt=F("owed"), excused=False).values_list("member_id", flat=True):
            late[member] = late.get(member, 0) + 1
        kind = KINDS["dues"]
        lines = []
        for seat in self.room.seats:
            facts = {"name": seat.name, "late": late.get(seat.member, 0)}
            if row := written.get(seat.member):
                line = line_of("dues", row, kind.fields, **facts)
            else:
                usual = {"member": str(seat.member), "owed": str(owed.get(seat.member, "") or ""), "excused": False}
                name = name_within(self.meeting, "dues", seat.member)
                line = blank_line("dues", kind.fields, name, **usual)
                line.facts = facts
            lines.append(self._shown(line))
        return lines

    @cached_property
    def guests(self) -> list[Line]:
        return self._items("guest")

    @cached_property
    def sittings(self) -> list[Line]:
        kind = KINDS["sitting"]
        written = {line.row.cell_id: line for line in self._items("sitting")}
        lines = []
        for cell, name in self.room.cells.items():
            usual = {"cell": str(cell), "day": self.meeting.day.isoformat()}
            line = written.get(cell) or self._shown(
                blank_line("sitting", kind.fields, name_within(self.meeting, "sitting", cell), **usual)
            )
            line.facts = {"name": name}
            lines.append(line)
        return lines

    @cached_property
    def agenda(self) -> list[Line]:
        return self._items("agenda", "position")

    @cached_property
    def reviews(self) -> list[Line]:
        """What earlier meetings decided and is still open, and what this one has already looked at."""
        rows = ActionItem.objects.allowed(self.actor, Permission.RECORD_MEETING)
        here = rows.filter(organisation=self.meeting.organisation_id, gone=False).exclude(meeting=self.meeting)
        here = here.filter(meeting__day__lte=self.meeting.day)
        written = {line.row.action_id: line for line in self._items("review")}
        due = {row.pk: row for row in here.open().select_related("assignee").order_by(F("due_on").asc(nulls_last=True))}
        more = [key for key in written if key not in due]
        due |= {row.pk: row for row in here.filter(pk__in=more).select_related("assignee")} if more else {}
        lines = []
        for number, action in due.items():
            name = name_within(self.meeting, "review", number)
            blank = blank_line("review", KINDS["review"].fields, name, action=str(number))
            line = written.get(number) or self._shown(blank)
            line.facts = {"action": action}
            lines.append(line)
        return lines

    @cached_property
    def opinions(self) -> list[Line]:
        return self._items("opinion")

    @cached_property
    def votes(self) -> list[Line]:
        return self._items("vote")

    @cached_property
    def remarks(self) -> list[Line]:
        return self._items("remark")

    @cached_property
    def proposals(self) -> list[Line]:
        return self._items("proposal")

    @cached_property
    def resolutions(self) -> list[Line]:
        """One is always laid out, under a name that every device gives it."""
        found = self._items("resolution")
        if found:
            return found
        name = name_within(self.meeting, "resolution")
        return [self._shown(blank_line("resolution", KINDS["resolution"].fields, name, **ADDED["resolution"]))]

    @cached_property
    def actions(self) -> list[Line]:
        return self._items("action")

    @cached_property
    def decisions(self) -> list[Line]:
        return self._items("decision")

    @property
    def collects_dues(self) -> bool:
        return self.meeting.kind == MeetingKind.REGULAR

    @property
    def majorities(self) -> list[tuple[str, str, int]]:
        return [
            ("half", "Quá nửa", self.room.needed("half")),
            ("two thirds", "Hai phần ba", self.room.needed("two thirds")),
        ]

    @property
    def decision_kinds(self) -> list[tuple[str, str]]:
        return [(str(value), str(label)) for value, label in DecisionKind.choices]

    @property
    def posts(self) -> list[tuple[str, str]]:
        posts = Post.of(self.meeting.organisation.kind)
        return [(post.value, IN_BRANCHES.get(post, post.label)) for post in posts]

    @cached_property
    def sections(self) -> list[Section]:
        return [part for part in self._all_sections() if part]

    def _all_sections(self) -> Iterable[Section | None]:
        counts, reviewed = self.counts, sum(bool(line.v["stand"]) for line in self.reviews)
        left = counts["unmarked"]
        told = f"Còn {left} đồng chí chưa điểm danh" if left else f"{counts['came']}/{counts['expected']} có mặt"
        yield Section("diem-danh", "Điểm danh", "meetings/log/attendance.html", told, not left)
        if self.collects_dues:
            paid = sum(1 for line in self.dues if line.v["excused"] or (line.v["paid"] or "0") != "0")
            yield Section(
                "dang-phi",
                "Đảng phí",
                "meetings/log/dues.html",
                f"{paid}/{len(self.dues)} đồng chí đã nộp",
                paid == len(self.dues),
            )
        if self.meeting.form == Form.CELLS:
            yield self._list(
                "to-dang", "Các tổ đảng", "meetings/log/sittings.html", [line for line in self.sittings if line.version]
            )
        yield self._list("khach", "Khách dự", "meetings/log/guests.html", self.guests)
        done = sum(bool(line.v["done"]) for line in self.agenda)
        steps = len(self.agenda)
        yield Section(
            "noi-dung",
            "Nội dung họp",
            "meetings/log/agenda.html",
            f"{done}/{steps} bước đã làm" if steps else "Chưa ghi",
            bool(steps) and done == steps,
        )
        if self.reviews:
            hint = f"{reviewed}/{len(self.reviews)} việc đã xét"
            yield Section(
                "viec-cu", "Việc tháng trước", "meetings/log/reviews.html", hint, reviewed == len(self.reviews)
            )
        nothing = "Không có ý kiến, kiến nghị" if self.head.v["nothing_raised"] else ""
        yield self._list("y-kien", "Ý kiến", "meetings/log/opinions.html", self.opinions, nothing)
        yield self._list("bieu-quyet", "Biểu quyết", "meetings/log/votes.html", self.votes)
        yield self._list("bieu-duong", "Biểu dương, nhắc nhở", "meetings/log/remarks.html", self.remarks)
        yield self._list("kien-nghi", "Kiến nghị lên trên", "meetings/log/proposals.html", self.proposals, nothing)
        yield self._list(
            "ket-luan",
            "Kết luận, giao việc",
            "meetings/log/resolutions.html",
            [one for one in [*self.resolutions, *self.actions] if one.version],
        )
        yield self._list("quyet-nghi", "Quyết nghị", "meetings/log/decisions.html", self.decisions)
        begins, ends = self.head.v["started_at"], self.head.v["ended_at"]
        hours = f"{begins} – {ends}" if begins and ends else f"Bắt đầu {begins}" if begins else "Chưa ghi"
        yield Section("thoi-gian", "Giờ họp, biên bản", "meetings/log/times.html", hours, bool(begins and ends))

    def _list(self, slug: str, title: str, template: str, lines: list[Line], instead: str = "") -> Section:
        return Section(
            slug,
            title,
            template,
            f"{len(lines)} mục đã ghi" if lines else instead or "Chưa ghi",
            bool(lines or instead),
        )

    @cached_property
    def blanks(self) -> dict[str, Line]:
        """What a press on “Thêm” lays out."""
        return {kind: blank_line(kind, KINDS[kind].fields, **values) for kind, values in ADDED.items()}

    def _items(self, kind: str, *order: str) -> list[Line]:
        rows = KINDS[kind].model.objects.allowed(self.actor, Permission.RECORD_MEETING)
        found = self._lines(kind, rows.filter(meeting=self.meeting, gone=False).order_by(*order, "saved_at", "pk"))
        known = {line.id for line in found}
        new = [one for (name, key), one in self.typed.items() if name == kind and key not in known and not one.gone]
        blank = dict.fromkeys(KINDS[kind].fields, "")
        return found + [self._shown(Line(kind, one.id, 0, blank | one.values)) for one in new]

    def _lines(self, kind: str, rows: Iterable[Any]) -> list[Line]:
        return [self._shown(line_of(kind, row, KINDS[kind].fields)) for row in rows]

    def _shown(self, line: Line) -> Line:
        """With what was typed over it, where that was refused or somebody else was quicker."""
        key = (line.kind, line.id)
        if key in self.errors or key in self.conflicts:
            said = self.typed[key]
            line.v = line.v | {name: value for name, value in said.values.items() if name in line.v}
            line.error, line.theirs = self.errors.get(key, ""), self.conflicts.get(key)
        return line

    def _value(self, rule: Any) -> Any:
        return Rulebook.of(self.actor).value(rule, self.meeting.organisation, on=self.meeting.day)
