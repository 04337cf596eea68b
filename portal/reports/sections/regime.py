"""Chế độ sinh hoạt: regular, in time, thematic; which branches still lack a meeting, or have not closed their log."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Count

from branches.models import Kind
from branches.models.summary import Month, MonthQuerySet
from branches.summary.below import figures_below
from branches.summary.months import last_whole_month
from meetings.models import Meeting, MeetingKind
from portal.indicators.registry import indicator
from portal.papers.content import Block, Text
from portal.reports.asked import WHY, Asked
from portal.reports.facts import Facts, Line
from portal.reports.sections.section import About, Section
from portal.reports.sentences import by_count, moved, named, paragraph, sentence
from portal.words.quantities import number

HELD, WEEK_ONE, THEMATIC, ATTENDANCE = "meetings.held", "meetings.week_one", "meetings.thematic", "meetings.attendance"
COMMITTEE = "meetings.committee"
CODES = (HELD, WEEK_ONE, THEMATIC, COMMITTEE, ATTENDANCE)
LACKING, OPEN = "regime.lacking", "regime.open"


class Regime(Section):
    key = "regime"
    title = "Chế độ sinh hoạt"

    def read(self, asked: Asked) -> Facts:
        found = [one for code in CODES if (one := indicator(code))]
        now = figures_below([asked.place.pk], found, asked.span, top=asked.place)[asked.place.pk]
        then = figures_below([asked.place.pk], found, asked.before, top=asked.place)[asked.place.pk]
        lines = tuple(
            Line.of(
                f"regime.{one.code}", one.name, now[one.code], of_what=one.of_what,
                before=(then[one.code].numerator, then[one.code].denominator),
            )
            for one in found
        )  # fmt: skip
        return Facts(asked.today, lines, names={LACKING: _lacking(asked), OPEN: _open(asked)})

    def tell(self, facts: Facts, about: About) -> Iterable[Block]:
        said = {line.key.removeprefix("regime."): line for line in facts.lines_of("regime.")}
        if not said[HELD].whole:
            yield Text(sentence(f"{about.period} không có kỳ sinh hoạt thường kỳ nào phải tổ chức"))
            return
        if self.brief:
            held, attendance = (replace(said[code], before=None) for code in (HELD, ATTENDANCE))
            yield Text(paragraph(sentence(_held(held)), _attendance(attendance, meetings=held.part)))
            return
        yield Text(paragraph(_kept(said), _attendance(said[ATTENDANCE], meetings=said[HELD].part)))
        if lacking := facts.names.get(LACKING):
            yield Text(sentence(f"còn thiếu kỳ sinh hoạt thường kỳ: {named(lacking)}"))
        if still_open := facts.names.get(OPEN):
            yield Text(sentence(f"đã họp nhưng sổ chưa đóng, chưa tính vào báo cáo này: {named(still_open)}"))


def _kept(said: dict[str, Line]) -> str:
    """Of one month in one sentence, of more in one each."""
    found = [_held(said[HELD]), _in_time(said[WEEK_ONE]), _thematic(said[THEMATIC]), _committee(said[COMMITTEE])]
    return sentence(*found) if said[HELD].whole == 1 else paragraph(*map(sentence, found))


def _held(line: Line) -> str:
    """Tổ chức 118/120 kỳ sinh hoạt thường kỳ (98,3 %), giảm 1,7 điểm phần trăm …, còn 2 kỳ chưa tổ chức."""
    return by_count(
        line,
        one="đã tổ chức sinh hoạt thường kỳ",
        not_one="chưa tổ chức sinh hoạt thường kỳ",
        every="tổ chức đủ {part}/{whole} kỳ sinh hoạt thường kỳ (100 %)" + moved(line),
        none="chưa tổ chức kỳ nào trong {whole} kỳ sinh hoạt thường kỳ" + moved(line),
        some="tổ chức {part}/{whole} kỳ sinh hoạt thường kỳ ({rate})" + moved(line) + ", còn {lacking} kỳ chưa tổ chức",
    )


def _in_time(line: Line) -> str:
    return by_count(
        line,
        one="buổi họp đúng hạn",
        not_one="buổi họp không đúng hạn",
        every="cả {whole} buổi đã họp đều đúng hạn",
        none="không buổi nào trong {whole} buổi đã họp đúng hạn",
        some="{part}/{whole} buổi họp đúng hạn ({rate})",
    )


def _thematic(line: Line) -> str:
    return by_count(
        line,
        one="đã sinh hoạt chuyên đề của quý",
        not_one="chưa sinh hoạt chuyên đề của quý",
        every="sinh hoạt chuyên đề theo quý đủ {part}/{whole} kỳ (100 %)" + moved(line),
        none="chưa kỳ nào trong {whole} kỳ sinh hoạt chuyên đề theo quý được tổ chức" + moved(line),
        some="sinh hoạt chuyên đề theo quý đạt {part}/{whole} kỳ ({rate})" + moved(line),
    )


def _committee(line: Line) -> str:
    return by_count(
        line,
        one="chi ủy đã họp",
        not_one="chi ủy chưa họp",
        every="chi ủy họp đủ {part}/{whole} kỳ (100 %)",
        none="chưa kỳ họp chi ủy nào trong {whole} kỳ được tổ chức",
        some="chi ủy họp {part}/{whole} kỳ ({rate})",
    )


def _attendance(line: Line, *, meetings: int) -> str:
    """Of turns: each member that was expected at each meeting."""
    turns = "đảng viên" if meetings == 1 else "lượt đảng viên"
    return sentence(
        by_count(
            line,
            one="đảng viên phải dự sinh hoạt có mặt",
            not_one="đảng viên phải dự sinh hoạt vắng mặt",
            every=f"cả {{whole}} {turns} phải dự sinh hoạt thường kỳ đều có mặt" + moved(line),
            none=f"cả {{whole}} {turns} phải dự sinh hoạt thường kỳ đều vắng mặt" + moved(line),
            some=f"{{part}}/{{whole}} {turns} dự sinh hoạt thường kỳ ({{rate}})" + moved(line),
        )
    )


def _lacking(asked: Asked) -> tuple[str, ...]:
    """Of a branch its months; of a committee its branches, those that lack most first: Chi bộ thôn Đông (2 kỳ)."""
    rows = _months(asked).filter(in_use=True, regular_excused=False).exclude(regular_held_on__lte=asked.until)
    if asked.is_branch:
        return tuple(f"tháng {month:%m/%Y}" for month in rows.order_by("month").values_list("month", flat=True))
    lacking = dict(rows.values_list("organisation").annotate(count=Count("month")))
    listed = sorted((-count, asked.named(pk), count) for pk, count in lacking.items())
    return tuple(f"{name} ({number(count)} kỳ)" for _, name, count in listed)


def _open(asked: Asked) -> tuple[str, ...]:
    """Began and never closed: what they hold is not counted."""
    rows = Meeting.objects.everywhere(reason=WHY).standing().filter(
        kind=MeetingKind.REGULAR, period__gte=asked.first, period__lte=last_whole_month(asked.until),
        started_at__isnull=False, closed_at=None,
        organisation__ancestries__ancestor=asked.place, organisation__ancestries__days__contains=asked.until,
    )  # fmt: skip
    listed = rows.order_by("period", "organisation__sort_key").values_list("organisation", "period")
    if asked.is_branch:
        return tuple(f"tháng {period:%m/%Y}" for _, period in listed if period)
    return tuple(f"{asked.named(pk)} (tháng {period:%m/%Y})" for pk, period in listed if period)


def _months(asked: Asked) -> MonthQuerySet:
    rows = Month.objects.everywhere(reason=WHY).filter(organisation__kind=Kind.BRANCH)
    return rows.below_as_of(asked.place, asked.until).between(asked.first, last_whole_month(asked.until)).order_by()
