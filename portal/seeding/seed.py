"""Filling a database: the steps in order, each with a generator of its own, so that a new step changes no older one.

The same scale on the same day gives the same data; TODAY=2026-11-06 in the environment sets the day.
"""

import os
from collections.abc import Callable, Iterator
from datetime import date
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from portal.accounts.models import Account
from portal.seeding.accounts import seed_accounts
from portal.seeding.duties import seed_duties
from portal.seeding.looking_back import seed_looking_back
from portal.seeding.meetings import seed_meetings
from portal.seeding.members import seed_members
from portal.seeding.offices import seed_assignments, seed_offices
from portal.seeding.organisations import seed_months, seed_organisations
from portal.seeding.reports import seed_reports
from portal.seeding.scales import SCALES, Scale
from portal.seeding.settlements import seed_settlements
from portal.seeding.shares import seed_shares
from portal.seeding.tasks import seed_tasks

Step = Callable[[Scale, Random, date], str]
STEPS: dict[str, Step] = {
    "organisations": seed_organisations,
    "settlements": seed_settlements,
    "accounts": seed_accounts,
    "members": seed_members,
    "offices": seed_offices,
    "assignments": seed_assignments,
    "meetings": seed_meetings,
    "months": seed_months,
    "tasks": seed_tasks,
    "shares": seed_shares,
    "duties": seed_duties,
    "looking back": seed_looking_back,
    "reports": seed_reports,
}


def nobody_lives_here() -> bool:
    return not Account.objects.exists()


def seed(scale_name: str) -> list[str]:
    """All or nothing; says what it made, a line a step."""
    scale = SCALES[scale_name]
    with transaction.atomic(), connection.cursor() as cursor:
        # what waits to be checked at the end is a list that every trigger walks through: it grew to minutes
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        return list(_steps(scale, _today()))


def _steps(scale: Scale, today: date) -> Iterator[str]:
    for name, step in STEPS.items():
        yield step(scale, Random(f"{scale.name}:{name}"), today)


def _today() -> date:
    return date.fromisoformat(os.environ["TODAY"]) if os.environ.get("TODAY") else timezone.localdate()
