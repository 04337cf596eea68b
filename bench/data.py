"""The seeded database: made once for each scale and state of the seeding code, then cloned as a template."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection

from branches.services.ripples import fold_ripples
from branches.services.rules import load_rules
from branches.services.tree import begin_the_day
from directives.services.library import load_documents
from portal.help.services.library import load_library_if_empty
from portal.seeding.seed import seed

CHECKOUT = Path(__file__).resolve().parent.parent
MADE_OF = (
    "branches/rules/defaults/*.toml",
    "directives/library/*.toml",
    "directives/library/*/*",
    "portal/seeding/*.py",
    "portal/help/library.py",
    "*/migrations/*.py",
    "portal/*/migrations/*.py",
)


@contextmanager
def seeded(scale: str) -> Iterator[None]:
    """Django's connection goes to a fresh clone of the seeded database for the length of the block."""
    template, mine = f"bench_{scale}_{_fingerprint()}", f"bench_run_{os.getpid()}"
    if not _exists(template):
        print(f"Đang lập dữ liệu mức {scale} …", flush=True)
        _make(template, scale)
    _execute(f'CREATE DATABASE "{mine}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    _switch(mine)
    try:
        begin_the_day()  # as the clock does each night: what was made on another day is of another day
        for _ in range(2):  # and each minute: the tree has just been made, and nobody is at work in it any more
            fold_ripples()
        yield
    finally:
        _switch("portal")
        _execute(f'DROP DATABASE "{mine}" WITH (FORCE)')


def _make(template: str, scale: str) -> None:
    making = f"{template}_making"
    _execute(f'DROP DATABASE IF EXISTS "{making}" WITH (FORCE)')
    _execute(f'CREATE DATABASE "{making}"')
    _switch(making)
    call_command("migrate", verbosity=0, interactive=False)
    load_library_if_empty()
    load_rules()
    load_documents()
    seed(scale)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as a portal that has run for a night
    _switch("portal")
    _execute(f'ALTER DATABASE "{making}" RENAME TO "{template}"')


def _switch(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _exists(name: str) -> bool:
    return bool(_execute("SELECT 1 FROM pg_database WHERE datname = %s", name))


def _execute(sql: str, *values: str) -> list[tuple]:
    address = os.environ["DATABASE_URL"].replace("/portal?", "/postgres?")
    with psycopg.connect(address, autocommit=True) as server:
        cursor = server.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def _fingerprint() -> str:
    found = hashlib.sha256()
    for path in sorted(path for pattern in MADE_OF for path in CHECKOUT.glob(pattern)):
        found.update(path.read_bytes())
    return found.hexdigest()[:12]
