"""What many tests of a module read and none needs for itself: written once, around them all; each undoes only its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import date

import pytest
from django.db import transaction

from tests.cast import Cast, assemble


def standing(put: Callable[[Cast], object], *, on: date | None = None) -> Callable:
    """A fixture for a module: the cast (of a day), and what `put` puts. Tests run inside its transaction, in savepoints."""

    @pytest.fixture(scope="module")
    def stands(django_db_setup: None, django_db_blocker) -> Iterator[Cast]:
        with _rolled_back(django_db_blocker):
            with django_db_blocker.unblock():
                cast = assemble(on)
                put(cast)
            yield cast

    return stands


@contextmanager
def _rolled_back(django_db_blocker) -> Iterator[None]:
    around = transaction.atomic()
    with django_db_blocker.unblock():
        around.__enter__()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


def of_its_own(cast: Cast) -> Cast:
    """What a test changes in the people it holds, the next does not find."""
    return deepcopy(cast)
