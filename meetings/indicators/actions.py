"""Whether what was given in meetings is done by its day. Read from the things themselves: the summary knows nothing of them."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from branches.models import Organisation
from meetings.indicators.pages import actions, as_the_roll_asks
from meetings.models import ActionItem, Meeting, Reopening, Stand
from meetings.models.decision import ActionItemQuerySet
from meetings.models.meeting import MeetingQuerySet
from portal.indicators.registry import Figure, Indicator, Subject

WHY = "figures are for whoever may read them"
IN_TIME = Q(stand=Stand.DONE, stood_on__lte=F("due_on"))


def _due(place: Organisation, first: date, last: date) -> ActionItemQuerySet:
    """Whose day lies in the period and is over: today's has not ended yet."""
    rows = ActionItem.objects.everywhere(reason=WHY).there().filter(~Exists(_never_closed()))
    rows = rows.filter(due_on__gte=first, due_on__lte=last, due_on__lt=timezone.localdate())
    rows = rows.filter(organisation__ancestries__ancestor=place, organisation__ancestries__days__contains=last)
    return rows.exclude(stand=Stand.DROPPED).order_by()


def _never_closed() -> MeetingQuerySet:
    """Drafts. They are few, and found by themselves: so that not every log need be looked at (see was_closed)."""
    reopened = Reopening.objects.everywhere(reason=WHY).filter(meeting=OuterRef("pk"))
    rows = Meeting.objects.everywhere(reason=WHY).filter(~Exists(reopened), closed_at__isnull=True)
    return rows.filter(pk=OuterRef("meeting"))


def in_time(place: Organisation, first: date, last: date) -> dict[int, Figure]:
    rows = _due(place, first, last).values_list("organisation")
    return {row[0]: Figure(*row[1:]) for row in rows.annotate(done=Count("pk", filter=IN_TIME), due=Count("pk"))}


def in_time_by_month(place: Organisation, first: date, last: date) -> dict[date, Figure]:
    rows = _due(place, first, last).values_list(TruncMonth("due_on"))
    return {row[0]: Figure(*row[1:]) for row in rows.annotate(done=Count("pk", filter=IN_TIME), due=Count("pk"))}


def indicators() -> Iterator[Indicator]:
    yield Indicator(
        code="meetings.actions_in_time", to_the_day=True, name="Việc giao tại buổi họp xong đúng hạn", of_what="việc đã qua hạn",
        counts="việc ghi là xong, muộn nhất vào ngày hạn", by_place=in_time, by_month=in_time_by_month,
        left_out="Việc không có hạn, việc chưa đến hạn, việc đã thôi không làm, việc trong sổ chưa đóng.",
        source="Việc phải làm ghi trong kết luận các buổi họp.", subject=Subject.CONTENT,
        behind=actions, asks=as_the_roll_asks,
    )  # fmt: skip
