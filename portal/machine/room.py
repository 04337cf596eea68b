"""Room for the calls of a whole request in one piece.

The interpreter keeps the frames of calls in pieces of 16 kB, and gives a piece back to the system the moment the last frame in it
returns. A page's template calls deeply, and wherever its loops happen to go up and down over the end of a piece, each step takes a
piece from the system and gives it back: 10 to 20 ms of a page of 40. A call that asks for a large frame gets a large piece, and all that
is called from it finds its room there.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

_Said = ParamSpec("_Said")
_Found = TypeVar("_Found")
SLOTS = 70_000  # of 8 bytes: little more than half of a piece of 1 MB, the other half is for who is called


def with_room(run: Callable[_Said, _Found]) -> Callable[_Said, _Found]:
    """The memory is taken as it is used; what is asked for and never used costs nothing."""

    def roomy(*said: _Said.args, **named: _Said.kwargs) -> _Found:
        return run(*said, **named)

    roomy.__code__ = roomy.__code__.replace(co_stacksize=SLOTS)
    return roomy
