"""Chất lượng sinh hoạt: how meetings were scored, what they were like, what came of what they decided."""

from collections.abc import Iterable

from django.db.models import Avg, Count, Sum

from branches.models import Kind
from branches.models.summary import Month, MonthQuerySet
from branches.summary.below import figures_below
from branches.summary.months import last_whole_month
from portal.indicators.registry import indicator
from portal.papers.content import Block, Text
from portal.reports.asked import WHY, Asked
from portal.reports.facts import Facts, Line
from portal.reports.sections.section import About, Section
from portal.reports.sentences import moved, paragraph, sentence
from portal.words.quantities import number, percent

SCORED, STEPS, RESOLVED, ACTIONS, DUES = (
    "meetings.scored", "meetings.steps", "meetings.resolved", "meetings.actions_in_time", "meetings.dues",
)  # fmt: skip
CODES = (SCORED, STEPS, RESOLVED, ACTIONS, DUES)
BANDS, SPEAKERS = "quality.band.", "quality.speakers"


class Quality(Section):
    key = "quality"
    title = "Chất lượng sinh hoạt"

    def read(self, asked: Asked) -> Facts:
        found = [one for code in CODES if (one := indicator(code))]
        now = figures_below([asked.place.pk], found, asked.span, top=asked.place)[asked.place.pk]
        then = figures_below([asked.place.pk], found, asked.before, top=asked.place)[asked.place.pk]
        lines = [
            Line.of(
                f"quality.{one.code}", one.name, now[one.code], of_what=one.of_what,
                before=(then[one.code].numerator, then[one.code].denominator),
            )
            for one in found
        ]  # fmt: skip
        return Facts(asked.today, (*lines, *_bands(asked), *_speakers(asked)))

    def tell(self, facts: Facts, about: About) -> Iterable[Block]:
        said = {line.key.removeprefix("quality."): line for line in facts.lines}
        scored = said[SCORED]
        if not scored.whole:
            yield Text("Chưa có buổi sinh hoạt nào để đánh giá chất lượng.")
            return
        yield Text(paragraph(_scored(scored, facts.lines_of(BANDS)), _spoke(said), _steps(said[STEPS])))
        if work := paragraph(_resolved(said[RESOLVED]), _actions(said[ACTIONS]), _dues(said[DUES])):
            yield Text(work)


def _scored(scored: Line, bands: list[Line]) -> str:
    """Đã chấm điểm 118/118 buổi; 58,5 % tốt, 40,7 % khá."""
    if not scored.part:
        return sentence(f"chưa buổi nào trong {number(scored.whole)} buổi đã họp được chấm điểm")
    said = [f"{percent(band.part, scored.part)} {band.words.lower()}" for band in bands if band.part]
    how = "đã chấm điểm cả" if scored.is_whole else "đã chấm điểm"
    counted = number(scored.part) if scored.is_whole else f"{number(scored.part)}/{number(scored.whole)}"
    shares = f"; trong đó {', '.join(said)}" if said else ""
    return sentence(f"{how} {counted} buổi sinh hoạt thường kỳ{shares}")


def _spoke(said: dict[str, Line]) -> str:
    line = said.get(SPEAKERS.removeprefix("quality."))
    if line is None or not line.part:
        return ""
    return sentence(f"bình quân mỗi buổi có {number(line.part / 10, 1)} đảng viên phát biểu")


def _steps(line: Line) -> str:
    if not line.whole:
        return ""
    if line.is_whole:
        return "Mọi buổi đều làm đủ các bước theo quy định."
    return sentence(f"{number(line.part)}/{number(line.whole)} chi bộ làm đủ các bước trong mọi buổi ({line.rate})")


def _resolved(line: Line) -> str:
    if not line.whole:
        return ""
    return sentence(
        f"{number(line.part)}/{number(line.whole)} buổi có kết luận giao rõ việc, người làm, thời hạn ({line.rate}){moved(line)}"
    )


def _actions(line: Line) -> str:
    if not line.whole:
        return ""
    return sentence(
        f"trong {number(line.whole)} việc giao tại các buổi họp đã đến hạn, {number(line.part)} việc xong đúng hạn ({line.rate})"
    )


def _dues(line: Line) -> str:
    if not line.whole:
        return ""
    return sentence(f"đảng phí đã nộp {number(line.part)}/{number(line.whole)} đồng ({line.rate})")


def _bands(asked: Asked) -> list[Line]:
    rows = _months(asked).filter(regular_score__isnull=False).values_list("regular_place", "regular_band")
    counted: dict[str, int] = {}
    for _, band, count in rows.annotate(count=Count("month")).order_by("regular_place", "regular_band"):
        counted[band or "Chưa xếp mức"] = counted.get(band or "Chưa xếp mức", 0) + count
    return [Line(f"{BANDS}{name}", name, count) for name, count in counted.items()]


def _speakers(asked: Asked) -> list[Line]:
    """In tenths of a person, so that it is whole."""
    held = _months(asked).aggregate(mean=Avg("regular_speakers"), all=Sum("regular_speakers"))
    return [Line(SPEAKERS, "Đảng viên phát biểu mỗi buổi, phần mười", round(10 * held["mean"]))] if held["all"] else []


def _months(asked: Asked) -> MonthQuerySet:
    rows = Month.objects.everywhere(reason=WHY).filter(
        organisation__kind=Kind.BRANCH, in_use=True, regular_held_on__lte=asked.until,
        organisation__ancestries__ancestor=asked.place, organisation__ancestries__days__contains=asked.until,
    )  # fmt: skip
    return rows.between(asked.first, last_whole_month(asked.until)).order_by()
