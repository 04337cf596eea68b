"""Who may read a file: each app speaks for its own.

An app stores its files behind a door that it names, and registers in its AppConfig.ready():

    open_door("meetings.minutes", may_read_paper_of_minutes)

A file behind a door that nobody registered, or behind none, is its uploader's alone. Behind a registered door the app decides
for everybody, the uploader too: who handed over the office no longer reads its papers.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from portal.access.actor import Actor

if TYPE_CHECKING:
    from portal.files.models import StoredFile

MayRead = Callable[[Actor, "StoredFile"], bool]
_doors: dict[str, MayRead] = {}


class DoorTaken(RuntimeError):
    """Two apps would speak for the same files. A mistake in the code."""


def open_door(name: str, may_read: MayRead) -> None:
    if not name or _doors.get(name, may_read) is not may_read:
        raise DoorTaken(f"The door {name!r} is taken, or has no name.")
    _doors[name] = may_read


def registered_doors() -> list[str]:
    return sorted(_doors)


def may_read(actor: Actor, file: "StoredFile") -> bool:
    if spoken_for := _doors.get(file.door):
        return spoken_for(actor, file)
    return file.uploaded_by_id == actor.account.pk
