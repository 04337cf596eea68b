"""python -m bench.import_alone DATABASE FILE: one import in a process of its own, which says what memory it took at most."""

import os
import resource
import sys


def main(database: str, path: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = database
    from bench.entries.import_members import brought_and_written

    brought_and_written(path)
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    print(max(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024)


if __name__ == "__main__":
    main(*sys.argv[1:])
