"""Kills the worker's process at a chosen point of telling or sending, once. Imported by workers of tests only.

The point stands in a file: “before the claim”, “after the claim”, “after the send”, “after the mark”, “after the commit”;
“sql 3” and “commit” for the scan; or “never”, to count its statements.
"""

import os
import signal
from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import Any

from celery.signals import task_prerun
from django.db import connections

from portal.notifications.channels.mail import Mail
from portal.notifications.services import delivering, reminding

PLAN = Path(os.environ["JOBS_TEST_PLAN"])
reminding.NOT_BEFORE = time(0)  # tests run at any hour
_statements = 0


def _reached(point: str) -> None:
    try:
        if PLAN.read_text() != point:
            return
        PLAN.unlink()
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


def _dying(function: Callable[..., Any], before: str = "", after: str = "") -> Callable[..., Any]:
    def called(*args: Any, **options: Any) -> Any:
        _reached(before)
        result = function(*args, **options)
        if result is not None or after == "after the mark":
            _reached(after)
        return result

    return called


def _sent(self: Mail, *args: Any) -> None:
    _send(self, *args)
    _reached("after the send")


_send = Mail.send
Mail.send = _sent
delivering._claimed = _dying(delivering._claimed, "before the claim", "after the claim")
delivering._mark_sent = _dying(delivering._mark_sent, after="after the mark")
delivering.deliver_one = _dying(delivering.deliver_one, after="after the commit")


@task_prerun.connect
def arm(task: Any, **_: Any) -> None:
    global _statements  # noqa: PLW0603  one task at a time in this process
    main = connections["default"]
    if "_commit" in vars(main):
        del main._commit
        main.execute_wrappers.remove(_count)
    if task.name != "notifications.remind":
        return
    _statements = 0
    main.execute_wrappers.append(_count)
    commit = main._commit

    def dying_commit() -> None:
        _reached("commit")
        draft = PLAN.with_suffix(f".{os.getpid()}")
        draft.write_text(str(_statements))
        draft.rename(PLAN.with_suffix(".counted"))  # whoever waits for it finds it whole
        commit()

    main._commit = dying_commit


def _count(execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
    global _statements  # noqa: PLW0603
    _statements += 1
    _reached(f"sql {_statements}")
    return execute(sql, params, many, context)
