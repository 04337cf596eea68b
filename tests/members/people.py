"""Members for tests, written straight into the tables: what services do with them is what the tests ask."""

from datetime import date
from typing import Any

from branches.models import Organisation
from members.models import Member, Membership, State, StateSpell
from members.services.roll import settle_rolls

LONG_AGO = date(2001, 3, 1)
A_YEAR_LATER = date(2002, 3, 1)


def on_the_roll(
    branch: Organisation, full_name: str, *, since: date = LONG_AGO, state: State = State.FULL, **facts: Any
) -> Member:
    """Admitted in 2001, and full a year later, unless said otherwise."""
    usual = {"admitted_on": LONG_AGO, "decided_on": date(2001, 2, 20), "official_on": A_YEAR_LATER}
    usual = usual if state == State.FULL else {"admitted_on": since, "decided_on": since}
    member = Member(full_name=full_name, **{"born_on": date(1975, 5, 19)} | usual | facts)
    member.save()
    Membership(member=member, organisation=branch, since=since).save()
    StateSpell(member=member, state=state, since=since).save()
    settle_rolls([member.pk])
    member.refresh_from_db()
    return member
