"""Starting a process so that it ends with us, and ending it."""

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1


def start(
    command: list[str],
    *,
    log: Path | None = None,
    user: str | None = None,
    cwd: Path | None = None,
    last_words: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen:
    """A child in a session of its own: Ctrl-C reaches us alone, and we end it in order. If we are killed, the kernel
    sends it `last_words`."""
    output = open(log, "ab") if log else None  # noqa: SIM115  the child keeps it
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            user=user,
            group=user,
            extra_groups=[] if user else None,
            cwd=cwd or "/",
            start_new_session=True,
            preexec_fn=_dies_with_parent(last_words),
        )
    finally:
        if output:
            output.close()


def stop(process: subprocess.Popen, *, gently: signal.Signals = signal.SIGTERM, patience: float = 15) -> None:
    """Ask, wait, then insist."""
    if process.poll() is not None:
        return
    process.send_signal(gently)
    try:
        process.wait(timeout=patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_until(ready: Callable[[], bool], process: subprocess.Popen, *, patience: float) -> bool:
    """True when ready; False when the process ended or the patience did."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if process.poll() is not None:
            return False
        if ready():
            return True
        time.sleep(0.05)
    return False


def die_with_parent() -> None:
    """For a process that was forked, not started by us: killed as soon as who forked it is gone."""
    if ask := _dies_with_parent(signal.SIGKILL):
        ask()


def _dies_with_parent(last_words: signal.Signals) -> Callable[[], None] | None:
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    return lambda: libc.prctl(PR_SET_PDEATHSIG, int(last_words))
