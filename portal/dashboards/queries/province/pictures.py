"""Targets as strips of dots, and the places as a map of tiles: who reaches a line, who is near it, who is not."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.dashboards.queries.province.board import Board
from portal.dashboards.queries.province.goals import Goal
from portal.dashboards.queries.province.rows import Row
from portal.ui.icons import draw_icon
from portal.ui.plots.colours import INK_2
from portal.ui.plots.marks import NORMAL, SMALL, broken, picture, words
from portal.ui.plots.strip import Dot, strip_plot
from portal.ui.plots.tiles import Tile, tile_map
from portal.words.quantities import NBSP, number

NEAR = 3  # points below the line
LINKED = 40  # dots with names and links: more of them make a page heavy, and the list behind them has them all
STEP = 5  # points from band to band
NO_LINE = 90  # what is held to be good when no target names a line
SIGNS = ("check-circle", "check", "low", "alert", "minus")
NO_BAND = -1
PLACE_WIDE, PLACE_HIGH = 380, 190  # of one strip among others


@dataclass(frozen=True)
class Strip:
    """One target: a dot a place."""

    goal: Goal
    board: Board

    @cached_property
    def marked(self) -> list[tuple[Decimal, bool, Row]]:
        """Those that have something to count, the lowest first: the share, whether the line is reached, who."""
        place = self.goal.no - 1
        found = [
            (share, row.marks[place][1] is True, row)
            for row in self.board.rows
            if (share := row.share(self.code)) is not None
        ]
        return sorted(found, key=lambda one: (one[0], one[2].place.sort_key))

    @property
    def code(self) -> str:
        return self.goal.indicator.code

    @property
    def counted(self) -> int:
        return len(self.marked)

    @cached_property
    def met(self) -> int:
        return sum(is_met for _, is_met, _ in self.marked)

    @property
    def unmet(self) -> int:
        return self.counted - self.met

    @property
    def mean(self) -> str:
        """All that was counted, of all that should be."""
        return self.board.whole_said(self.code)

    @property
    def lowest_said(self) -> str:
        return self.marked[0][2].said(self.code) if self.marked else ""

    @property
    def label(self) -> str:
        said = f"{number(self.met)} trên {number(self.counted)} {self.board.noun} đạt"
        return f"{self.goal.name}: {said}; thấp nhất {self.lowest_said}, bình quân {self.mean}"

    @property
    def picture(self) -> SafeString:
        """Drawn when the template asks for it."""
        dots = [self._dot(*one) for one in self.marked]
        return strip_plot(dots, label=self.label, goal=self.goal.line)

    def _dot(self, share: Decimal, is_met: bool, row: Row) -> Dot:
        tone = "ok" if is_met else "warn" if share >= self.goal.line - NEAR else "bad"
        if self.counted > LINKED:
            return Dot(float(share), tone)
        return Dot(float(share), tone, row.name, row.said(self.code), row.address)

    @property
    def met_url(self) -> str:
        return self._list("dat")

    @property
    def unmet_url(self) -> str:
        return self._list("chua")

    def _list(self, word: str) -> str:
        return self.board.frame.here(loc=f"{word}-{self.goal.pk}", mo="") + "#so-sanh"


def strips_of(board: Board) -> list[Strip]:
    return [Strip(goal, board) for goal in board.goals]


def together(strips: Sequence[Strip]) -> SafeString:
    """All strips of a document as one picture, two beside each other."""
    marks = [_placed(strip, place) for place, strip in enumerate(strips)]
    high = (len(strips) + 1) // 2 * PLACE_HIGH
    return picture("strips", 2 * PLACE_WIDE, high, "".join(marks), label="; ".join(strip.label for strip in strips))


def _placed(strip: Strip, place: int) -> str:
    said = (
        f"{number(strip.met)}/{number(strip.counted)} nơi đạt · bình quân {strip.mean} · thấp nhất {strip.lowest_said}"
    )
    x, y = place % 2 * PLACE_WIDE, place // 2 * PLACE_HIGH
    names = broken(f"{strip.goal.no}. {strip.goal.name}", PLACE_WIDE - 30, NORMAL)
    lines = [words(8, 18 + 18 * line, name, weight=600) for line, name in enumerate(names)]
    lines.append(words(8, 18 + 18 * len(names) + 2, said, size=SMALL, ink=INK_2))
    top = 18 * len(names) + 30
    return (
        f'<g transform="translate({x} {y})">{"".join(lines)}<g transform="translate(0 {top})">{strip.picture}</g></g>'
    )


@dataclass(frozen=True)
class TileMap:
    """A tile a place, always in the order of the tree, so that a place is found where it was."""

    board: Board

    @property
    def lead(self) -> str:
        return f"{self.board.shown.name} · {self.board.frame.period.words}"

    @cached_property
    def goal(self) -> Goal | None:
        return self.board.goal_of(self.board.shown.code)

    @cached_property
    def line(self) -> float:
        return self.goal.line if self.goal else NO_LINE

    @cached_property
    def top(self) -> float:
        """What is well above the line; above 95 % there is no room for that."""
        return self.line + STEP if self.line + STEP <= 100 else self.line

    @cached_property
    def bands(self) -> list[str]:
        """What the four mean; the two best reach the line. One that cannot be has no words."""
        top, line, near = (_short(one) for one in (self.top, self.line, self.line - STEP))
        return [f"từ {top}", f"từ {line}" if top != line else "", f"từ {near}", f"dưới {near}"]

    def band_of(self, row: Row) -> int:
        return self._bands[row.pk]

    @cached_property
    def _bands(self) -> dict[int, int]:
        return {row.pk: self._band(row) for row in self.rows}

    def _band(self, row: Row) -> int:
        share = row.share(self.board.shown.code)
        if share is None:
            return NO_BAND
        is_met = self.goal.is_met(row.figure(self.board.shown.code)) if self.goal else share >= self.line
        if is_met:
            return 0 if share >= self.top else 1
        return 2 if share >= self.line - STEP else 3

    def band_words(self, row: Row) -> str:
        band = self.band_of(row)
        return "chưa có số liệu" if band == NO_BAND else self.bands[band]

    @cached_property
    def rows(self) -> list[Row]:
        by_place = {row.pk: row for row in self.board.rows}
        return [by_place[one.pk] for one in self.board.places if one.pk in by_place]

    @property
    def key(self) -> list[tuple[int, str, str, int]]:
        """Of each band: its number, sign, words, how many are in it."""
        counts = [self.band_of(row) for row in self.rows]
        known = [(band, SIGNS[band], words, counts.count(band)) for band, words in enumerate(self.bands) if words]
        nothing = counts.count(NO_BAND)
        return [*known, (4, SIGNS[4], "chưa có số liệu", nothing)] if nothing else known

    @property
    def tiles(self) -> SafeString:
        """As a list of links: it breaks to the width of a phone, where a picture would shrink."""
        icons = [draw_icon(name, "icon--sm") for name in SIGNS]
        return mark_safe("".join(self._tile(row, icons) for row in self.rows))  # noqa: S308  escaped below

    def _tile(self, row: Row, icons: list[SafeString]) -> str:
        band = self.band_of(row)
        inside = f"<span>{escape(row.name)}</span><b>{row.shown_said}</b>{icons[band]}"
        if not row.address:
            return f'<li class="tile" data-band="{band}"><span class="tile__in">{inside}</span></li>'
        return f'<li class="tile" data-band="{band}"><a class="tile__in" href="{escape(row.address)}">{inside}</a></li>'

    @property
    def picture(self) -> SafeString:
        """The same to take away."""
        tiles = [Tile(row.name, row.shown_said, self.band_of(row)) for row in self.rows]
        return tile_map(tiles, label=f"{self.board.shown.name}, theo từng nơi", bands=self.bands)


def _short(line: float) -> str:
    said = number(round(line, 2))
    return f"{said.removesuffix('0').removesuffix(',') if ',' in said else said}{NBSP}%"
