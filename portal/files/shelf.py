"""The disk, or the bucket, where files lie: settings.STORAGES["files"]. Names on it are drawn by us, in 256 folders."""

import uuid
from collections.abc import Iterator
from datetime import datetime

from django.core.files.base import File
from django.core.files.storage import Storage, storages

from portal.files.kinds import Kind

FOLDERS = [f"stored/{number:02x}" for number in range(256)]


def shelf() -> Storage:
    return storages["files"]


def place(key: uuid.UUID, kind: Kind) -> str:
    return f"stored/{key.hex[:2]}/{key.hex}.{kind.facts.extensions[0]}"


def put(path: str, content: File) -> str:
    content.seek(0)
    return shelf().save(path, File(content.file))  # a bare file: an upload would be moved away from under its form


def open_file(path: str) -> File:
    return shelf().open(path)


def remove(path: str) -> None:
    shelf().delete(path)


def is_there(path: str) -> bool:
    return shelf().exists(path)


def lying_in(folder: str) -> Iterator[str]:
    try:
        _, names = shelf().listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in names)


def put_there_at(path: str) -> datetime:
    return shelf().get_modified_time(path)
