"""Parts are set by processes of their own; whatever becomes of one, nothing is left behind."""

import json
import resource
import subprocess
import sys
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
    begun: list[subprocess.Popen[bytes]] = []
    begin = drawing._begun

    def remembered(*asked: object) -> subprocess.Popen[bytes]:
        begun.append(begin(*asked))  # type: ignore[arg-type]
        return begun[-1]

    def stop(done: int, whole: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(drawing, "_begun", remembered)
    with pytest.raises(KeyboardInterrupt):
        drawn(SHEETS, at_once=2, told=stop)
    assert len(begun) == 2
    assert all(process.returncode == -9 for process in begun)


def test_a_part_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(drawing, "LONGEST", 0)
    with pytest.raises(NotDrawn):
        drawn(SHEETS[:1], at_once=1)


def test_no_room_is_no_half_file(tmp_path: Path):
    """As on a disk that is full: a file may not grow beyond a few bytes."""
    program = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500)); sys.argv = ['', sys.argv[1], '60'];"
        f"import runpy; runpy.run_path({str(drawing.APART)!r}, run_name='__main__')"
    )
    asked = json.dumps(SHEETS[0].asked(0)).encode()
    into = tmp_path / "part.pdf"
    ended = subprocess.run([sys.executable, "-c", program, str(into)], input=asked, capture_output=True, check=False)
    assert ended.returncode != 0
    assert b"File too large" in ended.stderr
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 500


@pytest.mark.parametrize(
    "words",
    ['<img src="file:///etc/passwd">', '<img src="http://127.0.0.1:9/a.png">', "<style>@import url(/x.css)</style>"],
)
def test_markup_that_asks_for_something_gets_nothing(words: str):
    html = SHEETS[0].html.replace("Phần 0", f"Phần 0 {words}")
    assert "Phần 0" in flat(drawn_at_once(Sheet(html, OFFICIAL)))
