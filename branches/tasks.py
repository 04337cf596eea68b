from celery import shared_task

from branches.services.ripples import fold_ripples
from branches.services.tree import begin_the_day


@shared_task(name="branches.begin_the_day")
def begin() -> None:
    begin_the_day()


@shared_task(name="branches.fold_ripples")
def fold() -> None:
    fold_ripples()
