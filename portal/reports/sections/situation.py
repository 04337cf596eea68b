"""Tình hình chung: how many organisations and members there are on the last day, how that changed, who has not written anything down."""

from collections.abc import Iterable
from datetime import date

from branches.models import Kind, Organisation
from branches.models.organisation import OrganisationQuerySet
from branches.summary.below import figures_below
from members.models import Membership
from members.models.membership import MembershipQuerySet
from portal.indicators.registry import indicator
from portal.papers.content import Block, Text
from portal.reports.asked import WHY, Asked
from portal.reports.facts import Facts, Line
from portal.reports.sections.section import About, Section
from portal.reports.sentences import named, of_all, paragraph, sentence
from portal.words.quantities import day, number

BRANCHES, COMMITTEES, STRENGTH, WORKING = (
    "situation.branches",
    "situation.committees",
    "situation.strength",
    "situation.working",
)
STRENGTH_BEFORE, OFFICERS = "situation.strength_before", "members.officers_complete"
EMPTY, ON = "situation.without_members", "situation.on"


class Situation(Section):
    key = "situation"
    title = "Tổ chức đảng, đảng viên"

    def read(self, asked: Asked) -> Facts:
        here = _counted(asked.place, asked.until)
        lines = [
            Line(BRANCHES, "Chi bộ", _branches(asked).count()),
            Line(COMMITTEES, "Đảng bộ trực thuộc", len(asked.committees)),
            Line(STRENGTH, "Đảng viên", here.count()),
            Line(STRENGTH_BEFORE, "Đảng viên cùng kỳ năm trước", _counted(asked.place, asked.before.last).count()),
            Line(WORKING, "Đảng viên đang công tác", here.working_on(asked.until).count()),
        ]
        if (officers := indicator(OFFICERS)) is not None:
            figure = figures_below([asked.place.pk], [officers], asked.span, top=asked.place)[asked.place.pk][OFFICERS]
            lines.append(Line.of(OFFICERS, "Chi bộ đủ bí thư, phó bí thư", figure))
        peopled = here.values("organisation")
        empty = _branches(asked).exclude(pk=asked.place.pk).exclude(pk__in=peopled).in_order()
        names = {EMPTY: tuple(asked.named(pk) for pk in empty.values_list("pk", flat=True)), ON: (day(asked.until),)}
        return Facts(asked.today, tuple(lines), names=names)

    def tell(self, facts: Facts, about: About) -> Iterable[Block]:
        said = {line.key: line for line in facts.lines}
        if about.level != "branch" and not said[BRANCHES].part:
            yield Text(sentence(f"{_when(facts)}{about.body} không có chi bộ nào"))
            return
        if not said[STRENGTH].part:
            yield Text(sentence(f"{_when(facts)}{about.body} chưa có đảng viên nào trong danh sách"))
            return
        if self.brief:
            yield Text(_has(facts, about, said))
            return
        yield Text(paragraph(_has(facts, about, said), _changed(said), _officers(said, about)))
        if empty := facts.names.get(EMPTY):
            yield Text(sentence(f"{number(len(empty))} chi bộ chưa có đảng viên trong danh sách: {named(empty)}"))


def _when(facts: Facts) -> str:
    days = facts.names.get(ON)
    return f"đến ngày {days[0]}, " if days else ""


def _has(facts: Facts, about: About, said: dict[str, Line]) -> str:
    """Đến ngày 31/10/2026, Đảng bộ xã Phú Lương có 12 chi bộ với 285 đảng viên, trong đó 266 đảng viên đang công tác."""
    strength, working = said[STRENGTH].part, said[WORKING].part
    members = f"{number(strength)} đảng viên"
    if working == strength:
        members += f", {'đều ' if strength > 1 else ''}đang công tác"
    else:
        members += f", trong đó {number(working)} đảng viên đang công tác" if working else ", đều được miễn công tác"
    if about.level == "branch":
        return sentence(f"{_when(facts)}{about.body} có {members}")
    committees = f"{number(said[COMMITTEES].part)} đảng bộ trực thuộc, " if said[COMMITTEES].part else ""
    return sentence(f"{_when(facts)}{about.body} có {committees}{number(said[BRANCHES].part)} chi bộ với {members}")


def _changed(said: dict[str, Line]) -> str:
    now, before = said[STRENGTH].part, said[STRENGTH_BEFORE].part
    if not before:
        return ""
    if now == before:
        return "Số đảng viên bằng cùng kỳ năm trước."
    return f"So với cùng kỳ năm trước {'tăng' if now > before else 'giảm'} {number(abs(now - before))} đảng viên."


def _officers(said: dict[str, Line], about: About) -> str:
    line = said.get(OFFICERS)
    if line is None or about.level == "branch":
        return ""
    return sentence(of_all(line, "chi bộ", "có đủ bí thư, phó bí thư", not_done="chưa đủ bí thư, phó bí thư"))


def _branches(asked: Asked) -> OrganisationQuerySet:
    rows = Organisation.objects.everywhere(reason=WHY).below_as_of(asked.place, asked.until)
    return rows.filter(kind=Kind.BRANCH).living(asked.until)


def _counted(place: Organisation, on: date) -> MembershipQuerySet:
    """The strength on a day, in the tree of that day."""
    below = Organisation.objects.everywhere(reason=WHY).below_as_of(place, on).order_by().values("pk")
    return Membership.objects.everywhere(reason=WHY).counted_on(on).filter(organisation__in=below)
