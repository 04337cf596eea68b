"""A committee moves or excuses a month's meeting; the summary follows at once; it can be taken back."""

from datetime import date

import pytest

from branches.models import Month
from branches.rules.definitions.meetings import FIXED_DAY
from branches.services.rules import set_rule
from branches.summary.facts import Pair
from branches.summary.recount import recount
from meetings.models import MeetingKind, SlotChange, SlotDecision
from meetings.services.slots import decide_slot, withdraw_slot_decision
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast
from tests.meetings.meetings import meeting_of
from tests.meetings.test_slots import close

FEBRUARY = date(2026, 2, 1)
TET = {"kind": MeetingKind.REGULAR, "period": FEBRUARY, "change": SlotChange.MOVED, "because": "Nghỉ Tết"}


def state(cast: Cast) -> str:
    return Month.everything.get(organisation=cast.dong, month=FEBRUARY).regular_state


def test_what_was_late_is_in_time_once_the_month_is_moved(cast: Cast):
    close(meeting_of(cast.dong, date(2026, 2, 24)))
    recount([Pair(cast.dong.pk, FEBRUARY)])
    assert state(cast) == "late"
    row = decide_slot(cast.phu_luong, **TET, until=date(2026, 2, 25), by=cast.actor("mai"))
    assert state(cast) == "moved"
    withdraw_slot_decision(row, by=cast.actor("mai"))
    assert state(cast) == "late"


def test_a_day_of_its_own_judges_what_was_held_anew(cast: Cast):
    close(meeting_of(cast.dong, date(2026, 2, 24)))
    recount([Pair(cast.dong.pk, FEBRUARY)])
    months = Month.everything.count()
    said = {"key": FIXED_DAY.key, "organisation": cast.dong, "source": "Nghị quyết chi bộ", "by": cast.actor("mai")}
    set_rule(**said, since=date(2026, 1, 1), value=24)
    assert state(cast) == "in time"
    set_rule(**said, since=date(2026, 1, 1), value=23)
    assert state(cast) == "late"
    assert Month.everything.count() == months


def test_of_a_quarter_any_month_names_it(cast: Cast):
    said = TET | {"kind": MeetingKind.THEMATIC, "period": date(2026, 5, 1), "change": SlotChange.EXCUSED}
    assert decide_slot(cast.dong, **said, by=cast.actor("mai")).period == date(2026, 4, 1)


def test_a_second_decision_on_the_same_place_is_refused(cast: Cast):
    decide_slot(cast.dong, **TET, until=date(2026, 2, 25), by=cast.actor("mai"))
    with pytest.raises(DomainError, match="đã có quyết định"):
        decide_slot(cast.dong, **TET, until=date(2026, 2, 27), by=cast.actor("mai"))


@pytest.mark.parametrize("until", [None, date(2026, 1, 31), date(2026, 4, 1)])
def test_a_move_has_a_day_within_the_month_or_the_next(cast: Cast, until: date | None):
    with pytest.raises(DomainError) as refusal:
        decide_slot(cast.dong, **TET, until=until, by=cast.actor("mai"))
    assert refusal.value.field == "until"


def test_the_last_day_of_the_next_month_is_still_good(cast: Cast):
    assert decide_slot(cast.dong, **TET, until=date(2026, 3, 31), by=cast.actor("mai"))


def test_it_says_why(cast: Cast):
    with pytest.raises(DomainError) as refusal:
        decide_slot(cast.dong, **TET | {"because": "  "}, until=date(2026, 2, 25), by=cast.actor("mai"))
    assert refusal.value.field == "because"


@pytest.mark.parametrize("name", ["thinh", "quyet"])
def test_a_secretary_does_not_excuse_the_own_branch_nor_an_office_that_of_another_commune(cast: Cast, name: str):
    with pytest.raises(NotAllowed):
        decide_slot(cast.dong, **TET, until=date(2026, 2, 25), by=cast.actor(name))
    assert not SlotDecision.everything.exists()
