"""Reviews for tests, written straight into the tables."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from branches.models import Organisation
from directives.models import Document, Review, ReviewPart
from portal.accounts.models import Account

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)


def a_review(
    document: Document, place: Organisation, *answering: Organisation, opened_by: Account, **facts: Any
) -> Review:
    today = timezone.localdate()
    usual = {
        "kind": "interim", "since": FIRST, "until": LAST, "due_on": today + timedelta(days=10), "answering": "branch",
        "opened_on": today, "guidance": "Nêu cách làm hay.",
    }  # fmt: skip
    review = Review(document=document, organisation=place, opened_by=opened_by, **usual | facts)
    review.save()
    for one in answering:
        ReviewPart(review=review, organisation=one).save()
    return review
