"""The servers the portal stands on: given by the environment, or this checkout's own."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from portal.machine import postgres, valkey
from portal.machine.place import Place


@contextmanager
def servers(place: Place, *, durable: bool = True) -> Iterator[None]:
    """Sets DATABASE_URL and REDIS_URL; starts whichever of the two the environment does not already name."""
    place.prepare()
    with ExitStack() as stack:
        if not os.environ.get("DATABASE_URL"):
            stack.enter_context(_named("DATABASE_URL", stack.enter_context(postgres.running(place, durable=durable))))
        if not os.environ.get("REDIS_URL"):
            stack.enter_context(_named("REDIS_URL", stack.enter_context(valkey.running(place))))
        yield


@contextmanager
def servers_of_this_checkout() -> Iterator[None]:
    """For a single command: the servers of a running portal if it runs, else started for the length of the command."""
    place = Place.of_this_checkout("run")
    with place.held() as mine:
        if mine:
            with servers(place):
                yield
        else:
            os.environ.setdefault("DATABASE_URL", postgres.address(place))
            os.environ.setdefault("REDIS_URL", valkey.address(place))
            yield


@contextmanager
def _named(name: str, value: str) -> Iterator[None]:
    os.environ[name] = value
    try:
        yield
    finally:
        os.environ.pop(name, None)
