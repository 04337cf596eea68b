"""Parts are set by processes of their own; whatever becomes of one, nothing is left behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from portal.papers import drawing
from portal.papers.content import Text
from portal.papers.drawing import NotDrawn, Sheet, drawn, drawn_at_once
from portal.papers.pdf import html_of
from tests.papers.archival import faults_of
from tests.papers.reading import flat
from tests.papers.samples import OFFICIAL, a_paper

SHEETS = [Sheet(html_of(a_paper(Text(f"Phần {number}"))), OFFICIAL) for number in range(3)]


def test_in_their_order_and_the_same_as_here():
    parts = drawn(SHEETS, at_once=2)
    assert [f"Phần {number}" in flat(part) for number, part in enumerate(parts)] == [True] * 3
    assert flat(parts[1]) == flat(drawn_at_once(SHEETS[1], 1))
    assert [faults_of(part) for part in parts] == [[], [], []]


def test_it_says_how_far_it_is():
    said: list[tuple[int, int]] = []
    drawn(SHEETS, at_once=1, told=lambda done, whole: said.append((done, whole)))
    assert said[-1] == (3, 3)
    assert said == sorted(said)


def test_told_to_stop_it_leaves_nothing_running(monkeypatch: pytest.MonkeyPatch):
    began, found = remembered(monkeypatch), []

    def stop(done: int, whole: int) -> None:
        found[:] = group_of(began[0])
        if len(found) == 3:  # who hands out the parts, and the two that are being set
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        drawn([SHEETS[0]] * 20, at_once=2, told=stop)
    assert began[0].returncode == -signal.SIGKILL
    until(lambda: not group_of(began[0]))


def test_a_part_that_dies_takes_the_others_along(monkeypatch: pytest.MonkeyPatch):
    """As when the machine runs out of memory and ends the largest."""
    began = remembered(monkeypatch)

    def kill_one(done: int, whole: int) -> None:
        for process in group_of(began[0])[1:2]:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    with pytest.raises(NotDrawn):
        drawn([SHEETS[0]] * 20, at_once=2, told=kill_one)
    until(lambda: not group_of(began[0]))


@pytest.mark.parametrize("begun", [1, 3], ids=["before the first part", "while two are set"])
def test_when_the_worker_is_gone_its_parts_go_too(begun: int, tmp_path: Path):
    """Killed at once, as by the machine: nobody is told, and yet nothing goes on."""
    program = (
        "import django; django.setup();"
        "from tests.papers.test_drawing import SHEETS; from portal.papers.drawing import drawn;"
        "drawn(SHEETS[:1] * 100, at_once=2)"
    )
    worker = subprocess.Popen([sys.executable, "-c", program], cwd=Path(__file__).parents[2], env=os.environ | {"TMPDIR": str(tmp_path)})  # fmt: skip
    until(lambda: list(tmp_path.glob("parts-*")) and len(below(worker.pid)) >= begun)
    all_of_it = below(worker.pid)
    worker.kill()
    worker.wait()
    until(lambda: not all_of_it & {pid for pid, _, _, state in _processes() if state != "Z"})
    assert not list(tmp_path.iterdir())


def remembered(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    began: list[subprocess.Popen[bytes]] = []
    begin = drawing._begun

    def begun(*asked: object) -> subprocess.Popen[bytes]:
        began.append(begin(*asked))  # type: ignore[arg-type]
        return began[-1]

    monkeypatch.setattr(drawing, "_begun", begun)
    return began


def group_of(process: subprocess.Popen[bytes]) -> list[int]:
    """Who is alive of all that it began, itself first."""
    return sorted(pid for pid, _, group, state in _processes() if group == process.pid and state != "Z")


def below(process: int) -> set[int]:
    """What it began, and what that began."""
    begun = {pid for pid, parent, _, _ in _processes() if parent == process}
    return begun.union(*(below(pid) for pid in begun))


def _processes() -> Iterator[tuple[int, int, int, str]]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            state, parent, group = stat.read_text().rpartition(")")[2].split()[:3]
            yield int(stat.parent.name), int(parent), int(group), state


def until(reached: Callable[[], object], patience: float = 40) -> None:
    give_up = time.monotonic() + patience
    while not reached():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def test_a_part_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(drawing, "LONGEST", 0)
    with pytest.raises(NotDrawn):
        drawn(SHEETS[:1], at_once=1)


def test_no_room_is_no_half_file(tmp_path: Path):
    """As on a disk that is full: a file may not grow beyond a few bytes."""
    program = (
        "import os, resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500)); sys.argv = ['', sys.argv[1], '60', '1', str(os.getppid())];"
        f"import runpy; runpy.run_path({str(drawing.APART)!r}, run_name='__main__')"
    )
    asked = json.dumps([SHEETS[0].asked(0)]).encode()
    ended = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], input=asked, capture_output=True, check=False
    )
    assert ended.returncode != 0
    assert b"File too large" in ended.stderr
    assert not list(tmp_path.glob("*.pdf"))


@pytest.mark.parametrize(
    "words",
    ['<img src="file:///etc/passwd">', '<img src="http://127.0.0.1:9/a.png">', "<style>@import url(/x.css)</style>"],
)
def test_markup_that_asks_for_something_gets_nothing(words: str):
    html = SHEETS[0].html.replace("Phần 0", f"Phần 0 {words}")
    assert "Phần 0" in flat(drawn_at_once(Sheet(html, OFFICIAL)))
