"""The colours of pictures. They have the names and the values of static/css/tokens.css, which a picture cannot read."""

COLOURS = {
    "paper": "#F8F4EB", "surface": "#FFFEFB", "sunk": "#F1EBDF",
    "line": "#E3DAC9", "line-strong": "#857765",
    "ink": "#231A14", "ink-2": "#51463C", "ink-3": "#675B4F",
    "red": "#9B1C1F", "gold": "#B98A22", "gold-ink": "#7A5A0F", "gold-line": "#DCC48A", "gold-wash": "#FBF3DF",
    "ok-ink": "#1D5F3F", "ok-fill": "#2A7A53", "ok-line": "#A5CBB3", "ok-wash": "#E2EFE5", "ok-deep": "#C9E2D1",
    "warn-ink": "#7A4E00", "warn-fill": "#B07510", "warn-line": "#E0BE74", "warn-wash": "#FBEBC8",
    "bad-ink": "#97320A", "bad-fill": "#B5400F", "bad-line": "#E5AD8D", "bad-wash": "#FBE3D6",
    "info-ink": "#2B4C6B", "info-fill": "#3F6A92", "info-line": "#B2C6D8", "info-wash": "#E3EBF2",
    "mute-ink": "#5B5249", "mute-fill": "#857765", "mute-line": "#D5CAB8", "mute-wash": "#EFEAE0",
}  # fmt: skip
TRACK = "#E9E1D2"  # of a bar that is not full, as in css/components/target.css
LOW = "#F1F5EC"  # a month that was held, and few came, as in css/pages/heat.css

INK, INK_2, LINE, LINE_STRONG = COLOURS["ink"], COLOURS["ink-2"], COLOURS["line"], COLOURS["line-strong"]
SURFACE, GOLD, RED = COLOURS["surface"], COLOURS["gold"], COLOURS["red"]


def fill_of(tone: str) -> str:
    return COLOURS[f"{tone}-fill"]


def ink_of(tone: str) -> str:
    return COLOURS[f"{tone}-ink"]


def line_of(tone: str) -> str:
    return COLOURS[f"{tone}-line"]
