"""Chế độ báo cáo: which of those below have sent the report of the same period, who late, who not."""

from collections.abc import Iterable

from portal.papers.content import Block, Text
from portal.reports.asked import Asked
from portal.reports.expected import Expected, due_kinds, expected_of
from portal.reports.facts import Facts, Line
from portal.reports.queries.arriving import Row, round_as_it_is
from portal.reports.sections.section import About, Section
from portal.reports.sentences import named, of_all, paragraph, sentence
from portal.words.quantities import number

SENT, LATE, MISSING, RETURNED = "sending.sent", "sending.late", "sending.missing", "sending.returned"


class Sending(Section):
    key = "sending"
    title = "Chế độ báo cáo"

    def read(self, asked: Asked) -> Facts:
        expected = owed_to(asked)
        if expected is None:
            return Facts(asked.today)
        found = round_as_it_is(asked.place, expected, today=asked.today)
        returned = tuple(row.name for row in found.rows if row.state == "tra-lai")
        late, missing = tuple(map(_late, found.late)), tuple(row.name for row in found.missing)
        lines = (
            Line(SENT, f"Nơi đã gửi {expected.short}", found.sent, found.asked, of_what="nơi phải gửi"),
            Line(LATE, f"Nơi gửi {expected.short} muộn", len(late)),
        )
        names = {LATE: late, MISSING: missing, RETURNED: returned}
        return Facts(asked.today, lines, notes=tuple(filter(None, _notes(names, expected))), names=names)

    def tell(self, facts: Facts, about: About) -> Iterable[Block]:
        line = facts.line(SENT)
        if line is None or not line.whole:
            yield Text("Kỳ này không nơi trực thuộc nào phải gửi báo cáo riêng.")
            return
        noun = "đảng bộ trực thuộc" if about.level == "province" else "chi bộ"
        report = line.words.removeprefix("Nơi đã gửi ")
        said = of_all(line, noun, f"đã gửi {report}", not_done=f"chưa gửi {report}")
        yield Text(paragraph(sentence(said), *facts.notes))


def owed_to(asked: Asked) -> Expected | None:
    """The report of exactly these days that those directly below send here."""
    there = {one.kind for one in asked.children}
    for kind in due_kinds():
        expected = expected_of(kind, asked.first)
        if expected and kind.of & there and (expected.period.first, expected.period.ends) == (asked.first, asked.last):
            return expected
    return None


def _notes(names: dict[str, tuple[str, ...]], expected: Expected) -> Iterable[str]:
    if names[MISSING]:
        yield sentence(f"chưa gửi: {named(names[MISSING])}")
        yield "Số liệu của nơi chưa gửi vẫn có trong báo cáo này, do cổng tổng hợp từ sổ sinh hoạt."
    if names[LATE]:
        yield sentence(f"gửi muộn: {named(names[LATE])}")
    if names[RETURNED]:
        yield sentence(f"đã trả lại, chưa có bản thay thế: {named(names[RETURNED])}")


def _late(row: Row) -> str:
    return f"{row.name} (muộn {number(row.days_late)} ngày)"
