import hashlib
import uuid
from collections.abc import Collection

from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet

from portal.access.actor import Actor
from portal.files import shelf
from portal.files.doors import may_read
from portal.files.inspection.whole import Inspected, inspected
from portal.files.kinds import Kind
from portal.files.models import StoredFile
from portal.files.names import cleaned
from portal.files.refusals import FileRefused
from portal.files.services.undoing import gone_if_rolled_back
from portal.words.errors import NotAllowed


@transaction.atomic
def store_file(
    upload: File, *, kinds: Collection[Kind], by: Actor, door: str = "", field: str | None = None
) -> StoredFile:
    """Whoever is signed in may bring a file; whether it may be attached, the app behind `door` has asked before.

    `field`: the form field that a refusal belongs to. A transaction around this one that rolls back takes the file with it.
    """
    try:
        let_in = inspected(upload, kinds)
    except FileRefused as refusal:
        refusal.field = field
        raise
    return _kept(let_in, by=by, door=door)


@transaction.atomic
def keep_made(content: File, *, kind: Kind, name: str, by: Actor, door: str) -> StoredFile:
    """What the portal has made itself, byte for byte: from outside nobody brings a PDF that carries other files."""
    return _kept(Inspected(cleaned(name, kind), kind, content), by=by, door=door)


@transaction.atomic
def hand_over(file: StoredFile, *, door: str, by: Actor) -> StoredFile:
    """An uploaded file becomes an app's: from now on the app says who reads it."""
    locked = StoredFile.everything.select_for_update().get(pk=file.pk)
    if locked.door or locked.uploaded_by_id != by.account.pk:
        raise NotAllowed("Chỉ người đưa tệp lên mới đính kèm được, và mỗi tệp chỉ đính kèm một lần.")
    locked.door = door
    locked.save(update_fields=["door"])
    return locked


@transaction.atomic
def throw_away(file: StoredFile, *, by: Actor) -> None:
    """The app that keeps a file asks its own rule before; who may not even read it throws nothing away."""
    if not may_read(by, file):
        raise NotAllowed("Đồng chí không xóa được tệp này.")
    path = file.path
    file.delete()
    transaction.on_commit(lambda: shelf.remove(path), robust=True)


@transaction.atomic
def remove_for_good(files: QuerySet[StoredFile]) -> None:
    """By the clock, which nobody needs to allow: the app that keeps them has let go of them before."""
    paths = list(files.values_list("path", flat=True))
    files.delete()
    for path in paths:
        transaction.on_commit(lambda path=path: shelf.remove(path), robust=True)  # type: ignore[misc]


def _kept(let_in: Inspected, *, by: Actor, door: str) -> StoredFile:
    key = uuid.uuid4()
    file = StoredFile(
        id=key,
        name=let_in.name,
        kind=let_in.kind,
        size=let_in.content.size,
        sha256=_sha256(let_in.content),
        path=shelf.place(key, let_in.kind),
        door=door,
        uploaded_by=by.account,
    )
    gone_if_rolled_back(file.path)
    shelf.put(file.path, let_in.content)
    file.save(force_insert=True)
    return file


def _sha256(content: File) -> str:
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    return digest.hexdigest()
