"""Long papers, set in parts by processes of their own, two at a time, and bound.

Whoever asks is told after each part; where it is told to stop, nothing is left running and no half file stands anywhere.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

from portal.papers.apart import tagged
from portal.papers.form import Form
from portal.papers.pdf import css_of

APART = Path(__file__).with_name("apart.py")
LONGEST = 600  # seconds of one part
BETWEEN_LOOKS = 0.05
Told = Callable[[int, int], None]  # how many parts of how many


class NotDrawn(RuntimeError):
    """A part could not be set: it took too long or too much, or there was no room to put it."""


@dataclass(frozen=True)
class Sheet:
    """A part before it is set."""

    html: str
    form: Form
    numbered: bool = True  # else its pages get their numbers when all parts are bound
    css: str = ""

    @property
    def sheets(self) -> list[str]:
        plain = "" if self.numbered else "@page { @top-center { content: none; } }"
        return [one for one in (_paper_css(), css_of(self.form), plain, self.css) if one]

    def asked(self, part: int) -> dict[str, object]:
        return {"html": self.html, "css": self.sheets, "part": part}


def drawn_at_once(sheet: Sheet, part: int = 0) -> bytes:
    """A short paper: here and now."""
    return tagged(sheet.html, sheet.sheets, part)


def drawn(
    sheets: Sequence[Sheet], *, at_once: int, told: Told = lambda done, all_: None, since: int = 0
) -> list[bytes]:
    """In the order in which they were given, whichever is ready first. `since`: the number of the first among all parts."""
    try:
        return _drawn_in_a_folder(sheets, at_once, told, since)
    except OSError as no_room:  # not even for what is asked
        raise NotDrawn(str(no_room)) from no_room


def _drawn_in_a_folder(sheets: Sequence[Sheet], at_once: int, told: Told, since: int) -> list[bytes]:
    with tempfile.TemporaryDirectory(prefix="parts-", ignore_cleanup_errors=True) as folder:
        files = [Path(folder, f"{number}.pdf") for number in range(len(sheets))]
        asked = [sheet.asked(since + number) for number, sheet in enumerate(sheets)]
        process = _begun(folder, asked, at_once)
        try:
            while process.poll() is None:
                told(_ready(files), len(files))  # where the work was cancelled, this is where it ends
                time.sleep(BETWEEN_LOOKS)
        finally:
            _end(process)
        if process.returncode or _ready(files) < len(files):
            raise NotDrawn(f"setting ended with {process.returncode}, {_ready(files)} of {len(files)} parts are there")
        told(len(files), len(files))
        return [file.read_bytes() for file in files]


def _ready(files: Sequence[Path]) -> int:
    return sum(file.exists() for file in files)


def _begun(folder: str, asked: Sequence[dict[str, object]], at_once: int) -> subprocess.Popen[bytes]:
    """In a session of its own, so that all that it begins can be ended with it."""
    command = [sys.executable, str(APART), folder, str(LONGEST), str(at_once), str(os.getpid())]
    environment = {
        name: value
        for name, value in os.environ.items()
        if name in ("PATH", "LANG", "HOME", "FONTCONFIG_PATH", "TMPDIR")
    }
    with tempfile.TemporaryFile() as said:  # a file, because a pipe that is full waits for its reader
        said.write(json.dumps(asked).encode())
        said.seek(0)
        return subprocess.Popen(
            command, stdin=said, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, cwd=folder,
            start_new_session=True,
        )  # fmt: skip


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=5)


@cache
def _paper_css() -> str:
    found = finders.find("css/papers/paper.css")
    assert isinstance(found, str)
    return Path(found).read_text()
