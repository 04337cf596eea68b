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
    from bench.reports import issued_and_undone

    begun = time.perf_counter()
    pages = issued_and_undone(report)
    seconds = time.perf_counter() - begun
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    print(seconds, pages, max(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
