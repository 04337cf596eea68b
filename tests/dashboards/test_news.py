"""What is new since somebody last looked: told in words, each with its way; the page itself writes nothing."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from meetings.models import Meeting, MeetingKind, Proposal
from members.models import Membership
from portal.dashboards.models import Visit
from tests.cast import Cast, assemble
from tests.dashboards.test_commune import page_of, read
from tests.dashboards.test_reminding import signed_in
from tests.meetings.meetings import meeting_of, people_of
from tests.meetings.test_slots import close
from tests.members.people import on_the_roll


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    with time_machine.travel("2026-11-02 08:00+07:00"):
        cast = assemble(date(2026, 11, 2))
        people_of(cast.dong, 2)
        yield cast


def looks(cast: Cast, at: str, name: str = "mai", **words: str) -> str:
    """Opens the page, as it says itself once it has stood a while; what is new on it."""
    with time_machine.travel(at):
        client: Client = signed_in(cast, name)
        said = read(page_of(client, cast.phu_luong)).split("Có gì mới")[1]
        client.post(f"/tong-quan/{cast.phu_luong.pk}/da-xem/", words)
    return said.split("Lịch cấp ủy viên")[0]


def happens(cast: Cast) -> None:
    """Between November 2 and 4."""
    meeting = meeting_of(cast.dong, date(2026, 11, 3))
    Proposal.everything.create(meeting=meeting, to=cast.phu_luong, words="Xin thêm sách")
    close(meeting)
    on_the_roll(cast.dong, "Lò Thị Mới Về", since=date(2026, 11, 3))
    Membership.everything.filter(member__full_name__startswith="Lường").update(until=date(2026, 11, 3))


def test_at_first_nothing_is_new(cast: Cast):
    happens(cast)
    assert "Từ lần sau, phần này nói có gì mới" in looks(cast, "2026-11-04 09:00+07:00")


def test_the_next_time_it_says_what_happened_since(cast: Cast):
    looks(cast, "2026-11-02 09:00+07:00")
    happens(cast)
    said = looks(cast, "2026-11-04 09:00+07:00")
    assert "Từ lần đồng chí xem trước, 09:00 ngày 02/11/2026" in said
    assert "Chi bộ thôn Đông đóng sổ" in said
    assert "Chi bộ thôn Đông kiến nghị" in said
    assert "Đ/c Lò Thị Mới Về về sinh hoạt ở Chi bộ thôn Đông" in said
    assert "thôi sinh hoạt ở Chi bộ thôn Đông" in said


def test_it_stays_as_long_as_the_visit_lasts_and_is_gone_the_next_time(cast: Cast):
    looks(cast, "2026-11-02 09:00+07:00")
    happens(cast)
    for at in ("2026-11-04 09:00+07:00", "2026-11-04 09:40+07:00", "2026-11-04 10:20+07:00"):
        assert "đóng sổ" in looks(cast, at)
    assert "đóng sổ" not in looks(cast, "2026-11-05 09:00+07:00")


def test_said_to_be_read_it_is_gone_at_once(cast: Cast):
    looks(cast, "2026-11-02 09:00+07:00")
    happens(cast)
    assert "đóng sổ" in looks(cast, "2026-11-04 09:00+07:00", xong="1")
    assert "đóng sổ" not in looks(cast, "2026-11-04 09:10+07:00")


def test_opening_the_page_writes_nothing(cast: Cast):
    page_of(signed_in(cast, "mai"), cast.phu_luong)
    assert not Visit.everything.exists()


def test_each_has_visits_of_their_own(cast: Cast):
    looks(cast, "2026-11-02 09:00+07:00")
    happens(cast)
    assert "Từ lần sau" in looks(cast, "2026-11-04 09:00+07:00", "vinh")
    assert Visit.everything.count() == 2


def test_who_may_not_see_meetings_or_the_roll_hears_nothing_of_them(cast: Cast):
    looks(cast, "2026-11-02 09:00+07:00", "kien")
    happens(cast)
    said = looks(cast, "2026-11-04 09:00+07:00", "kien")
    assert "đóng sổ" not in said
    assert "Mới Về" not in said


def test_what_happens_in_another_commune_is_no_news_here(cast: Cast):
    looks(cast, "2026-11-02 09:00+07:00")
    people_of(cast.thuong, 1)
    close(meeting_of(cast.thuong, date(2026, 11, 3), MeetingKind.EXTRAORDINARY))
    assert Meeting.everything.filter(closed_at__isnull=False).exists()
    assert "đóng sổ" not in looks(cast, "2026-11-04 09:00+07:00")


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_the_way_back_never_leads_outside(cast: Cast, back: str):
    answer = signed_in(cast, "mai").post(f"/tong-quan/{cast.phu_luong.pk}/da-xem/", {"ve": back})
    assert answer["Location"] == f"/tong-quan/{cast.phu_luong.pk}/"
