"""What every picture is made of: text, signs, links, and the frame around them. All that people wrote is escaped here."""

from functools import cache

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString

from portal.ui.icons import outline_of
from portal.ui.plots.colours import INK

SMALL, NORMAL = 13, 14


def short(value: float) -> str:
    """Numbers in SVG have a point, whatever the language; a tenth is finer than any screen."""
    return f"{value:.1f}".removesuffix(".0")


def words(
    x: float, y: float, said: str, *, size: float = NORMAL, ink: str = INK, anchor: str = "", weight: int = 400
) -> str:
    """A line of text. `anchor`: middle or end."""
    placed = f' text-anchor="{anchor}"' if anchor else ""
    heavy = f' font-weight="{weight}"' if weight != 400 else ""
    return f'<text x="{short(x)}" y="{short(y)}" font-size="{short(size)}" fill="{ink}"{placed}{heavy}>{escape(said)}</text>'


def pair(x: float, y: float, name: str, said: str, *, size: float = NORMAL, ink: str = INK, gap: float = 7) -> str:
    """A name and, heavier, what is said of it, in one line."""
    return (
        f'<text x="{short(x)}" y="{short(y)}" font-size="{short(size)}" fill="{ink}">{escape(name)}'
        f'<tspan dx="{short(gap)}" font-weight="600" fill="{INK}">{escape(said)}</tspan></text>'
    )


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str,
    line: str = "",
    round: float = 2,
    dashed: bool = False,
) -> str:
    border = f' stroke="{line}"' if line else ""
    dashes = ' stroke-dasharray="3 2.5"' if dashed else ""
    return (
        f'<rect x="{short(x)}" y="{short(y)}" width="{short(width)}" height="{short(height)}" rx="{short(round)}" '
        f'fill="{fill}"{border}{dashes}/>'
    )


def stroke(x1: float, y1: float, x2: float, y2: float, *, ink: str, width: float = 1, dashed: bool = False) -> str:
    dashes = ' stroke-dasharray="3 3"' if dashed else ""
    return (
        f'<line x1="{short(x1)}" y1="{short(y1)}" x2="{short(x2)}" y2="{short(y2)}" stroke="{ink}" '
        f'stroke-width="{short(width)}"{dashes}/>'
    )


def sign(name: str, x: float, y: float, size: float, ink: str, *, width: float = 2.6) -> str:
    """A sign of our sprite with its middle at x, y. Pictures that leave cannot point at the sprite: the outline is in them."""
    return (
        f'<g transform="translate({short(x - size / 2)} {short(y - size / 2)}) scale({size / 24:.3f})">'
        f"{_outline(name, ink, width)}</g>"
    )


@cache
def _outline(name: str, ink: str, width: float) -> str:
    return (
        f'<g fill="none" stroke="{ink}" stroke-width="{short(width)}" stroke-linecap="round" '
        f'stroke-linejoin="round">{outline_of(name)}</g>'
    )


def linked(marks: str, url: str, said: str, *, reached: bool = True) -> str:
    """The marks as a way to somewhere. `reached`: by the keyboard; not where hundreds lie and a table beside has the same."""
    apart = "" if reached else ' tabindex="-1" data-small-target=""'
    return f'<a href="{escape(url)}" aria-label="{escape(said)}"{apart}><title>{escape(said)}</title>{marks}</a>'


def told(marks: str, said: str) -> str:
    """The marks, with words where a pointer rests on them."""
    return f"<g><title>{escape(said)}</title>{marks}</g>" if said else marks


def picture(kind: str, width: float, height: float, marks: str, *, label: str, role: str = "img") -> SafeString:
    """The whole. `label` says in a sentence what is to be seen; `role`: group where there are links in it."""
    facts = {"kind": kind, "width": short(width), "height": short(height), "label": label, "role": role}
    return render_to_string("components/plot.html", {**facts, "marks": SafeString(marks)})


_NARROW, _WIDE, _CAPITALS = set("lI·ijtfr1.:,;()'| \u00a0"), set("mwMW%@"), set("ABCDĐGHKNOQRUVXYÂĂÔƠƯ4890")


def length(said: str, size: float = NORMAL) -> float:
    """About how wide a line is: near enough to break it, and never too little for a font that stands in for ours."""
    widths = (0.36 if c in _NARROW else 0.9 if c in _WIDE else 0.75 if c in _CAPITALS else 0.62 for c in said)
    return size * sum(widths)


def broken(said: str, width: float, size: float = NORMAL, *, lines: int = 2) -> list[str]:
    """The text in at most so many lines; what does not fit ends in an ellipsis."""
    found: list[str] = [""]
    for word in said.split(" "):  # what may not be broken stays whole
        longer = f"{found[-1]} {word}".strip()
        if found[-1] and length(longer, size) > width:
            found.append(word)
        else:
            found[-1] = longer
    if len(found) > lines:
        found = [*found[: lines - 1], " ".join(found[lines - 1 :])]
    return [_cut(line, width, size) for line in found]


def _cut(line: str, width: float, size: float) -> str:
    if length(line, size) <= width:
        return line
    while line and length(line + "…", size) > width:
        line = line[:-1]
    return line.rstrip() + "…"
