"""The tree at the size of a province. The office of the province reads it, which reaches everything.

What is promised is time: a page in 60 ms of server time, a search in 20 of the database, a month in 5. The ratios keep that
from creeping up: the bare views answer in about 2 ms.
"""

from django.db import connection
from django.utils import timezone

from bench.frame import Contest, entry
from bench.pages import page_against_bytes
from branches.models import Kind, Organisation
from branches.summary.facts import Pair
from branches.summary.months import month_of
from branches.summary.recount import recount
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.accounts.models import Account

OFFICE = "bantochuc"


@entry("tree.root")
def root() -> Contest:
    """The tree as it opens: the province and its communes with what hangs below each."""
    return page_against_bytes(OFFICE, "/to-chuc/", goal=15.0, calls=5)


@entry("tree.organisation")
def organisation() -> Contest:
    commune = Organisation.everything.filter(kind=Kind.COMMUNE).order_by("pk")[5]
    return page_against_bytes(OFFICE, f"/to-chuc/{commune.pk}/", goal=12.0, calls=5)


@entry("tree.rules")
def rules() -> Contest:
    """All rules that hold in a commune, each with its source."""
    commune = Organisation.everything.filter(kind=Kind.COMMUNE).order_by("pk")[5]
    return page_against_bytes(OFFICE, f"/to-chuc/{commune.pk}/quy-dinh/", goal=12.0, calls=3)


@entry("tree.search")
def search() -> Contest:
    """Finding by a part of the name, without tones, over all that the office reaches, against the bare SQL."""
    actor = Actor.today(Account.objects.get(username=OFFICE))
    last = Organisation.everything.filter(kind=Kind.BRANCH).latest("pk")
    sought = " ".join(last.search_key.split()[-2:])

    def ours() -> list:
        return list(Organisation.objects.allowed(actor, Permission.SEE_ORGANISATION).matching(sought).in_order()[:30])

    def floor() -> list:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT * FROM branches_organisation WHERE search_key LIKE %s ORDER BY sort_key, id LIMIT 30",
                [f"%{sought}%"],
            )
            return cursor.fetchall()

    assert len(ours()) == len(floor()) > 0
    return Contest(ours=ours, floor=floor, floor_is="the bare SQL, no door", goal=5.0, calls=20)


@entry("tree.as_of")
def as_of() -> Contest:
    """The whole tree of a past day, with its names and parents then, against today's rows as they lie."""
    top = Organisation.everything.get(parent=None)
    day = timezone.localdate().replace(year=timezone.localdate().year - 1)

    def ours() -> list:
        rows = Organisation.objects.everywhere(reason="bench")
        return list(rows.below_as_of(top, day).as_of(day).values_list("pk", "name_then", "parent_then"))

    def floor() -> list:
        return list(Organisation.everything.values_list("pk", "name", "parent"))

    assert len(ours()) == len(floor())
    return Contest(ours=ours, floor=floor, floor_is="today's rows, no dates", goal=15.0, calls=3)


@entry("summary.month")
def month() -> Contest:
    """One month of one branch counted anew, in a transaction, against writing the row as it is: organisation, people, meetings,
    dues and scores, each by a statement of its own."""
    branch = Organisation.everything.filter(kind=Kind.BRANCH).order_by("pk").first()
    pair = Pair(branch.pk, month_of(timezone.localdate()))

    def floor() -> None:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(
                "UPDATE branches_month SET in_use = in_use WHERE organisation_id = %s AND month = %s", list(pair)
            )
            cursor.execute("COMMIT")

    return Contest(ours=lambda: recount([pair]), floor=floor, floor_is="one bare UPDATE", goal=30.0, calls=20)
