"""Databases for tests: migrated once, then cloned. A clone costs a tenth of a second, a truncation more."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection, connections

CHECKOUT = Path(__file__).resolve().parent.parent
LOCK = 7_310_001
MIGRATED = "migrated"
RULES = "branches/rules/defaults/*.toml"  # what every portal has from its first start


def template(
    name: str, fill: Callable[[], object] = lambda: None, *, depends_on: str = "", of_a_day: bool = False
) -> str:
    """The name of a database with today's migrations and what `fill` put in; made by whichever worker comes first.

    `of_a_day`: what `fill` puts in lies around today, and is of no use tomorrow.
    """
    empty = _made(MIGRATED, _migrate, begun_from="template1")
    return _made(name, fill, begun_from=empty, depends_on=depends_on, day=os.environ["TESTS_DAY"] if of_a_day else "")


def _migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def _made(name: str, fill: Callable[[], object], *, begun_from: str, depends_on: str = "", day: str = "") -> str:
    full_name = f"template_{name}_{_fingerprint(depends_on, day)}"
    with _server() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not _exists(server, full_name):
            making = f"{full_name}_making"
            _drop(server, making)
            server.execute(f'CREATE DATABASE "{making}" TEMPLATE "{begun_from}" STRATEGY FILE_COPY')
            with using(making):
                fill()
            server.execute(f'ALTER DATABASE "{making}" RENAME TO "{full_name}"')
            _drop_older(server, name, full_name)
        server.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    return full_name


def clone(of: str, name: str) -> str:
    with _server() as server:
        _drop(server, name)
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{of}" STRATEGY FILE_COPY')
    return name


def drop(name: str) -> None:
    with _server() as server:
        _drop(server, name)


def address_of(name: str) -> str:
    """For another process, or a connection beside Django's."""
    return os.environ["DATABASE_URL"].replace("/portal?", f"/{name}?")


@contextmanager
def using(name: str) -> Iterator[None]:
    """Django's connection goes to this database for the length of the block."""
    before = connection.settings_dict["NAME"]
    switch(name)
    try:
        yield
    finally:
        switch(before)


def switch(name: str) -> None:
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


@contextmanager
def _server() -> Iterator[psycopg.Connection]:
    with psycopg.connect(address_of("postgres"), autocommit=True) as server:
        yield server


def _exists(server: psycopg.Connection, name: str) -> bool:
    return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _drop(server: psycopg.Connection, name: str) -> None:
    server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _drop_older(server: psycopg.Connection, name: str, keep: str) -> None:
    rows = server.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"template\\_{name}\\_%"]
    ).fetchall()
    for (old,) in rows:
        if old != keep:
            _drop(server, old)


def _fingerprint(depends_on: str, day: str) -> str:
    """Changes with every migration, with the files (a glob) that `fill` is made of, and with the day if it is of one."""
    found = hashlib.sha256(day.encode())
    patterns = ["*/migrations/*.py", "portal/*/migrations/*.py", *filter(None, depends_on.split())]
    for path in sorted(path for pattern in patterns for path in CHECKOUT.glob(pattern)):
        found.update(str(path.relative_to(CHECKOUT)).encode() + path.read_bytes())
    return found.hexdigest()[:12]
