"""What services do as if it were an earlier day: of the demo alone, which is filled by one process before anybody is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

from django.utils import timezone


@contextmanager
def as_on(day: date, hour: int = 9) -> Iterator[None]:
    moment = timezone.make_aware(datetime.combine(day, time(hour)))
    real, timezone.now = timezone.now, lambda: moment
    try:
        yield
    finally:
        timezone.now = real
