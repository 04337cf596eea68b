"""Kết quả theo từng chỉ tiêu: what documents ask for in per cent, against what the portal counted; the same a year before."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Q

from branches.summary.below import figures_below
from directives.models import Document, Target
from directives.models.document import DocumentQuerySet
from directives.targets.level import PERCENT
from directives.targets.measured import level_of
from portal.access.reach import paths_down_to
from portal.indicators.registry import NOTHING, Figure, Indicator, indicator
from portal.papers.content import Block, Text
from portal.reports.asked import WHY, Asked
from portal.reports.facts import Facts, Line, Sheet
from portal.reports.sections.section import About, Section, table_of
from portal.reports.sentences import by_count, sentence
from portal.words.quantities import DOES_NOT_APPLY, number

HEADS = ("TT", "Chỉ tiêu", "Yêu cầu", "Cùng kỳ năm trước", "Kỳ này", "Đánh giá", "Số nơi đạt")
WIDTHS = (9, 0, 20, 19, 29, 20, 15)
SIDES = "clccccc"
VERDICTS = {True: "Đạt", False: "Chưa đạt", None: DOES_NOT_APPLY}
IN_BRIEF = (0, 1, 2, 4, 5)  # which columns stand where there is little room
WIDTHS_IN_BRIEF = (9, 0, 20, 40, 20)


class Targets(Section):
    key = "targets"
    title = "Các chỉ tiêu"

    def read(self, asked: Asked) -> Facts:
        found = _targets(asked)
        indicators = list({one.code: one for _, one in found}.values())
        now = figures_below([asked.place.pk], indicators, asked.span, top=asked.place)[asked.place.pk]
        then = figures_below([asked.place.pk], indicators, asked.before, top=asked.place)[asked.place.pk]
        below = _below(asked, indicators)
        lines = tuple(_line(target, one, now, then, below) for target, one in found)
        return Facts(asked.today, lines, (_sheet(lines, about_places=bool(below)),) if lines else ())

    def tell(self, facts: Facts, about: About) -> Iterable[Block]:
        counted = [line for line in facts.lines_of("target.") if line.whole]
        if not counted:
            yield Text("Trong kỳ chưa có số liệu để đối chiếu với chỉ tiêu nào.")
            return
        met = sum(bool(line.met) for line in counted)
        yield Text(_how_many(met, len(counted)))
        if sheet := facts.sheet(self.key):
            yield table_of(_in_brief(sheet) if self.brief else sheet)


def _how_many(met: int, counted: int) -> str:
    """Which are not met stands in the table, and where what lacks is spoken of."""
    whole = Line("", "", met, counted)
    return sentence(
        by_count(
            whole,
            one="chỉ tiêu duy nhất đã đạt",
            not_one="chỉ tiêu duy nhất chưa đạt",
            every="cả {whole} chỉ tiêu đều đạt",
            none="chưa chỉ tiêu nào trong {whole} chỉ tiêu đạt yêu cầu",
            some="{part}/{whole} chỉ tiêu đạt yêu cầu, {lacking} chỉ tiêu chưa đạt",
        )
    )


def _in_brief(sheet: Sheet) -> Sheet:
    rows = tuple(tuple(row[place] for place in IN_BRIEF) for row in sheet.rows)
    heads, sides = tuple(sheet.heads[place] for place in IN_BRIEF), "".join(sheet.sides[place] for place in IN_BRIEF)
    return replace(sheet, heads=heads, rows=rows, widths=WIDTHS_IN_BRIEF, sides=sides)


def _targets(asked: Asked) -> list[tuple[Target, Indicator]]:
    """Of documents in force that reach the place, or of the one it is about; each indicator and level once."""
    rows = Target.objects.everywhere(reason=WHY).filter(unit=PERCENT, value__isnull=False).exclude(indicator="")
    rows = rows.filter(obligation__document__in=_documents(asked).values("pk")).select_related("obligation")
    rows = rows.order_by("-obligation__document__issued_on", "obligation__document_id", "obligation__start", "pk")
    found: dict[tuple[str, str], tuple[Target, Indicator]] = {}
    for row in rows:
        if one := indicator(row.indicator):
            found.setdefault((one.code, row.goal), (row, one))
    return list(found.values())


def _documents(asked: Asked) -> DocumentQuerySet:
    rows = Document.objects.everywhere(reason=WHY).open_ones()
    if asked.document:
        return rows.filter(pk=asked.document.pk).order_by()
    reach = Q(keeper=None) | Q(keeper__path__in=paths_down_to(asked.place.path))
    return rows.on(asked.until).filter(reach).order_by()


def _below(asked: Asked, indicators: list[Indicator]) -> dict[int, dict[str, Figure]]:
    if asked.is_branch or not asked.children:
        return {}
    return figures_below([one.pk for one in asked.children], indicators, asked.span, top=asked.place)


def _line(
    target: Target, one: Indicator, now: dict[str, Figure], then: dict[str, Figure], below: dict[int, dict[str, Figure]]
) -> Line:
    level, figure, before = level_of(target), now[one.code], then[one.code]
    assert level
    counted = [figures[one.code] for figures in below.values() if figures[one.code].denominator]
    is_whole = sum(counted, NOTHING) == figure  # what nobody below answers for is nobody's to meet
    return Line.of(
        f"target.{one.code}.{target.goal}", one.name, figure, of_what=one.of_what, goal=target.goal,
        met=level.is_met(figure) if figure.denominator else None,
        before=(before.numerator, before.denominator) if before.denominator else None,
        places=(sum(level.is_met(part) for part in counted), len(counted)) if counted and is_whole else None,
    )  # fmt: skip


def _sheet(lines: tuple[Line, ...], *, about_places: bool) -> Sheet:
    rows = [
        (str(place), line.words, line.goal, line.rate_before, line.said, VERDICTS[line.met], _places(line))
        for place, line in enumerate(lines, 1)
    ]
    title = "Thực hiện các chỉ tiêu"
    if about_places:
        return Sheet("targets", title, HEADS, tuple(rows), WIDTHS, sides=SIDES)
    return Sheet("targets", title, HEADS[:-1], tuple(row[:-1] for row in rows), WIDTHS[:-1], sides=SIDES[:-1])


def _places(line: Line) -> str:
    return f"{number(line.places[0])}/{number(line.places[1])}" if line.places else DOES_NOT_APPLY
