"""A commune as large as they come: written straight into the tables, for speed and for counting queries."""

from datetime import date, datetime, time

from django.utils import timezone

from branches.models import Kind, Organisation
from branches.models.summary import Month
from branches.summary import so_far
from meetings.models import Meeting, MeetingKind
from tests.cast import Cast, planned

FIRST = 9_100_000


def branches_below(commune: Organisation, count: int, *, begin: int = 0) -> list[Organisation]:
    rows = [
        planned(FIRST + begin + number, f"L-{begin + number}", f"Chi bộ thôn {begin + number:03}", Kind.BRANCH, commune)
        for number in range(count)
    ]
    Organisation.everything.bulk_create(rows)
    return rows


def year_of_meetings(branches: list[Organisation], year: int, months: int) -> None:
    """Each met in time, each month; with the summary that the portal would have of it."""
    meetings, known = [], []
    for branch in branches:
        for month in range(1, months + 1):
            day = date(year, month, 3)
            closed = timezone.make_aware(datetime.combine(day, time(17)))
            meeting = Meeting(
                organisation=branch, kind=MeetingKind.REGULAR, day=day, period=day.replace(day=1), begins=time(14),
                started_at=time(14), ended_at=time(15, 30), closed_at=closed,
            )  # fmt: skip
            meetings.append(meeting)
            known.append(
                Month(
                    organisation=branch,
                    month=day.replace(day=1),
                    in_use=True,
                    strength=30,
                    working=28,
                    with_tasks=27,
                    full_members=29,
                    has_secretary=True,
                    has_deputy=True,
                    regular_meeting=meeting.pk,
                    regular_held_on=day,
                    regular_state="in time",
                    regular_expected=28,
                    regular_came=26,
                    regular_steps=5,
                    regular_steps_done=5,
                    regular_resolved=True,
                )
            )
    Meeting.everything.bulk_create(meetings)
    Month.everything.filter(organisation__in=branches).delete()
    Month.everything.bulk_create(known)
    every = Organisation.everything.values_list("pk", flat=True)
    so_far.lock(every)
    so_far.add_up(every)  # as the portal does each night


def large_commune(cast: Cast, count: int = 40) -> list[Organisation]:
    rows = branches_below(cast.phu_luong, count)
    year_of_meetings(rows, 2026, 10)
    return rows
