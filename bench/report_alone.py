"""python -m bench.report_alone DATABASE REPORT: the worker's job of issuing one report, in a process of its own, which says how
many seconds and pages it was and what memory it took at most, its helpers looked at one by one."""

import os
import resource
import sys
import time


def main(database: str, report: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = database
    from bench.reports import issued_and_undone, pages_of

    begun = time.perf_counter()

    def say(done: int) -> None:
        seconds, peak = time.perf_counter() - begun, _peak()
        print(seconds, pages_of(done), peak)

    issued_and_undone(report, say)


def _peak() -> float:
    """In MB. Its own by the kernel's mark, which begins anew with each program; getrusage remembers who started it."""
    with open("/proc/self/status") as status:
        own = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
