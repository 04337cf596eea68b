"""The roll at the size of a province: 80,000 members.

What is promised is time: each page in 100 ms of server time, a search in 20 of the database. The commune's office works on
one commune's roll all day; a branch of its size has the same record page.
"""

from django.db import connection

from bench.frame import Contest, entry
from bench.pages import page_against_bytes
from branches.models import Organisation
from members.models import Member
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.accounts.models import Account

OFFICE = "vanphong"


def _commune() -> Organisation:
    return Account.objects.get(username=OFFICE).grants.select_related("organisation").first().organisation


@entry("members.roll")
def roll() -> Contest:
    return page_against_bytes(OFFICE, f"/to-chuc/{_commune().pk}/dang-vien/", goal=20.0, calls=5)


@entry("members.filtered")
def filtered() -> Contest:
    asked = "tuoi_tu=30&tuoi_den=60&gioi_tinh=male&dan_toc=thieu-so&tinh_trang=full"
    return page_against_bytes(OFFICE, f"/to-chuc/{_commune().pk}/dang-vien/?{asked}", goal=20.0, calls=5)


@entry("members.member")
def member() -> Contest:
    somebody = Member.everything.filter(branch__path__startswith=_commune().path, state="full").order_by("pk").first()
    return page_against_bytes(OFFICE, f"/dang-vien/{somebody.pk}/", goal=20.0, calls=5)


@entry("members.search")
def search() -> Contest:
    """By a part of the name without tones, among all whom the office reaches, against the bare SQL over everybody."""
    actor, commune = Actor.today(Account.objects.get(username=OFFICE)), _commune()
    last = Member.everything.filter(branch__path__startswith=commune.path).latest("pk")
    sought = last.search_key

    def ours() -> list:
        rows = Member.objects.allowed(actor, Permission.READ_ROLL).at_or_below(commune.path).present()
        return list(rows.matching(sought).select_related("branch").in_order()[:50])

    def floor() -> list:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT * FROM members_member WHERE search_key LIKE %s ORDER BY sort_key, id LIMIT 50", [f"%{sought}%"]
            )
            return cursor.fetchall()

    assert 0 < len(ours()) <= len(floor())
    return Contest(ours=ours, floor=floor, floor_is="the bare SQL, no door", goal=5.0, calls=20)
