"""Điểm danh cả năm: who was at which regular meeting. With names: a branch's own sheet, for who reads its roll."""

from collections.abc import Iterable

from meetings.models import Attendance, Mark, MeetingKind, Standing
from portal.papers.content import Block, Note, Text
from portal.reports.asked import WHY, Asked
from portal.reports.facts import Facts, Line, Sheet
from portal.reports.sections.section import About, Section, table_of
from portal.reports.sentences import sentence
from portal.words.quantities import DOES_NOT_APPLY, number

SIGNS = {Mark.PRESENT: "x", Mark.LATE: "m", Mark.ONLINE: "t", Mark.EXCUSED: "P", Mark.ABSENT: "K"}
EXEMPT = "–"
LEGEND = "x: có mặt; m: đến muộn; t: dự trực tuyến; P: vắng có lý do; K: vắng không lý do; –: được miễn; để trống: không có trong danh sách hoặc chưa họp."
RATE = "attendance.rate"


class YearOfAttendance(Section):
    key = "attendance"
    title = "Điểm danh sinh hoạt thường kỳ"

    def read(self, asked: Asked) -> Facts:
        rows = Attendance.objects.everywhere(reason=WHY).filter(
            meeting__organisation=asked.place, meeting__kind=MeetingKind.REGULAR, meeting__closed_at__isnull=False,
            meeting__called_off_at=None,
            meeting__period__gte=asked.first, meeting__period__lte=asked.until,
        )  # fmt: skip
        people: dict[int, str] = {}
        marks: dict[tuple[int, int], str] = {}
        came: dict[int, list[int]] = {}
        listed = rows.order_by("member__sort_key", "member_id", "meeting__period")
        for member, name, standing, mark, period in listed.values_list(
            "member_id", "name", "standing", "mark", "meeting__period"
        ):
            assert period, "a regular meeting is of a month"
            people[member] = name
            if standing == Standing.EXEMPT:
                marks[member, period.month] = EXEMPT
                continue
            marks[member, period.month] = SIGNS.get(Mark(mark), "") if mark else ""
            count = came.setdefault(member, [0, 0])
            count[0] += mark in Mark.came()
            count[1] += 1
        months = (
            range(asked.first.month, asked.until.month + 1) if asked.first.year == asked.until.year else range(1, 13)
        )
        lines = [
            (str(place), name, *(marks.get((member, month), "") for month in months), _count(came.get(member)))
            for place, (member, name) in enumerate(people.items(), 1)
        ]
        heads = ("TT", "Họ và tên", *(str(month) for month in months), "Dự họp")
        sheet = Sheet(
            "attendance.sheet",
            "Điểm danh từng tháng",
            heads,
            tuple(lines),
            (9, 0, *(8 for _ in months), 16),
            sides=f"cl{'c' * (len(months) + 1)}",
        )
        whole = Line(RATE, "Lượt dự họp", sum(one[0] for one in came.values()), sum(one[1] for one in came.values()))
        return Facts(asked.today, (whole,), (sheet,))

    def tell(self, facts: Facts, about: About) -> Iterable[Block]:
        rate, sheet = facts.line(RATE), facts.sheet("attendance.sheet")
        if rate is None or sheet is None or not sheet.rows:
            yield Text("Chưa có buổi sinh hoạt thường kỳ nào đã đóng sổ trong năm.")
            return
        listed = f"có {number(len(sheet.rows))} đảng viên trong danh sách điểm danh"
        came = f"{number(rate.part)}/{number(rate.whole)} lượt dự họp ({rate.rate})" if rate.whole else ""
        yield Text(sentence(", ".join(filter(None, [listed, came]))))
        yield table_of(sheet)
        yield Note(LEGEND)


def _count(came: list[int] | None) -> str:
    """8/9"""
    return f"{number(came[0])}/{number(came[1])}" if came else DOES_NOT_APPLY
