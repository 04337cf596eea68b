"""Who is told when a file is handed out: whoever keeps the book of reading registers a listener at start-up."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from portal.access.actor import Actor
from portal.history.models import Deed
from portal.history.traces import leave_trace

if TYPE_CHECKING:
    from portal.files.models import StoredFile

Listener = Callable[[Actor, "StoredFile"], None]
_listeners: list[Listener] = []


def tell_of_downloads(listener: Listener) -> None:
    if listener not in _listeners:
        _listeners.append(listener)


def leave_trace_of_download(actor: Actor, file: "StoredFile") -> None:
    """In the book of the place where the file lies; a file of one's own that no app took over lies nowhere yet."""
    place = actor.capacity.path if actor.capacity else "/"
    leave_trace(Deed.DOWNLOADED, subject=file.name, place=place, by=actor)


def downloaded(actor: Actor, file: "StoredFile") -> None:
    """A listener that fails stops the download: what must leave a trace is not read without one."""
    for listener in _listeners:
        listener(actor, file)
