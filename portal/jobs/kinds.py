"""The kinds of long work: a name, and the function that does it. Each app registers its own in `jobs.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portal.jobs.work import Result, Work

QUEUES = ("heavy", "mail", "quick")
Function = Callable[["Work"], "Result"]


@dataclass(frozen=True)
class Kind:
    name: str
    function: Function
    words: str  # “Nhập danh sách đảng viên”: in the list, and in the history of all it touches
    queue: str = "quick"
    sign: str = "VIỆC"  # of a row whose file is not there yet: XLSX, PDF
    keep_days: int = 7  # how long the row and its file stay after the end
    silent_for: timedelta = timedelta(minutes=30)  # without a report for so long it is taken for stuck
    longest: timedelta = timedelta(hours=2)  # then its process is ended


class KindTaken(RuntimeError):
    """Two functions under one name, or a queue that no worker serves. A mistake in the code."""


_kinds: dict[str, Kind] = {}


def job(name: str, **facts: object) -> Callable[[Function], Function]:
    def register(function: Function) -> Function:
        kind = Kind(name, function, **facts)  # type: ignore[arg-type]
        known = _kinds.get(name)
        if kind.queue not in QUEUES or (known and known.function.__qualname__ != function.__qualname__):
            raise KindTaken(f"The kind of job {name!r} is taken, or its queue {kind.queue!r} is none of {QUEUES}.")
        _kinds[name] = kind
        return function

    return register


def kind_named(name: str) -> Kind | None:
    """None: written by an older or a newer portal than this one."""
    return _kinds.get(name)
