import logging

from celery import shared_task

from portal.files.services.cleaning import clean_up

log = logging.getLogger(__name__)


@shared_task(name="files.clean_up")
def clean_up_files() -> None:
    """Every night. A vanished file is an error that somebody must look at: the log says which, by number."""
    cleaned = clean_up()
    log.info("files cleaned up", extra={"removed": len(cleaned.removed)})
    if cleaned.vanished:
        log.error("files vanished from the store", extra={"files": [str(file.pk) for file in cleaned.vanished]})
