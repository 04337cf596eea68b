import os
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

UNFINISHED = ".part"


class PrivateFolder(FileSystemStorage):
    """A folder that only the portal reads. A file stands in it whole, and on the disk for good, or not at all."""

    def __init__(self, location: str | Path, **options: Any) -> None:
        super().__init__(location, file_permissions_mode=0o600, directory_permissions_mode=0o700, **options)

    def url(self, name: str | None) -> str:
        raise ValueError("Files are handed out by the view “file” only.")

    def _save(self, name: str, content: File) -> str:
        unfinished = name + UNFINISHED
        try:
            super()._save(unfinished, content)  # type: ignore[misc]
            _on_disk_for_good(self.path(unfinished))
            os.replace(self.path(unfinished), self.path(name))
        except BaseException:
            self.delete(unfinished)
            raise
        _on_disk_for_good(os.path.dirname(self.path(name)))
        return name


def _on_disk_for_good(path: str) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
