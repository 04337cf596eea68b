"""Panels: what a higher floor adds to a page of a lower one. The page lists them; each is fetched when the page stands.

An app publishes its panels when it starts (`panels.py`, from its AppConfig.ready). The page that has room for panels asks
here which there are; it never learns whose they are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.access.actor import Actor
from portal.access.permissions import Permission


@dataclass(frozen=True)
class Panel:
    """`facts`: what the template needs, of the object of the page; None where there is nothing to show."""

    name: str  # in the address: dang-vien
    title: str
    permission: Permission
    template: str
    facts: Callable[[Actor, Any], dict[str, Any] | None]
    place: str = "organisation"


_panels: dict[tuple[str, str], Panel] = {}


def publish_panel(panel: Panel) -> None:
    _panels[panel.place, panel.name] = panel


def panels_of(place: str, actor: Actor, path: str) -> list[Panel]:
    """Those which this actor may see of an object at this path, in the order in which they were published."""
    return [one for one in _panels.values() if one.place == place and actor.may(one.permission, path)]


def panel_named(place: str, name: str) -> Panel | None:
    return _panels.get((place, name))
