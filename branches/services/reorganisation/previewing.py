from collections.abc import Callable
from typing import Any

from django.db import transaction

from branches.models import Reorganisation


def preview(service: Callable[..., Reorganisation], *subject: Any, **facts: Any) -> Reorganisation:
    """What it will do, known by doing it and taking it back: nothing can differ from the real act."""
    with transaction.atomic():
        record = service(*subject, **facts)
        transaction.set_rollback(True)
    return record
