"""The rules of the domain, by subject: shape, words, who may set them. Their values stand in ../defaults."""

from branches.rules.definitions import (
    access,
    admission,
    archive,
    assignments,
    badges,
    dues,
    evaluation,
    meetings,
    organisations,
    papers,
    quality,
    reminders,
    targets,
    transfer,
    visits,
    votes,
)
from branches.rules.registry import publish

SUBJECTS = [
    meetings.SUBJECT,
    votes.SUBJECT,
    quality.SUBJECT,
    visits.SUBJECT,
    targets.SUBJECT,
    admission.SUBJECT,
    transfer.SUBJECT,
    evaluation.SUBJECT,
    badges.SUBJECT,
    dues.SUBJECT,
    organisations.SUBJECT,
    assignments.SUBJECT,
    papers.SUBJECT,
    archive.SUBJECT,
    reminders.SUBJECT,
    access.SUBJECT,
]


def publish_all() -> None:
    for subject in SUBJECTS:
        publish(subject)
