"""When the tree is reorganised: what was planned is called off, what is still to be done goes to the heir."""

from datetime import date

import pytest

from branches.services.reorganisation import dissolve_organisation, undo_reorganisation
from meetings.models import ActionItem, Meeting
from tests.cast import Cast
from tests.meetings.meetings import meeting_of, people_of

ENDS = date(2026, 3, 10)


@pytest.fixture
def ended(cast: Cast):
    people_of(cast.dong, 2)
    before, after = meeting_of(cast.dong, day=date(2026, 2, 3)), meeting_of(cast.dong, day=ENDS)
    for words, stand in (("Mở", "open"), ("Xong", "done")):
        ActionItem.everything.create(meeting=before, organisation=cast.dong, words=words, stand=stand)
    record = dissolve_organisation(cast.dong, heir=cast.doai, on=ENDS, by=cast.actor("mai"))
    return before, after, record


def stands(cast: Cast) -> dict[str, object]:
    return {item.words: item.organisation for item in ActionItem.everything.select_related("organisation")}


def test_what_was_planned_is_called_off_with_the_reason(cast: Cast, ended):
    before, after, _ = ended
    before.refresh_from_db()
    after.refresh_from_db()
    assert (before.called_off_at, after.called_off_because) == (None, "Tổ chức kết thúc hoạt động")


def test_what_is_open_goes_to_the_heir_and_what_is_done_stays(cast: Cast, ended):
    assert stands(cast) == {"Mở": cast.doai, "Xong": cast.dong}


def test_undone_it_is_as_before(cast: Cast, ended):
    *_, record = ended
    undo_reorganisation(record, by=cast.actor("mai"))
    assert stands(cast) == {"Mở": cast.dong, "Xong": cast.dong}
    assert Meeting.everything.standing().count() == 2
