"""The lists after a meeting cost the same however long they are, and so does asking what is due."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.models import ActionItem, Dues, Meeting, Proposal
from tests.cast import Cast
from tests.meetings.meetings import held, meeting_of, people_of


def fill(cast: Cast, month: int, count: int) -> None:
    """A closed meeting of that month, with so many of everything."""
    people = people_of(cast.dong, count)
    meeting = held(meeting_of(cast.dong, day=date(2026, month, 3)))
    due_on = timezone.localdate() - timedelta(days=1)
    for number, member in enumerate(people):
        facts = {"assignee": member, "due_on": due_on, "words": f"Việc {number}"}
        ActionItem.everything.create(meeting=meeting, organisation=cast.dong, **facts)
        Proposal.everything.create(meeting=meeting, to=cast.phu_luong, member=member, words=f"Kiến nghị {number}")
        for owed in (1, 2, 3):
            Dues.everything.create(organisation=cast.dong, member=member, month=date(2026, owed, 1), owed=30_000)
    Meeting.everything.filter(pk=meeting.pk).update(closed_at=timezone.now())


@pytest.mark.parametrize(
    "address",
    ["/to-chuc/{}/viec/", "/to-chuc/{}/viec/?loc=qua-han", "/to-chuc/{}/kien-nghi/", "/chi-bo/{}/dang-phi/", "/chi-bo/{}/hop/nhap-cu/"],
)  # fmt: skip
def test_a_list_costs_the_same_however_long(cast: Cast, as_thinh: Client, address: str):
    path = address.format(cast.dong.pk)
    assert asked(lambda: as_thinh.get(path), cast)[0] == asked(lambda: as_thinh.get(path), cast, month=4, count=9)[0]


def asked(do: Callable[[], object], cast: Cast, month: int = 3, count: int = 2) -> tuple[int, object]:
    fill(cast, month, count)
    do()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = do()
    assert getattr(answer, "status_code", 200) == 200
    return len(captured), answer


def test_what_nobody_may_read_is_not_named(cast: Cast, sign_in: Callable[[str], Client]):
    """An ordinary member reads what the branch proposed, not who raised it."""
    fill(cast, 3, 2)
    address = f"/to-chuc/{cast.dong.pk}/kien-nghi/"
    assert "Lường Văn Aa" in sign_in("thinh").get(address).content.decode()
    page = sign_in("hau").get(address).content.decode()
    assert "Kiến nghị 0" in page
    assert "Lường Văn Aa" not in page


def test_without_anything_wrong_one_presses_once(cast: Cast, as_thinh: Client):
    people_of(cast.dong, 2)
    meeting = held(meeting_of(cast.dong))
    address = f"/hop/{meeting.pk}/dong/"
    assert "Chưa ghi người chủ trì" in as_thinh.get(address).content.decode()
    assert as_thinh.post(address).status_code == 302
    meeting.refresh_from_db()
    assert meeting.closed_at
    assert as_thinh.post(address).status_code == 302  # sent twice


def test_who_is_not_marked_is_said_and_nothing_closes(cast: Cast, as_thinh: Client):
    people_of(cast.dong, 2)
    meeting = meeting_of(cast.dong)
    page = as_thinh.post(f"/hop/{meeting.pk}/dong/", follow=True).content.decode()
    assert "Còn 2 người chưa điểm danh" in page
    assert not Meeting.everything.closed().exists()


def test_the_roll_is_brought_up_to_date_on_the_page(cast: Cast, as_thinh: Client):
    people_of(cast.dong, 2)
    meeting = held(meeting_of(cast.dong))
    people_of(cast.dong, 1)
    address = f"/hop/{meeting.pk}/dong/"
    assert "Cập nhật danh sách" in as_thinh.get(address).content.decode()
    as_thinh.post(address, {"settle": "1"})
    assert meeting.attendances.count() == 3
