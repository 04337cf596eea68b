"""Meetings at the size of a province: three years, 200,000 meetings, four million lines of rolls.

What is promised is time: grid, list and home in 80 ms of server time, the whole summary counted anew in 15 s.
"""

from django.db import connection

from bench.frame import Contest, entry
from bench.pages import page_against_bytes
from branches.models import Kind, Organisation
from branches.models.summary import Month
from branches.summary.recount import recount_since
from portal.accounts.models import Account

OFFICE, PROVINCE, SECRETARY = "vanphong", "bantochuc", "bithu"


def _place(username: str) -> int:
    return Account.objects.get(username=username).grants.order_by("pk").first().organisation_id


@entry("meetings.grid")
def grid() -> Contest:
    """A commune's branches by months."""
    return page_against_bytes(OFFICE, f"/to-chuc/{_place(OFFICE)}/luoi-hop/", goal=30.0, calls=5)


@entry("meetings.province")
def province() -> Contest:
    """All communes of the province, from the summary."""
    return page_against_bytes(PROVINCE, f"/to-chuc/{_place(PROVINCE)}/luoi-hop/", goal=40.0, calls=5)


@entry("meetings.list")
def book() -> Contest:
    """A branch's year: what comes next, the strip, the list with rates."""
    return page_against_bytes(SECRETARY, f"/chi-bo/{_place(SECRETARY)}/hop/?nam=2025", goal=20.0, calls=5)


@entry("meetings.home")
def home() -> Contest:
    return page_against_bytes(SECRETARY, f"/chi-bo/{_place(SECRETARY)}/hop/", goal=20.0, calls=5)


@entry("summary.rebuild")
def rebuild() -> Contest:
    """Every month of every organisation counted anew, against writing all its rows as they are."""
    rows = Organisation.objects.everywhere(reason="bench")
    assert Month.everything.filter(organisation__kind=Kind.BRANCH, regular_held_on__isnull=False).exists()

    def floor() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE branches_month SET in_use = in_use")

    return Contest(
        ours=lambda: recount_since(rows, None), floor=floor, floor_is="one bare UPDATE of all months", goal=20.0
    )
