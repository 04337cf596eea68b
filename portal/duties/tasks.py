from celery import shared_task
from django.utils import timezone

from portal.duties.counting import count_what_is_open
from portal.duties.rules import Asked


@shared_task(name="duties.count")
def count() -> None:
    """Every ten minutes."""
    count_what_is_open(Asked(timezone.localdate()))
