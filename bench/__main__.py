"""python -m bench --scale province --only home: see `make bench`."""

import argparse
import importlib
import os
import pkgutil
import sys
from pathlib import Path

import django
from django.core.management import call_command

from portal.machine.place import Place
from portal.machine.servers import servers

LATEST = Path(__file__).resolve().parent.parent / "var" / "bench" / "latest.json"


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--scale", default="province")
    parser.add_argument("--only")
    asked = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    os.environ["LOG_LEVEL"] = "ERROR"
    place = Place.of_this_checkout("bench")
    with place.held() as mine:
        if not mine:
            sys.exit("Đang đo ở nơi khác; đợi xong rồi chạy lại.")
        with servers(place):
            django.setup()
            call_command("assets", verbosity=0)  # pages name their style sheets by what is in them
            return _measure_all(asked.scale, asked.only)


def _measure_all(scale: str, only: str | None) -> int:
    from bench import data, entries, frame  # after django.setup()

    for module in pkgutil.iter_modules(entries.__path__):
        importlib.import_module(f"bench.entries.{module.name}")
    names = [name for name in frame.ENTRIES if only in (None, name, name.partition(".")[0])]
    if not names:
        sys.exit(f"Không có phép đo tên {only}. Có: {', '.join(frame.ENTRIES)}")
    with data.seeded(scale):
        results = [frame.measure(name) for name in names]
    print(frame.table(results))
    frame.write(results, LATEST)
    return 0


if __name__ == "__main__":
    sys.exit(main())
