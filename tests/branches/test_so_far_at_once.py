"""Two who count months of one branch at once: the year so far holds what both saved."""

from datetime import date
from threading import Thread

import time_machine
from django.db import connection, transaction

from branches.models import Month, SoFar
from branches.summary import below
from branches.summary.below import Span
from branches.summary.facts import Pair
from branches.summary.recount import recount
from branches.summary.so_far import figures_so_far
from portal.indicators.registry import indicator
from tests.cast import assemble
from tests.meetings.meetings import meeting_of, people_of
from tests.meetings.test_slots import close

TODAY = date(2026, 11, 20)


def test_the_second_adds_up_after_the_first_has_saved(committed: None):
    """Whether or not there was a row before."""
    held = indicator("meetings.held")
    assert held
    with time_machine.travel("2026-11-20 09:00+07:00"):
        cast = assemble()
        people_of(cast.dong, 2)
        close(meeting_of(cast.dong, date(2026, 8, 3)))
        recount([Pair(cast.doai.pk, date(2026, 1, 1))])
        Month.everything.filter(month=date(2026, 8, 1)).update(regular_held_on=None)  # to be counted anew
        SoFar.everything.filter(organisation=cast.dong).delete()

        def count() -> None:
            recount([Pair(cast.dong.pk, date(2026, 8, 1))])
            connection.close()

        other = Thread(target=count)
        with transaction.atomic():
            close(meeting_of(cast.dong, date(2026, 9, 3)))
            recount([Pair(cast.dong.pk, date(2026, 9, 1))])
            other.start()
            other.join(timeout=0.5)
            assert other.is_alive()  # waits
        other.join(timeout=10)
        assert not other.is_alive()
        found = figures_so_far([cast.phu_luong.pk], [held], tree_on=TODAY, branch_type="")
        assert found == below._rows([held], [cast.phu_luong.pk], Span(date(2026, 1, 1), TODAY, TODAY))
        assert found
        assert found[0][1] == 2
