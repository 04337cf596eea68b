"""Chế độ sinh hoạt: regular, in time, thematic; which branches still lack a meeting, or have not closed their log."""

from collections.abc import Iterable

from django.db.models import Count, Q

from branches.models import Kind, Organisation
from branches.models.summary import Month, MonthQuerySet
from branches.summary.below import figures_below
from branches.summary.months import last_whole_month
from meetings.models import Meeting, MeetingKind
from portal.indicators.registry import indicator
from portal.papers.content import Block, Text
from portal.reports.asked import WHY, Asked
from portal.reports.facts import Facts, Line
from portal.reports.sections.section import About, Section
from portal.reports.sentences import moved, named, paragraph, sentence
from portal.words.quantities import number

HELD, WEEK_ONE, THEMATIC, ATTENDANCE = "meetings.held", "meetings.week_one", "meetings.thematic", "meetings.attendance"
CODES = (HELD, WEEK_ONE, THEMATIC, "meetings.committee", ATTENDANCE)
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
        said = {line.key.removeprefix("regime."): line for line in facts.lines}
        if not said[HELD].whole:
            yield Text(f"{about.period[:1].upper()}{about.period[1:]} chưa có kỳ sinh hoạt nào phải tổ chức.")
            return
        yield Text(paragraph(_held(said), _in_time(said), _thematic(said), _attendance(said)))
        if lacking := facts.names.get(LACKING):
            yield Text(sentence(f"còn thiếu kỳ sinh hoạt thường kỳ: {named(lacking)}"))
        if still_open := facts.names.get(OPEN):
            yield Text(sentence(f"đã họp nhưng sổ chưa đóng, chưa tính vào báo cáo này: {named(still_open)}"))


def _held(said: dict[str, Line]) -> str:
    line = said[HELD]
    lacking = f", còn {number(line.lacking)} kỳ chưa tổ chức" if line.lacking else ""
    return sentence(
        f"tổ chức {number(line.part)}/{number(line.whole)} kỳ sinh hoạt thường kỳ ({line.rate}){moved(line)}{lacking}"
    )


def _in_time(said: dict[str, Line]) -> str:
    line = said[WEEK_ONE]
    if not line.whole:
        return ""
    return sentence(
        "các buổi đã họp đều đúng hạn"
        if line.is_whole
        else f"{number(line.part)}/{number(line.whole)} buổi họp đúng hạn ({line.rate})"
    )


def _thematic(said: dict[str, Line]) -> str:
    line = said[THEMATIC]
    if not line.whole:
        return ""
    return sentence(
        f"sinh hoạt chuyên đề đạt {number(line.part)}/{number(line.whole)} kỳ quý ({line.rate}){moved(line)}"
    )


def _attendance(said: dict[str, Line]) -> str:
    line = said[ATTENDANCE]
    if not line.whole:
        return ""
    return sentence(f"tỷ lệ đảng viên dự sinh hoạt thường kỳ bình quân {line.rate}{moved(line)}")


def _lacking(asked: Asked) -> tuple[str, ...]:
    """Chi bộ thôn Đông (tháng 3, 5): by branch, the most first."""
    if asked.is_branch:
        return _own_months(asked)
    rows = _months(asked).filter(in_use=True, regular_excused=False).exclude(regular_held_on__lte=asked.until)
    counted = rows.values_list("organisation", "organisation__name").annotate(count=Count("month"))
    listed = sorted(counted, key=lambda row: (-row[2], row[1]))
    return tuple(f"{name} ({number(count)} kỳ)" for _, name, count in listed)


def _own_months(asked: Asked) -> tuple[str, ...]:
    rows = _months(asked).filter(in_use=True, regular_excused=False).exclude(regular_held_on__lte=asked.until)
    return tuple(f"tháng {month:%m/%Y}" for month in rows.order_by("month").values_list("month", flat=True))


def _open(asked: Asked) -> tuple[str, ...]:
    """Began and never closed: what they hold is not counted."""
    rows = Meeting.objects.everywhere(reason=WHY).standing().filter(
        kind=MeetingKind.REGULAR, period__gte=asked.first, period__lte=last_whole_month(asked.until),
        started_at__isnull=False, closed_at=None,
        organisation__ancestries__ancestor=asked.place, organisation__ancestries__days__contains=asked.until,
    )  # fmt: skip
    listed = rows.order_by("period", "organisation__sort_key").values_list("organisation__name", "period")
    return tuple(f"{name} (tháng {period:%m/%Y})" for name, period in listed)


def _months(asked: Asked) -> MonthQuerySet:
    rows = Month.objects.everywhere(reason=WHY).filter(Q(organisation__kind=Kind.BRANCH))
    below = Organisation.objects.everywhere(reason=WHY).below_as_of(asked.place, asked.until).values("pk")
    return rows.filter(organisation__in=below).between(asked.first, last_whole_month(asked.until)).order_by()
