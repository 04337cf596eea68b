"""Where one reads what is behind a figure of meetings."""

from typing import Any

from django.urls import reverse

from branches.models import Kind
from portal.access.permissions import Permission


def grid(**asked: str):
    """Branches by months; of a branch its own book."""

    def address(place: Any, year: int) -> str:
        more = "".join(f"&{name}={value}" for name, value in asked.items())
        return f"{reverse('meeting_grid', args=[place.pk])}?nam={year}{more}"

    return address


def quality(place: Any, year: int) -> str:
    return f"{reverse('quality_below', args=[place.pk])}?nam={year}"


def dues(place: Any, year: int) -> str:
    """Members by months; only branches collect."""
    return f"{reverse('dues', args=[place.pk])}?nam={year}" if place.kind == Kind.BRANCH else ""


def actions(place: Any, year: int) -> str:
    return f"{reverse('action_items', args=[place.pk])}?loc=qua-han"


def as_the_grid_asks(place: Any) -> Permission:
    """The book of a branch says more than figures."""
    return Permission.SEE_MEETINGS if place.kind == Kind.BRANCH else Permission.READ_FIGURES


def as_the_roll_asks(place: Any) -> Permission:
    return Permission.READ_ROLL
