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
from portal.reports.sentences import by_count, lowered, moved, of_all, paragraph, sentence, tenths
from portal.words.quantities import number, percent

SCORED, STEPS, RESOLVED, ACTIONS, DUES = (
    "meetings.scored", "meetings.steps", "meetings.resolved", "meetings.actions_in_time", "meetings.dues",
)  # fmt: skip
CODES = (SCORED, STEPS, RESOLVED, ACTIONS, DUES)
BANDS, SPEAKERS = "quality.band.", "quality.speakers"
NO_BAND = "Chưa xếp mức"


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
        said = {line.key.removeprefix("quality."): line for line in facts.lines_of("quality.")}
        scored = said[SCORED]
        if not scored.whole:
            yield Text("Chưa có buổi sinh hoạt nào để đánh giá chất lượng.")
            return
        spoke = _spoke(facts.line(SPEAKERS), meetings=scored.whole)
        yield Text(paragraph(_scored(scored, facts.lines_of(BANDS)), spoke, _steps(said[STEPS], about, scored.whole)))
        if work := paragraph(_resolved(said[RESOLVED]), _actions(said[ACTIONS]), _dues(said[DUES])):
            yield Text(work)


def _scored(scored: Line, bands: list[Line]) -> str:
    """Đã chấm điểm cả 118 buổi …: 69 buổi mức tốt (58,5 %), 48 buổi mức khá (40,7 %)."""
    how = by_count(
        scored,
        one="buổi sinh hoạt thường kỳ đã được chấm điểm",
        not_one="buổi sinh hoạt thường kỳ chưa được chấm điểm",
        every="đã chấm điểm cả {whole} buổi sinh hoạt thường kỳ",
        none="chưa buổi nào trong {whole} buổi đã họp được chấm điểm",
        some="đã chấm điểm {part}/{whole} buổi sinh hoạt thường kỳ ({rate})",
    )
    return sentence(how + _in_bands(scored, [band for band in bands if band.part]))


def _in_bands(scored: Line, bands: list[Line]) -> str:
    if not scored.part or not bands:
        return ""
    if len(bands) == 1 and bands[0].part == scored.part:
        return f", {'' if scored.part == 1 else 'đều '}{_at_level(bands[0])}"
    said = [f"{number(one.part)} buổi {_at_level(one)} ({percent(one.part, scored.part)})" for one in bands]
    return f": {', '.join(said)}"


def _at_level(band: Line) -> str:
    return lowered(band.words) if band.words == NO_BAND else f"mức {lowered(band.words)}"


def _spoke(line: Line | None, *, meetings: int) -> str:
    if line is None or not line.part:
        return ""
    mean = tenths(line.part / 10)
    return sentence(
        f"có {mean} đảng viên phát biểu" if meetings == 1 else f"bình quân mỗi buổi có {mean} đảng viên phát biểu"
    )


def _steps(line: Line, about: About, meetings: int) -> str:
    """Of branches: one that left out a step once has not done them all."""
    if about.level == "branch":
        steps = "làm đủ các bước theo quy định"
        done, not_done = f"mọi buổi đều {steps}", f"còn buổi chưa {steps}"
        if meetings == 1:
            done, not_done = f"buổi họp {steps}", f"buổi họp chưa {steps}"
        return sentence(by_count(line, one=done, not_one=not_done, every=done, none=not_done, some=not_done))
    done = "làm đủ các bước trong mọi buổi"
    return sentence(of_all(line, "chi bộ", done, not_done=f"không {done}"))


def _resolved(line: Line) -> str:
    done = "kết luận giao rõ việc, người làm, thời hạn"
    return sentence(
        by_count(
            line,
            one=f"buổi họp có {done}",
            not_one=f"buổi họp chưa có {done}",
            every=f"cả {{whole}} buổi đều có {done}" + moved(line),
            none=f"chưa buổi nào trong {{whole}} buổi có {done}" + moved(line),
            some=f"{{part}}/{{whole}} buổi có {done} ({{rate}})" + moved(line),
        )
    )


def _actions(line: Line) -> str:
    return sentence(
        by_count(
            line,
            one="việc duy nhất giao tại buổi họp đã đến hạn và xong đúng hạn",
            not_one="việc duy nhất giao tại buổi họp đã đến hạn chưa xong đúng hạn",
            every="cả {whole} việc giao tại các buổi họp đã đến hạn đều xong đúng hạn",
            none="chưa việc nào trong {whole} việc giao tại các buổi họp đã đến hạn xong đúng hạn",
            some="trong {whole} việc giao tại các buổi họp đã đến hạn, {part} việc xong đúng hạn ({rate})",
        )
    )


def _dues(line: Line) -> str:
    return sentence(
        by_count(
            line,
            one="đảng phí đã nộp đủ",
            not_one="đảng phí chưa nộp",
            every="đảng phí đã nộp đủ {whole} đồng",
            none="đảng phí chưa nộp đồng nào trong {whole} đồng phải nộp",
            some="đảng phí đã nộp {part} trên {whole} đồng phải nộp ({rate})",
        )
    )


def _bands(asked: Asked) -> list[Line]:
    """The best first."""
    rows = _months(asked).filter(regular_score__isnull=False).values_list("regular_place", "regular_band")
    counted: dict[str, int] = {}
    for _, band, count in rows.annotate(count=Count("month")).order_by("regular_place", "regular_band"):
        counted[band or NO_BAND] = counted.get(band or NO_BAND, 0) + count
    return [Line(f"{BANDS}{name}", name, count) for name, count in counted.items()]


def _speakers(asked: Asked) -> list[Line]:
    """In tenths of a person, so that it is whole."""
    held = _months(asked).aggregate(mean=Avg("regular_speakers"), all=Sum("regular_speakers"))
    return [Line(SPEAKERS, "Đảng viên phát biểu mỗi buổi, phần mười", round(10 * held["mean"]))] if held["all"] else []


def _months(asked: Asked) -> MonthQuerySet:
    rows = Month.objects.everywhere(reason=WHY).below_as_of(asked.place, asked.until)
    rows = rows.filter(organisation__kind=Kind.BRANCH, in_use=True, regular_held_on__lte=asked.until)
    return rows.between(asked.first, last_whole_month(asked.until)).order_by()
