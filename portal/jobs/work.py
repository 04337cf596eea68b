"""What the function of a kind of job holds in its hands, and what it gives back."""

import time
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile, File

from portal.access.actor import Actor
from portal.files.kinds import Kind
from portal.files.models import StoredFile
from portal.files.services.storing import keep_made, store_file
from portal.jobs.claim import Claim
from portal.jobs.doors import DOOR

BETWEEN_REPORTS = 0.25  # seconds


@dataclass(frozen=True)
class Result:
    """A sentence for the list; a file to fetch; or a page of ours to go on to."""

    sentence: str = ""
    file: StoredFile | None = None
    link: str = ""


@dataclass
class Work:
    """The job in progress: who asked for what, and the way to say how far it is."""

    actor: Actor  # as today's grants make it, in the capacity that asked
    parameters: dict[str, Any]
    claim: Claim
    _reported_at: float = field(default=float("-inf"), init=False)

    def report(self, done: int, total: int, sentence: str) -> None:
        """“Đang lập 37/120 chi bộ”. Cheap enough for every row: what comes too soon after the last is left out.

        Where the job was cancelled, this is where it ends.
        """
        if self._too_soon() and done < total:
            return
        self.claim.report(done=min(done, total), total=total, sentence=sentence[:200])

    def stop_if_cancelled(self) -> None:
        """Between two steps that have nothing to report."""
        if not self._too_soon():
            self.claim.report()

    def keep(self, content: bytes | File, *, name: str, kinds: Collection[Kind]) -> StoredFile:
        """The result as a file that the one who asked may fetch; gone again if the work does not come to its end."""
        upload = ContentFile(content) if isinstance(content, bytes) else content
        upload.name = name
        return store_file(upload, kinds=kinds, by=self.actor, door=DOOR)

    def keep_made(self, content: bytes | File, *, name: str, kind: Kind) -> StoredFile:
        """The same of what the portal made itself, however large: it is not searched like a stranger's."""
        file = ContentFile(content) if isinstance(content, bytes) else content
        return keep_made(file, name=name, kind=kind, by=self.actor, door=DOOR)

    def _too_soon(self) -> bool:
        now = time.monotonic()
        if now - self._reported_at < BETWEEN_REPORTS:
            return True
        self._reported_at = now
        return False
