"""All that the portal counts of a place over the days that are looked at: the one part that every dashboard hands out."""

from branches.summary.below import figures_below
from portal.dashboards.blocks import Block, Table, block
from portal.dashboards.frame import Frame, Level
from portal.indicators.registry import all_indicators
from portal.words.quantities import number, percent

SLUG = "chi-so"


def every_figure(frame: Frame) -> Block:
    """Those that there is something of."""
    indicators = all_indicators()
    found = figures_below([frame.place.pk], indicators, frame.span, top=frame.place)[frame.place.pk]
    rows = [
        [one.subject.value, one.name, number(figure.numerator), number(figure.denominator), one.of_what, said]
        for one in indicators
        if (figure := found[one.code]).denominator and (said := percent(figure.numerator, figure.denominator))
    ]
    heads = ["Nhóm", "Chỉ số", "Đạt", "Trên tổng số", "Tính theo", "Tỷ lệ"]
    return Block(SLUG, "Các chỉ số trong kỳ", frame.period.words, Table(heads, rows, frozenset({2, 3, 5})))


for level in Level:
    block(SLUG, of=level)(every_figure)
