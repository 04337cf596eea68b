"""Kinds of long work that exist in tests only; workers of tests import them by `celery worker -I tests.jobs.kinds`."""

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

from django.db import connection

from portal.files.kinds import Kind
from portal.help.models import Term
from portal.jobs.kinds import job
from portal.jobs.work import Result, Work
from portal.words.errors import DomainError


@job("tests.write", words="Ghi thuật ngữ", queue="heavy", sign="CSV", keep_days=3)
def write(work: Work) -> Result:
    total = work.parameters["terms"]
    for number in range(1, total + 1):
        Term(word=f"từ {number}", meaning="…", changed_by=work.actor.account).save()
        time.sleep(work.parameters.get("pause", 0))
        work.report(number, total, f"Đang ghi {number}/{total} từ")
    file = work.keep(b"a;b\n", name="ket-qua.csv", kinds={Kind.CSV})
    return Result(f"Đã ghi {total} từ", file=file, link="/tro-giup/thuat-ngu/")


seen: list[Work] = []  # by what follows, within the process of a test


@job("tests.look", words="Xem")
def look(work: Work) -> Result:
    seen.append(work)
    return Result("Đã xem")


@job("tests.refuse", words="Ghi rồi thôi")
def refuse(work: Work) -> Result:
    Term(word="bị từ chối", meaning="…").save()
    raise DomainError("Dòng 14 thiếu tên chi bộ.")


@job("tests.fail", words="Hỏng")
def fail(work: Work) -> Result:
    Term(word="bị hỏng", meaning="…").save()
    raise ZeroDivisionError("secret inside")


@job("tests.die", words="Chết")
def die(work: Work) -> Result:
    Term(word="chết", meaning="…").save()
    os.kill(os.getpid(), signal.SIGKILL)
    return Result()


@job("tests.wait", words="Đợi", silent_for=timedelta(minutes=5))
def wait(work: Work) -> Result:
    """Writes, says its process number, and waits for a file; reports while it waits if it was asked to."""
    Term(word=f"lần {work.claim.job.attempts}", meaning="…").save()
    if work.parameters.get("nameless"):  # as behind a pooler that keeps the names of connections to itself
        connection.cursor().execute("SELECT set_config('application_name', '', false)")
    work.report(1, 2, f"pid {os.getpid()}")
    until = time.monotonic() + 60
    while not Path(work.parameters["until"]).exists() and time.monotonic() < until:
        time.sleep(0.02)
        if work.parameters.get("listening"):
            work.stop_if_cancelled()
    return Result("Đã đợi xong")
