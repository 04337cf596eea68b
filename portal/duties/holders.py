"""Who does the work of an organisation. The rows live upstairs in `branches`; the scan asks for them through this registry."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import QuerySet

# On a day: account, organisation, role; one row a grant of somebody who can sign in.
Source = Callable[[date], QuerySet[Any]]
_sources: list[Source] = []


def holders_come_from(source: Source) -> None:
    _sources[:] = [source]


def holders_on(day: date) -> QuerySet[Any]:
    return _sources[0](day)
