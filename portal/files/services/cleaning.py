from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from portal.files import shelf
from portal.files.models import StoredFile

LEFT_ALONE = timedelta(days=1)  # younger files may belong to a transaction that is still open


@dataclass
class Cleaned:
    """What the clean-up found: files of no row, which it removed, and rows whose file is gone, which people must look at."""

    removed: list[str] = field(default_factory=list)
    vanished: list[StoredFile] = field(default_factory=list)


def clean_up() -> Cleaned:
    """Folder by folder, so that a store of any size fits into the memory. May die anywhere and be run again."""
    cleaned, before = Cleaned(), timezone.now() - LEFT_ALONE
    for folder in shelf.FOLDERS:
        lying = set(shelf.lying_in(folder))
        known = {file.path: file for file in _rows_of(folder)}
        cleaned.removed += _removed(sorted(lying - known.keys()), before)
        cleaned.vanished += [known[path] for path in sorted(known.keys() - lying) if not shelf.is_there(path)]
    return cleaned


def _rows_of(folder: str) -> list[StoredFile]:
    rows = StoredFile.objects.everywhere(reason="files and rows are compared")
    return list(rows.filter(path__startswith=f"{folder}/"))


def _removed(orphans: list[str], before: datetime) -> list[str]:
    old = [path for path in orphans if shelf.put_there_at(path) < before]
    for path in old:
        shelf.remove(path)
    return old
