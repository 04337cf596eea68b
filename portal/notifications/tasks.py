from celery import shared_task

from portal.notifications.services import cleaning, delivering, reminding


@shared_task(name="notifications.remind")
def remind() -> None:
    """In the morning; again through the day, for a morning that was missed."""
    reminding.remind()


@shared_task(name=reminding.DELIVER)
def deliver() -> None:
    """After the scan, and every minute."""
    delivering.deliver_due()


@shared_task(name="notifications.clean_up")
def clean_up() -> None:
    """Every night."""
    cleaning.clean_up()
