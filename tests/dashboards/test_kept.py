"""Pages whose figures were counted before: always the same as counted anew, whoever looked first and whatever has happened."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from branches.models import Organisation, Standing
from branches.rules.definitions.meetings import FIXED_DAY
from branches.services.reorganisation import dissolve_organisation, move_organisations
from branches.services.rules import set_rule
from branches.services.tree import settle_tree
from branches.summary import kept
from branches.summary.recount import recount_since
from directives.models import Document, Target, TaskAssignment
from meetings.models import Guest, Meeting, MeetingKind, Proposal, Reopening, SlotChange
from members.models import Charge, Member, Office
from tests.cast import Cast
from tests.dashboards.provinces import TODAY, lay_out
from tests.dashboards.test_commune import settled
from tests.directives.orders import given
from tests.meetings.meetings import meeting_of
from tests.meetings.test_slots import close, decide
from tests.members.people import on_the_roll
from tests.ripples import settle
from tests.standing import of_its_own, standing

DAY = date(2026, 11, 20)
OF_COMMUNES = ("", "?ky=quy", "?cay=nay&den=2026-06-30")
SEEN = {  # who looks where, over which days, in which tree
    ("kien", "province"): ("", "?ky=quy&xep=-quahan", "?cay=nay&den=2026-06-30", "?chiso=meetings.held&loai=village"),
    ("kien", "phu_luong"): OF_COMMUNES,
    ("vinh", "phu_luong"): OF_COMMUNES,
    ("son", "phu_luong"): OF_COMMUNES,
    ("quyet", "tan_hoa"): OF_COMMUNES,
    ("thinh", "dong"): ("",),
}
laid_out = standing(lay_out)


@pytest.fixture
def cast(laid_out: Cast, db: None) -> Iterator[Cast]:
    with time_machine.travel(TODAY):
        yield of_its_own(laid_out)


def overdue_tasks(cast: Cast) -> None:
    given(cast.province, cast.actor("kien"))
    TaskAssignment.everything.update(due_on=DAY - timedelta(days=1), opens_on=DAY - timedelta(days=9))


def renamed(cast: Cast) -> None:
    Standing.everything.filter(organisation=cast.dong).update(name="Chi bộ thôn Đông Mới")
    settle_tree(DAY)


def a_day_of_its_own(cast: Cast) -> None:
    said = {"key": FIXED_DAY.key, "source": "Nghị quyết chi bộ", "by": cast.actor("mai")}
    set_rule(**said, organisation=cast.dong, since=date(2026, 1, 1), value=24)


def visited(cast: Cast) -> None:
    log = meeting_of(cast.dong, date(2026, 10, 6), MeetingKind.EXTRAORDINARY)
    Guest.everything.create(meeting=log, name="Vũ Quang Vinh", of_committee=True)
    close(log)


def raised(cast: Cast) -> None:
    log = meeting_of(cast.dong, date(2026, 9, 4), MeetingKind.EXTRAORDINARY)
    Proposal.everything.create(meeting=log, to=cast.phu_luong, words="Sửa nhà văn hóa thôn")
    close(log)


def raised_once_more(cast: Cast) -> None:
    """In a log that is opened again: what stands there holds meanwhile."""
    log = Proposal.everything.get().meeting
    Reopening.everything.create(meeting=log, because="Ghi sót kiến nghị", by=cast["kien"])
    Meeting.everything.filter(pk=log.pk).update(closed_at=None)
    Proposal.everything.create(meeting=log, to=cast.province, words="Sửa đường vào thôn")


def answered(cast: Cast) -> None:
    first = Proposal.everything.filter(to=cast.phu_luong)
    first.update(state="accepted", answer="Đã đưa vào kế hoạch", answered_on=DAY)


def followed(cast: Cast) -> None:
    somebody = on_the_roll(cast.dong, "Hà Văn Theo", since=date(2020, 1, 1))
    Charge.everything.create(member=somebody, organisation=cast.dong, since=date(2025, 1, 1))


def in_office(cast: Cast) -> None:
    somebody = Member.everything.get(full_name="Hà Văn Theo")
    Office.everything.create(member=somebody, organisation=cast.phu_luong, post="committee", since=date(2025, 1, 1))


HAPPENINGS: dict[str, Callable[[Cast], object]] = {
    "a log is closed": lambda cast: close(meeting_of(cast.doai, date(2026, 11, 4))),
    "a meeting is planned": lambda cast: meeting_of(cast.doai, date(2026, 12, 3)),
    "a meeting is begun": lambda cast: Meeting.everything.filter(closed_at=None).update(day=DAY, started_at="14:00"),
    "a month is excused": lambda cast: decide(cast.province, SlotChange.EXCUSED, date(2026, 10, 1)),
    "tasks are overdue": overdue_tasks,
    "a task is done": lambda cast: TaskAssignment.everything.filter(organisation=cast.dong).update(state="done", done_on=DAY),
    "somebody comes": lambda cast: [on_the_roll(cast.dong, "Ma Văn Sùng", since=date(2026, 9, 1)), recount_since([cast.dong], date(2026, 9, 1))],
    "a line is raised": lambda cast: Target.everything.filter(indicator="meetings.attendance").update(value=100),
    "a document ends": lambda cast: Document.everything.filter(symbol="11-ĐA/TU").update(until=DAY - timedelta(days=1)),
    "it begins again": lambda cast: Document.everything.filter(symbol="11-ĐA/TU").update(until=None),
    "a name changes": renamed,
    "a tag is given": lambda cast: Organisation.everything.filter(pk=cast.phu_luong.pk).update(tags=["border"], area="urban"),
    "a type changes": lambda cast: Organisation.everything.filter(pk=cast.doai.pk).update(branch_type="village"),
    "a rule is set": a_day_of_its_own,
    "somebody of the committee visits": visited,
    "a branch asks for something": raised,
    "it asks once more": raised_once_more,
    "it is answered": answered,
    "somebody follows a branch": followed,
    "who follows it holds an office": in_office,
    "and is called otherwise": lambda cast: Member.everything.filter(full_name="Hà Văn Theo").update(full_name="Hà Văn Thêu"),
    "a branch moves": lambda cast: move_organisations(moved=[cast.doai], parent=cast.tan_hoa, on=date(2026, 9, 1), by=cast.actor("kien")),
    "it meets there": lambda cast: close(meeting_of(cast.doai, date(2026, 2, 5))),
}  # fmt: skip


def signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast[name])
    return client


def pages(cast: Cast, readers: dict[str, Client]) -> dict[tuple[str, str, str], str]:
    found = {}
    for (name, where), queries in SEEN.items():
        for query in queries:
            answer = readers[name].get(f"/tong-quan/{getattr(cast, where).pk}/{query}")
            assert answer.status_code == 200
            found[name, where, query] = settled(answer.content.decode())
    return found


def test_whatever_happens_a_kept_page_says_what_a_fresh_one_says(cast: Cast):
    """Of readers with different reach, one after the other, on several periods and trees."""
    readers = {name: signed_in(cast, name) for name, _ in SEEN}
    settle()
    before = pages(cast, readers)
    seen = 0
    for name, happen in HAPPENINGS.items():
        happen(cast)
        unsettled = pages(cast, readers)
        settle()
        held = pages(cast, readers)
        kept.forget_all()
        fresh = pages(cast, readers)
        for page in fresh:
            assert held[page] == fresh[page] == unsettled[page], (name, page)
        seen += fresh != before
        before = fresh
    assert seen >= len(HAPPENINGS) - 1, "nearly all of it can be seen on some page"


def test_what_one_keeps_of_a_branch_that_has_ended_moves_too(cast: Cast):
    """Its committee never stood above the branch: it is the heir's."""
    move_organisations(moved=[cast.doai], parent=cast.tan_hoa, on=date(2026, 9, 1), by=cast.actor("kien"))
    raised(cast)
    dissolve_organisation(cast.dong, heir=cast.doai, on=DAY, by=cast.actor("kien"))
    settle()
    client, path = signed_in(cast, "quyet"), f"/tong-quan/{cast.tan_hoa.pk}/"
    assert "Sửa nhà văn hóa thôn" in client.get(path).content.decode()
    answered(cast)
    assert "Sửa nhà văn hóa thôn" not in client.get(path).content.decode()


@pytest.mark.parametrize(
    ("name", "where", "most"), [("kien", "province", 10), ("kien", "phu_luong", 9), ("vinh", "phu_luong", 10)]
)
def test_who_comes_second_asks_for_little(cast: Cast, name: str, where: str, most: int):
    """The door, what moved, and what is each reader's own."""
    settle()
    client, path = signed_in(cast, name), f"/tong-quan/{getattr(cast, where).pk}/"
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    said = [query["sql"] for query in queries]
    assert len(said) <= most, "\n".join(said)
    counted = (
        "branches_month",
        "branches_sofar",
        "directives_target",
        "meetings_slotdecision",
        "directives_taskassignment",
        "meetings_guest",
        "members_charge",
        "meetings_proposal",
    )
    assert not [sql for sql in said for table in counted if table in sql]
