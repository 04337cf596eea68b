"""A column of an annex drawn as bars, below its table: black on white, so that a copy says the same."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.reports.facts import Sheet
from portal.ui.plots.marks import box, stroke, words
from portal.words.quantities import number

FEWEST, MOST = 3, 40  # places: fewer say nothing, more do not stand on a page
WIDTH, ROW, NAMES, VALUES = 620, 17, 290, 50  # pixels: 164 mm wide
LETTERS = 13.5
FACE = "Liberation Serif, Tinos, Times New Roman, serif"
LINE = 90  # per cent: below it a bar is dark
LIGHT, DARK, INK = "#BDBDBD", "#4A4A4A", "#000000"


def chart_of(sheet: Sheet) -> SafeString | None:
    """Of the column that the sheet names; where that has shares."""
    if sheet.drawn not in sheet.heads:
        return None
    column = sheet.heads.index(sheet.drawn)
    rows = sheet.rows[:-1] if sheet.sums else sheet.rows
    shares = [(row[1], row[column], share) for row in rows if (share := _share(row[column])) is not None]
    if not FEWEST <= len(shares) <= MOST:
        return None
    height = ROW * len(shares) + 8
    full = WIDTH - NAMES - VALUES
    marks = [_bar(place, name, said, share, full) for place, (name, said, share) in enumerate(shares)]
    goal = NAMES + full * LINE / 100
    marks.append(stroke(goal, 0, goal, height, ink=INK, dashed=True))
    low = sum(share < LINE for _, _, share in shares)
    label = escape(
        f"Biểu đồ {sheet.drawn.lower()} của {number(len(shares))} nơi, {number(low)} nơi dưới {LINE} %; số liệu ở bảng trên."
    )
    return mark_safe(  # noqa: S308  what people wrote is escaped by words()
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" font-family="{FACE}"><title>{label}</title>{"".join(marks)}</svg>'
    )


def _bar(place: int, name: str, said: str, share: float, full: float) -> str:
    y, long = place * ROW, full * share / 100
    shown = name if len(name) <= 46 else f"{name[:45]}…"
    return (
        words(0, y + 12.5, shown, size=LETTERS, ink=INK)
        + box(NAMES, y + 3, long, ROW - 6, fill=DARK if share < LINE else LIGHT, round=0)
        + words(WIDTH, y + 12.5, said, size=LETTERS, ink=INK, anchor="end")
    )


def _share(cell: str) -> float | None:
    """98,8 %"""
    if not cell.endswith("%"):
        return None
    return float(cell.removesuffix("%").strip("\u00a0 ").replace(",", "."))
