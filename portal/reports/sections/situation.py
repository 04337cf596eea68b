"""Tình hình chung: how many organisations and members there are, how that changed, who has not written anything down."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, F, Q, Sum

from branches.models import Kind, Organisation
from branches.models.summary import Month
from branches.summary.below import figures_below
from branches.summary.months import last_whole_month
from portal.indicators.registry import indicator
from portal.papers.content import Block, Text
from portal.reports.asked import WHY, Asked
from portal.reports.facts import Facts, Line
from portal.reports.sections.section import About, Section
from portal.reports.sentences import named, of_all, paragraph, sentence
from portal.words.quantities import number

BRANCHES, COMMITTEES, STRENGTH, WORKING = (
    "situation.branches",
    "situation.committees",
    "situation.strength",
    "situation.working",
)
STRENGTH_BEFORE, OFFICERS = "situation.strength_before", "members.officers_complete"
EMPTY = "situation.without_members"


class Situation(Section):
    key = "situation"
    title = "Tình hình chung"

    def read(self, asked: Asked) -> Facts:
        counts = _counted(asked, last_whole_month(asked.until), asked.until)
        before = _counted(asked, last_whole_month(asked.before.last), asked.before.last)
        lines = [
            Line(BRANCHES, "Chi bộ", counts["branches"]),
            Line(COMMITTEES, "Đảng bộ trực thuộc", len(asked.committees)),
            Line(STRENGTH, "Đảng viên", counts["strength"]),
            Line(STRENGTH_BEFORE, "Đảng viên cùng kỳ năm trước", before["strength"]),
            Line(WORKING, "Đảng viên đang công tác", counts["working"]),
        ]
        if (officers := indicator(OFFICERS)) is not None:
            figure = figures_below([asked.place.pk], [officers], asked.span, top=asked.place)[asked.place.pk][OFFICERS]
            lines.append(Line.of(OFFICERS, "Chi bộ đủ bí thư, phó bí thư", figure))
        empty = _without_members(asked)
        return Facts(asked.today, tuple(lines), names={EMPTY: empty})

    def tell(self, facts: Facts, about: About) -> Iterable[Block]:
        said = {line.key: line for line in facts.lines}
        branches, strength = said[BRANCHES].part, said[STRENGTH].part
        yield Text(paragraph(_has(about, said), _changed(said), _officers(said, about)))
        if not branches and about.level != "branch":
            yield Text("Trong kỳ chưa có chi bộ nào hoạt động.")
        if not strength:
            yield Text("Chưa ghi đảng viên nào vào danh sách.")
        if empty := facts.names.get(EMPTY):
            yield Text(sentence(f"{number(len(empty))} chi bộ chưa có đảng viên trong danh sách: {named(empty)}"))


def _has(about: About, said: dict[str, Line]) -> str:
    """Đảng bộ xã Phú Lương có 12 chi bộ với 285 đảng viên, trong đó 266 đang công tác."""
    members = f"{number(said[STRENGTH].part)} đảng viên"
    working = f", trong đó {number(said[WORKING].part)} đảng viên đang công tác" if said[WORKING].part else ""
    if about.level == "branch":
        return sentence(f"{about.body} có {members}{working}")
    committees = f"{number(said[COMMITTEES].part)} đảng bộ trực thuộc, " if said[COMMITTEES].part else ""
    return sentence(f"{about.body} có {committees}{number(said[BRANCHES].part)} chi bộ với {members}{working}")


def _changed(said: dict[str, Line]) -> str:
    now, before = said[STRENGTH].part, said[STRENGTH_BEFORE].part
    if not before:
        return ""
    if now == before:
        return "Số đảng viên bằng cùng kỳ năm trước."
    return f"So với cùng kỳ năm trước {'tăng' if now > before else 'giảm'} {number(abs(now - before))} đảng viên."


def _officers(said: dict[str, Line], about: About) -> str:
    line = said.get(OFFICERS)
    if line is None or not line.whole or about.level == "branch":
        return ""
    return sentence(of_all(line, "chi bộ", "có đủ bí thư, phó bí thư", not_done="chưa đủ bí thư, phó bí thư"))


def _counted(asked: Asked, month: date, tree_on: date) -> dict[str, int]:
    rows = Month.objects.everywhere(reason=WHY).filter(
        organisation__kind=Kind.BRANCH, month=month,
        organisation__ancestries__ancestor=asked.place, organisation__ancestries__days__contains=tree_on,
    ).order_by()  # fmt: skip
    found = rows.aggregate(
        branches=Count("month", filter=Q(in_use=True)), strength=Sum("strength"), working=Sum("working")
    )
    return {name: int(value or 0) for name, value in found.items()}


def _without_members(asked: Asked) -> tuple[str, ...]:
    """Branches that live and have nobody in their roll."""
    rows = Organisation.objects.everywhere(reason=WHY).below_as_of(asked.place, asked.until).filter(kind=Kind.BRANCH)
    rows = rows.filter(months__month=last_whole_month(asked.until), months__in_use=True, months__strength=0)
    return tuple(rows.exclude(pk=asked.place.pk).order_by(F("sort_key")).values_list("name", flat=True))
