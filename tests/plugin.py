"""Loaded before Django: the tests' own PostgreSQL and Valkey, so that settings find their addresses.

The process that starts the run brings the servers up and hands the addresses to its workers by the environment; each worker
takes a database and a Valkey number of its own.
"""

import os
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from portal.machine.place import MachineError, Place
from portal.machine.servers import servers

_up = ExitStack()
NAME = os.environ.get("TESTS", "test")  # TESTS=other runs beside a run that is going on, on servers of its own
VAR = Path(__file__).resolve().parent.parent / "var" / f"{NAME}s"


def _bring_up_servers() -> None:
    for name in ("DATABASE_URL", "REDIS_URL", "PORTAL_PRODUCTION", "PORTAL_DEBUG", "PORTAL_DEMO"):
        os.environ.pop(name, None)
    os.environ["PORTAL_VAR"] = str(VAR)
    # of the whole run, though it goes on over midnight
    os.environ.setdefault("TESTS_DAY", datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date().isoformat())
    place = Place.of_this_checkout(NAME)
    if not _up.enter_context(place.held()):
        raise MachineError("Bộ kiểm thử của thư mục này đang chạy ở nơi khác. Đợi nó xong, hoặc chạy với TESTS=khac.")
    _up.enter_context(servers(place, durable=False))


def _take_a_valkey_number(worker: str) -> None:
    os.environ["REDIS_URL"] += f"?db={int(worker.removeprefix('gw')) + 1}"


# At import and not in a hook: the Django plugin reads the settings in the first hook there is.
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    _take_a_valkey_number(worker)
else:
    _bring_up_servers()


def pytest_unconfigure(config: pytest.Config) -> None:
    _up.close()
