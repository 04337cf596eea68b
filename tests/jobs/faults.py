"""Kills the worker's process at a chosen point of a job, once. Imported by workers of tests only (-I tests.jobs.faults).

The point stands in a file: “received”, “sql 7”, “commit”, “committed”, “acknowledge”; or “never”, to count the statements.
"""

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from celery.signals import task_postrun, task_prerun
from django.db import connections

PLAN = Path(os.environ["JOBS_TEST_PLAN"])
BOTH = ("default", "jobs")
_counted: list[str] = []


@task_prerun.connect
def arm(task: Any, **_: Any) -> None:
    if task.name != "jobs.run" or not PLAN.exists():
        return
    _counted.clear()
    _reached("received")
    for alias in BOTH:
        connections[alias].execute_wrappers.append(_count)
    main = connections["default"]
    commit = main._commit

    def dying_commit() -> None:
        _reached("commit")
        commit()
        _reached("committed")

    main._commit = dying_commit


@task_postrun.connect
def disarm(task: Any, **_: Any) -> None:
    if task.name != "jobs.run" or "_commit" not in vars(connections["default"]):
        return
    _reached("acknowledge")
    if _did_the_job() and PLAN.exists() and PLAN.read_text().startswith("sql"):
        _reached(PLAN.read_text())  # what the first run read once, later ones do not read
    draft = PLAN.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(_counted))
    draft.rename(PLAN.with_suffix(".counted"))  # whoever waits for it finds it whole
    for alias in BOTH:
        connections[alias].execute_wrappers.remove(_count)
    del connections["default"]._commit


def _did_the_job() -> bool:
    """Not so for a message sent twice, which locks, finds that there is nothing to do, and unlocks: it must not die in the
    job's place."""
    return len(_counted) > 3


def _count(execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
    _counted.append(sql)
    _reached(f"sql {len(_counted)}")
    return execute(sql, params, many, context)


def _reached(point: str) -> None:
    try:
        if PLAN.read_text() != point:
            return
        PLAN.unlink()
    except FileNotFoundError:  # another process of this worker has died already
        return
    os.kill(os.getpid(), signal.SIGKILL)
