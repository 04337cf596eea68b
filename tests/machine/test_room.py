"""A request has room for all its calls in one piece of memory."""

import resource
from collections.abc import Callable

from portal.machine.room import with_room

DEEPEST = 300  # calls: pages go down so far


def up_and_down() -> None:
    """At each depth a few calls, as a loop in a template makes them: somewhere they go over the end of a piece."""

    def further(left: int) -> None:
        for _ in range(20):
            a_call(3)
        if left:
            further(left - 1)

    further(DEEPEST)


def a_call(left: int) -> None:
    if left:
        a_call(left - 1)


def pages_taken(run: Callable[[], None]) -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    run()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_calls_do_not_take_and_give_back_memory_at_each_step():
    up_and_down()  # what is made once is there from now on
    bare, roomy = pages_taken(up_and_down), pages_taken(with_room(up_and_down))
    assert roomy < 60
    assert bare > 2 * roomy


def test_what_is_said_and_found_goes_through():
    assert with_room(lambda *said, **named: (said, named))(1, 2, third=3) == ((1, 2), {"third": 3})
