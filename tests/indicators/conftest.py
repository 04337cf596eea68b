"""The demo with a year behind it in which all happened that figures can go wrong on; no test here writes into it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from branches.models import Kind, Organisation, Rule, Settlement
from branches.services.reorganisation import move_organisations
from branches.summary.months import months_between, next_month
from branches.summary.recount import recount_since
from directives.models import Document, Study, StudySession
from meetings.models import ActionItem, SlotDecision, Stand
from members.models import ConcurrentPost, Member, Office, Post, StatePost
from portal.access.actor import Actor
from portal.accounts.models import Account
from tests import databases
from tests.browser.conftest import demo_template


@dataclass(frozen=True)
class Demo:
    province: Organisation
    communes: list[Organisation]
    moved: Organisation
    first: date
    dates: list[date]
    today: date
    strict: int  # in this commune rules of its own hold

    def rows(self, sql: str, values: Any) -> list[tuple]:
        """Raw rows; each question is asked once."""
        key = sql, repr(values)
        if key not in _ASKED:
            with connection.cursor() as cursor:
                cursor.execute(sql, values)
                _ASKED[key] = cursor.fetchall()
        return _ASKED[key]


_ASKED: dict[tuple[str, str], list[tuple]] = {}


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any, worker_id: str) -> Iterator[Demo]:
    with django_db_blocker.unblock():
        mine = databases.clone(demo_template(), f"indicators_{worker_id}")
        with databases.using(mine):
            _ASKED.clear()
            yield _a_year()
        databases.drop(mine)


def _a_year() -> Demo:
    today = timezone.localdate()
    first = date(today.year - (today.month < 12), today.month % 12 + 1, 1)  # eleven whole months, and this one
    months = list(months_between(first, today))
    one, two, three = communes = list(Organisation.everything.filter(kind=Kind.COMMUNE).order_by("pk"))
    moved = Organisation.everything.filter(parent=one).order_by("pk")[3]
    move_organisations(moved=[moved], parent=two, on=months[8], by=_office("bantochuc"))
    _decide(one, two, months)
    Rule.everything.create(
        key="target.attendance", organisation=two, since=first, value="> 93 %", source="KH 1", certainty="own"
    )
    Rule.everything.create(
        key="organisation.secretary.theory", organisation=two, since=first, value="advanced", source="KH 1", certainty="own"
    )  # fmt: skip
    _posts(today, months)
    Organisation.everything.filter(parent=three, branch_type="office").update(branch_type="other")
    village = Settlement.everything.filter(commune=three, branch__isnull=False).order_by("pk").first()
    Settlement.everything.filter(pk=village.pk).update(ended_on=today - timedelta(days=20))
    _things(today)
    _studies(one, today)
    recount_since(Organisation.everything.all(), first)
    province = Organisation.everything.get(parent=None)
    dates = [next_month(months[3]) - timedelta(days=1), months[6].replace(day=15), today]
    return Demo(province, communes, moved, first, dates, today, two.pk)


def _office(username: str) -> Actor:
    return Actor.today(Account.objects.get(username=username))


def _decide(one: Organisation, two: Organisation, months: list[date]) -> None:
    branch = Organisation.everything.filter(parent=two).order_by("pk").first()
    quarter = next(month for month in months[3:] if month.month % 3 == 1)
    for place, kind, period, change, until in [
        (one, "regular", months[1], "excused", None),
        (branch, "regular", months[2], "moved", months[2].replace(day=25)),
        (two, "regular", months[4], "moved", months[4].replace(day=20)),
        (two, "thematic", quarter, "excused", None),
        (one, "committee", months[5], "excused", None),
    ]:
        SlotDecision.everything.create(
            organisation=place, kind=kind, period=period, change=change, until=until, because="bão số 3"
        )


def _posts(today: date, months: list[date]) -> None:
    """Some secretaries are more than that, some no longer, some not yet; one post is filled by a substitute."""
    offices = list(Office.everything.filter(post=Post.SECRETARY, organisation__kind=Kind.BRANCH).order_by("pk"))
    for place, office in enumerate(offices):
        spans = [(months[0], None), (months[0], months[5]), (today + timedelta(days=9), None), (months[7], None)]
        since, until = spans[place % 4]
        for post in (StatePost.FRONT_HEAD, StatePost.UNIT_HEAD):
            ConcurrentPost.everything.create(member=office.member, post=post, since=since, until=until)
    gone = offices[5]
    Office.everything.filter(pk=gone.pk).update(until=months[6])
    somebody = Member.everything.filter(branch=gone.organisation).exclude(pk=gone.member_id).first()
    Office.everything.create(
        member=somebody, organisation=gone.organisation, post=Post.SECRETARY, since=months[6] + timedelta(days=1),
        until=today + timedelta(days=90), acting_for=gone.member, how="appointed",
    )  # fmt: skip
    Office.everything.filter(pk=offices[6].pk).update(until=months[7])


def _things(today: date) -> None:
    """One was dropped, one done late, one has its day today."""
    rows = list(
        ActionItem.everything.filter(due_on__lt=today, due_on__gte=today - timedelta(days=60)).order_by("pk")[:60]
    )
    ActionItem.everything.filter(pk__in=[row.pk for row in rows[:9]]).update(stand=Stand.DROPPED)
    for row in rows[9:20]:
        ActionItem.everything.filter(pk=row.pk).update(stand=Stand.DONE, stood_on=row.due_on + timedelta(days=2))


def _studies(commune: Organisation, today: date) -> None:
    """One of the province, held by most in time; one of a commune whose month is not over; one whose day is to come."""
    province = Organisation.everything.get(parent=None)
    papers = list(Document.everything.order_by("pk")[:3])
    asked = [
        Study.everything.create(document=paper, organisation=place, due_on=today + timedelta(days=days))
        for paper, place, days in zip(papers, (province, commune, province), (-70, -1, 20), strict=True)
    ]
    branches = list(Organisation.everything.filter(kind=Kind.BRANCH).order_by("pk"))
    for number, branch in enumerate(branches):
        for study in asked:
            if number % 5 == 4 or (study.organisation == commune and branch.parent != commune):
                continue
            held_on = study.due_on + timedelta(days=number % 7 - 5)
            StudySession.everything.create(study=study, organisation=branch, held_on=held_on)
