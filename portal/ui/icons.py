"""The names of our icons, read from the sprite, so that a misspelt one is an error and not an empty square."""

from functools import cache, lru_cache
from pathlib import Path

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

SPRITE = "icons/sprite.svg"
_SOURCE = Path(__file__).resolve().parents[2] / "static" / SPRITE


class UnknownIcon(ValueError):
    """A component asks for an icon that the sprite does not have."""


@cache
def icon_names() -> tuple[str, ...]:
    ids = [part.split('"', 1)[0] for part in _SOURCE.read_text().split('<symbol id="')[1:]]
    return tuple(sorted(name.removeprefix("i-") for name in ids if name.startswith("i-")))


@cache
def outline_of(name: str) -> str:
    """What is drawn of an icon, for a picture that must stand without the sprite."""
    if name not in icon_names():
        raise UnknownIcon(f"No icon {name!r} in static/{SPRITE}.")
    return _SOURCE.read_text().split(f'<symbol id="i-{name}"', 1)[1].split(">", 1)[1].split("</symbol>", 1)[0]


def draw_icon(name: str, css: str = "") -> SafeString:
    """An icon stands beside a word, never for one: it is hidden from screen readers."""
    return _drawn(name, css, static(SPRITE))


@lru_cache(maxsize=1_000)
def _drawn(name: str, css: str, sprite: str) -> SafeString:
    if name not in icon_names():
        raise UnknownIcon(f"No icon {name!r} in static/{SPRITE}.")
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#i-{}"/></svg>', f" {css}" if css else "", sprite, name
    )
