"""What targets ask of meetings, as of a day: months whole, the tree that of the day. One small named function each."""

from collections.abc import Iterator

from meetings.indicators import actions, content, holding, quality
from portal.indicators.registry import Indicator


def indicators() -> Iterator[Indicator]:
    for room in (holding, content, quality, actions):
        yield from room.indicators()
