"""`make run`: the servers, the web, the workers and the beat, up together and down together."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NoReturn

from portal.machine.place import CHECKOUT, MachineError, Place
from portal.machine.process import start, stop
from portal.machine.servers import servers

WEB = ["gunicorn", "--config", "python:portal.gunicorn", "portal.wsgi"]
_WORKER = ["celery", "-A", "portal", "worker", "--loglevel", "INFO", "--concurrency", "1"]
WORKER = [*_WORKER, "--hostname", "quick@%h", "--queues", "quick,mail"]
HEAVY = [*_WORKER, "--hostname", "heavy@%h", "--queues", "heavy", "--max-tasks-per-child", "20"]
BEAT = ["celery", "-A", "portal", "beat", "--loglevel", "INFO"]
UP_WITHIN = 120  # seconds


def run(host: str, port: int) -> None:
    started = time.monotonic()
    place = Place.of_this_checkout("run")
    for ending in (
        signal.SIGINT,
        signal.SIGTERM,
        signal.SIGHUP,
    ):  # Ctrl-C counts also where a shell told us to ignore it
        signal.signal(ending, _leave)
    with place.held() as mine, ExitStack() as stack:
        if not mine:
            raise MachineError("Cổng của thư mục này đang chạy rồi. Dừng nó (Ctrl-C) trước khi chạy lại.")
        _port_is_free(host, port)
        stack.enter_context(servers(place))
        os.environ.update(_environment(host, port))
        prepared = subprocess.run([sys.executable, "manage.py", "prepare", "--assets", "--demo-if-empty"], cwd=CHECKOUT)
        if prepared.returncode:
            raise MachineError("Chưa chuẩn bị được cơ sở dữ liệu và giao diện; xem các dòng ở trên.")
        logs = CHECKOUT / "var" / "log"
        logs.mkdir(exist_ok=True)
        beat = [*BEAT, "--schedule", str(var_file("beat-schedule")), "--pidfile", ""]
        children = {
            name: stack.enter_context(_child(command, logs / f"{name}.log"))
            for name, command in {"worker": WORKER, "heavy": HEAVY, "beat": beat, "web": WEB}.items()
        }
        _wait_for_health(f"http://{host}:{port}/health/", children, logs)
        print(
            f"Cổng chạy tại http://{host}:{port}/ (sau {time.monotonic() - started:.1f} giây). Dừng: Ctrl-C.",
            flush=True,
        )
        _stand_by(children, logs)


def var_file(name: str) -> Path:
    return CHECKOUT / "var" / name


def _environment(host: str, port: int) -> dict[str, str]:
    """A demo on this machine: known accounts, a secret of its own, and the address it listens on."""
    key = var_file("secret-key")
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(50))
    hosts = ",".join(sorted({"localhost", "127.0.0.1", "[::1]", host, socket.gethostname()}))
    return {
        "PATH": f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "SECRET_KEY": os.environ.get("SECRET_KEY") or key.read_text(),
        "ALLOWED_HOSTS": os.environ.get("ALLOWED_HOSTS") or hosts,
        "PORTAL_DEMO": os.environ.get("PORTAL_DEMO", "1"),
        "PORTAL_BIND": f"{host}:{port}",
    }


@contextmanager
def _child(command: list[str], log: Path):
    # where all dies with us, a worker would wait for its broker before it went
    last_words = signal.SIGKILL if command[0] == "celery" else signal.SIGTERM
    process = start([sys.executable, "-m", *command], log=log, cwd=CHECKOUT, last_words=last_words)
    try:
        yield process
    finally:
        stop(process)


def _wait_for_health(url: str, children: dict[str, subprocess.Popen], logs: Path) -> None:
    until = time.monotonic() + UP_WITHIN
    while time.monotonic() < until:
        _all_alive(children, logs)
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise MachineError(f"Cổng chưa sẵn sàng sau {UP_WITHIN} giây. Xem các tệp trong {logs}")


def _stand_by(children: dict[str, subprocess.Popen], logs: Path) -> None:
    while True:
        time.sleep(1)
        _all_alive(children, logs)


def _all_alive(children: dict[str, subprocess.Popen], logs: Path) -> None:
    for name, process in children.items():
        if process.poll() is not None:
            raise MachineError(f"Tiến trình {name} đã dừng (mã {process.returncode}). Xem {logs / name}.log")


def _port_is_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise MachineError(
                f"Cổng mạng {port} đang có chương trình khác dùng. Chọn số khác: make run PORT=8100"
            ) from error


def _leave(*_: object) -> NoReturn:
    raise KeyboardInterrupt
