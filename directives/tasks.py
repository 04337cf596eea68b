from celery import shared_task

from directives.services.opening import open_everywhere


@shared_task(name="directives.open_periods")
def open_periods() -> None:
    """Made anew for the day; what is there already stays."""
    open_everywhere()
