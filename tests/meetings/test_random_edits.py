"""Whatever people do with meetings one after another: the summary that followed each step is what counting all anew gives."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branches.models import Month, Organisation
from branches.services.reorganisation import move_organisations
from branches.summary.recount import recount_since
from meetings.models import Attendance, Dues, Mark, Meeting, MeetingKind, Reopening, SlotChange, SlotDecision
from meetings.services.slots import decide_slot, withdraw_slot_decision
from meetings.summary import recount_dues, recount_of
from members.services.memberships import move_member
from portal.words.errors import DomainError
from tests.cast import Cast
from tests.meetings.meetings import meeting_of, people_of
from tests.meetings.test_slots import close

FIRST = date(2026, 1, 1)
step = st.tuples(
    st.sampled_from(["hold", "hold", "reopen", "mark", "decide", "withdraw", "pay", "move", "call off"]),
    st.integers(0, 20),
    st.integers(1, 10),
    st.integers(1, 28),
)


def hold(cast: Cast, branch: Organisation, on: date, number: int) -> None:
    """Held and closed; every third one combined, some thematic, some of the chi ủy."""
    kind = [MeetingKind.REGULAR, MeetingKind.REGULAR, MeetingKind.THEMATIC, MeetingKind.COMMITTEE][number % 4]
    with transaction.atomic():
        row = meeting_of(branch, on, kind, also_thematic=kind is MeetingKind.REGULAR and number % 3 == 0)
        Attendance.everything.filter(meeting=row).update(mark=Mark.PRESENT)
        close(row)
        recount_of(row)


def reopen(cast: Cast, branch: Organisation, on: date, number: int) -> None:
    row = Meeting.everything.closed().filter(organisation=branch).order_by("pk").first()
    if row:
        Reopening.everything.create(meeting=row, because="ghi thiếu", by=cast["mai"])
        Meeting.everything.filter(pk=row.pk).update(closed_at=None)
        recount_of(row)


def mark(cast: Cast, branch: Organisation, on: date, number: int) -> None:
    """In an open log: no fact changes before it is closed."""
    line = Attendance.everything.filter(meeting__organisation=branch, meeting__closed_at=None).order_by("pk").first()
    if line:
        Attendance.everything.filter(pk=line.pk).update(mark=Mark.ABSENT)


def decide(cast: Cast, branch: Organisation, on: date, number: int) -> None:
    place = branch if number % 2 else cast.phu_luong
    kind = MeetingKind.THEMATIC if number % 5 == 0 else MeetingKind.REGULAR
    change = SlotChange.EXCUSED if number % 3 == 0 else SlotChange.MOVED
    until = on.replace(day=28) if change is SlotChange.MOVED else None
    decide_slot(place, kind=kind, period=on, change=change, until=until, because="bão", by=cast.actor("mai"))


def withdraw(cast: Cast, branch: Organisation, on: date, number: int) -> None:
    row = SlotDecision.everything.select_related("organisation").order_by("pk").first()
    if row:
        withdraw_slot_decision(row, by=cast.actor("mai"))


def pay(cast: Cast, branch: Organisation, on: date, number: int) -> None:
    member = branch.memberships.order_by("pk").first().member
    facts = {"organisation": branch, "owed": 20_000, "paid": 20_000 if number % 2 else 0, "paid_on": on}
    Dues.everything.update_or_create(member=member, month=on.replace(day=1), defaults=facts)
    for one in (cast.dong, cast.doai):
        recount_dues(one.pk, [on])


def move(cast: Cast, branch: Organisation, on: date, number: int) -> None:
    """Somebody goes to the other branch: rolls of before stay as they are."""
    other = cast.doai if branch == cast.dong else cast.dong
    found = branch.memberships.filter(until=None).order_by("pk")
    member = found[number % len(found)].member if len(found) > 2 else None
    if member:
        move_member(member, to=other, on=on.replace(month=11, day=1), by=cast.actor("mai"))


def call_off(cast: Cast, branch: Organisation, on: date, number: int) -> None:
    Meeting.everything.filter(organisation=branch, closed_at=None, called_off_at=None).update(
        called_off_at="2026-11-01 08:00+07", called_off_because="mưa"
    )


DEEDS = {
    "hold": hold, "reopen": reopen, "mark": mark, "decide": decide, "withdraw": withdraw, "pay": pay, "move": move,
    "call off": call_off,
}  # fmt: skip


def facts() -> list[tuple]:
    names = [field.attname for field in Month._meta.concrete_fields if field.name != "id"]
    return list(Month.everything.order_by("organisation", "month").values_list(*names))


@pytest.mark.django_db
@given(st.lists(step, min_size=4, max_size=14))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_summary_that_followed_is_the_one_counted_anew(cast: Cast, deeds):
    with time_machine.travel("2026-11-20 09:00+07:00"), transaction.atomic():
        for branch in (cast.dong, cast.doai):
            people_of(branch, 4)
        recount_since(Organisation.everything.all(), FIRST)
        for name, number, month, day in deeds:
            try:
                with transaction.atomic():
                    DEEDS[name](cast, [cast.dong, cast.doai][number % 2], date(2026, month, day), number)
            except (DomainError, IntegrityError):
                continue
        followed = facts()
        recount_since(Organisation.everything.all(), FIRST)
        assert followed == facts()
        transaction.set_rollback(True)


def test_a_branch_that_moves_takes_the_decisions_of_its_old_commune_along_for_the_months_before(cast: Cast):
    with time_machine.travel("2026-11-20 09:00+07:00"):
        people_of(cast.doai, 3)
        row = meeting_of(cast.doai, date(2026, 2, 20))
        close(row)
        decide_slot(
            cast.phu_luong, kind="regular", period=date(2026, 2, 1), change=SlotChange.MOVED, until=date(2026, 2, 25),
            because="Tết", by=cast.actor("mai"),
        )  # fmt: skip
        move_organisations(moved=[cast.doai], parent=cast.tan_hoa, on=date(2026, 8, 1), by=cast.actor("kien"))
        recount_since(Organisation.everything.all(), FIRST)
        assert Month.everything.get(organisation=cast.doai, month=date(2026, 2, 1)).regular_state == "moved"
