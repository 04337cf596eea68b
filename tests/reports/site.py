"""Real workers on a database of their own that knows the dated rules: fixtures for tests that issue in earnest."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection

from tests import databases
from tests.cast import Cast
from tests.conftest import _empty
from tests.jobs.conftest import Site
from tests.reports.issuing import with_terms


@pytest.fixture(scope="module")
def real_database(django_db_setup: None, django_db_blocker, worker_id: str) -> Iterator[str]:
    with django_db_blocker.unblock():
        mine = databases.clone(_empty(), f"reports_{worker_id}")
        with databases.using(mine):
            yield mine
        databases.drop(mine)


@pytest.fixture
def ready(site: Site, people: Cast, settings) -> Iterator[Cast]:
    """Workers run, their files lie where the test looks for them, and nobody has issued anything."""
    settings.JOBS_SENT_AGAIN_AFTER = timedelta(seconds=0.3)
    store = {"BACKEND": "portal.files.folder.PrivateFolder", "OPTIONS": {"location": site.home / "files"}}
    settings.STORAGES = settings.STORAGES | {"files": store}
    if all(worker.poll() is not None for worker in site.workers):
        site.start_worker()
    begin_anew()
    yield with_terms(people)
    site.plan.unlink(missing_ok=True)
    begin_anew()


def begin_anew() -> None:
    with connection.cursor() as cursor:  # what was issued is never deleted: not by rows
        cursor.execute("TRUNCATE reports_report, branches_documentnumber, jobs_job, files_storedfile CASCADE")
