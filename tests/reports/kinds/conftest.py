"""One demo for all that reports say: it is only read."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import timezone

from tests import databases
from tests.browser.conftest import demo_template


@pytest.fixture(scope="session")
def demo(django_db_setup, django_db_blocker, worker_id: str) -> Iterator[str]:
    with django_db_blocker.unblock():
        mine = databases.clone(demo_template(), f"said_{worker_id}")
        yield mine
        databases.drop(mine)


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def on_the_demo(demo: str, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), databases.using(demo):
        yield
