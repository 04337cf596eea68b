"""Long papers, set in parts by processes of their own, two at a time, and bound.

Whoever asks is told after each part; where it is told to stop, nothing is left running and no half file stands anywhere.
"""

import json
import os
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
    with tempfile.TemporaryDirectory(prefix="parts-") as folder:
        files = [Path(folder, f"{number}.pdf") for number in range(len(sheets))]
        _draw_into(files, sheets, at_once, told, since)
        return [file.read_bytes() for file in files]


def _draw_into(files: Sequence[Path], sheets: Sequence[Sheet], at_once: int, told: Told, since: int) -> None:
    waiting = list(range(len(sheets)))
    running: dict[int, subprocess.Popen[bytes]] = {}
    done = 0
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                number = waiting.pop(0)
                running[number] = _begun(files[number], sheets[number], since + number)
            for number in [number for number, process in running.items() if process.poll() is not None]:
                _must_be_there(running.pop(number), files[number])
                done += 1
            told(done, len(sheets))  # where the work was cancelled, this is where it ends
            time.sleep(BETWEEN_LOOKS)
    finally:
        for process in running.values():
            _end(process)


def _begun(into: Path, sheet: Sheet, part: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(APART), str(into), str(LONGEST)]
    said = tempfile.TemporaryFile()  # noqa: SIM115  closed below; a file, because a pipe that is full waits for its reader
    said.write(json.dumps(sheet.asked(part)).encode())
    said.seek(0)
    environment = {
        name: value
        for name, value in os.environ.items()
        if name in ("PATH", "LANG", "HOME", "FONTCONFIG_PATH", "TMPDIR")
    }
    with said:
        return subprocess.Popen(
            command, stdin=said, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, cwd=into.parent
        )


def _must_be_there(process: subprocess.Popen[bytes], file: Path) -> None:
    if process.returncode != 0 or not file.exists() or not file.stat().st_size:
        raise NotDrawn(f"a part ended with {process.returncode}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=5)


@cache
def _paper_css() -> str:
    found = finders.find("css/papers/paper.css")
    assert isinstance(found, str)
    return Path(found).read_text()
