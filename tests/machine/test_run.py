"""`make run` for real: a copy of the checkout in a closed folder, started, interrupted, killed, started again."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.machine


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("closed") / "checkout"
    left_out = shutil.ignore_patterns(".venv", "var", ".git", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(CHECKOUT, folder, ignore=left_out)
    folder.parent.chmod(0o700)
    yield folder
    kill_all(folder)
    clean(folder)


def test_up_down_killed_and_up_again(copy: Path):
    portal, address = start(copy), ""
    address = wait_for_address(portal)
    with urllib.request.urlopen(f"{address}/health/") as answer:
        assert json.load(answer)["serves"] is True
    with urllib.request.urlopen(address) as answer:
        assert "Đăng nhập" in answer.read().decode()

    portal.send_signal(signal.SIGINT)
    assert portal.wait(timeout=60) == 0
    assert processes_of(copy) == []

    began = time.monotonic()
    portal = start(copy)
    wait_for_address(portal)
    assert time.monotonic() - began < 120  # seconds; the rest of the suite runs beside this

    kill_all(copy)
    portal.wait(timeout=10)

    portal = start(copy)
    address = wait_for_address(portal)
    with urllib.request.urlopen(f"{address}/health/") as answer:
        assert answer.status == 200

    # the supervisor alone dies: the kernel ends what it started
    portal.kill()
    portal.wait()
    until = time.monotonic() + 30
    while processes_of(copy) and time.monotonic() < until:
        time.sleep(0.2)
    assert processes_of(copy) == []
    assert copy.parent.stat().st_mode & 0o077 == 0, "the closed folder was opened"

    mark = (copy / "var" / "mark").read_text()
    assert clean(copy).returncode == 0
    assert not (copy / "var").exists()
    assert not list(Path("/var/lib/chibo-portal").glob(f"{mark}/*"))


def test_a_taken_port_is_said_in_words(copy: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        portal = start(copy, port=taken.getsockname()[1])
        said, _ = portal.communicate(timeout=30)
    assert portal.returncode == 1
    assert "đang có chương trình khác dùng" in said


def start(copy: Path, port: int | None = None) -> subprocess.Popen:
    command = [sys.executable, "-m", "portal.machine", "run", "--port", str(port or free_port())]
    given = {"DATABASE_URL", "REDIS_URL", "PORTAL_VAR", "DJANGO_SETTINGS_MODULE"}
    env = {name: value for name, value in os.environ.items() if name not in given}
    return subprocess.Popen(
        command, cwd=copy, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),  # as a shell starts what runs in the background
    )  # fmt: skip


def clean(copy: Path) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "portal.machine", "clean"], cwd=copy, capture_output=True)


def wait_for_address(portal: subprocess.Popen) -> str:
    lines = []
    for line in portal.stdout:
        lines.append(line)
        if line.startswith("Cổng chạy tại "):
            return line.split()[3].rstrip("/")
    raise AssertionError("".join(lines))


def processes_of(copy: Path) -> list[int]:
    """Everything that runs from this copy or on its data, whoever its parent is by now."""
    mark = (copy / "var" / "mark").read_text() if (copy / "var" / "mark").exists() else "no mark yet"
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().decode(errors="replace")
            place = os.readlink(process / "cwd")
            state = (process / "stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            continue
        if state != "Z" and (mark in command or Path(place).is_relative_to(copy)):
            found.append(int(process.name))
    return found


def kill_all(copy: Path) -> None:
    for pid in processes_of(copy):
        with suppress(ProcessLookupError):  # the end of one is the end of others
            os.kill(pid, signal.SIGKILL)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
