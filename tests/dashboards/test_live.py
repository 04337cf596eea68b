"""An open dashboard hears of every change of what it shows, and of nothing else."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from redis.exceptions import ConnectionError as NobodyThere

from branches.models import Grant, Month, Organisation
from branches.services.reorganisation import move_organisations, rename_organisation
from branches.services.settlements import add_settlement
from branches.summary.kept import Shelf
from directives.models import OrderedTask, TaskAssignment
from directives.services.assignments import note
from directives.services.cascade import give, withdraw
from meetings.models import ActionItem, Proposal, Stand
from meetings.services.actions import mark_action
from meetings.services.closing import close_meeting
from meetings.services.planning import call_off_meeting
from meetings.services.proposals import answer_proposal
from meetings.services.reopening import reopen_meeting
from portal.accounts.receivers import SEEN
from portal.dashboards import live
from portal.live import versions
from portal.live.asking import HEADER
from portal.live.versions import touched, version_of
from tests.cast import Cast
from tests.directives.orders import an_order
from tests.meetings.meetings import held, meeting_of, people_of

TODAY = timezone.localdate
PLACES = ("province", "phu_luong", "dong", "doai", "tan_hoa", "thuong")


@pytest.fixture(autouse=True)
def nothing_untold():
    versions._untold.paths.clear()
    versions._untold.valkey_is_away = False


@pytest.fixture
def moved_by(cast: Cast, django_capture_on_commit_callbacks) -> Callable[[Callable[[], object]], set[str]]:
    """Which places have another version after it was done and committed."""

    def done(act: Callable[[], object]) -> set[str]:
        before = {name: version_of(getattr(cast, name).path) for name in PLACES}
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return {name for name in PLACES if version_of(getattr(cast, name).path) != before[name]}

    return done


OF_DONG = {"dong", "phu_luong", "province"}


def test_a_place_and_all_above_it_and_nobody_else(cast: Cast, moved_by):
    assert moved_by(lambda: touched([cast.dong.path])) == OF_DONG
    assert moved_by(lambda: touched([cast.province.path])) == {"province"}
    assert moved_by(lambda: None) == set()


def test_not_before_it_is_committed_and_by_one_write(cast: Cast, django_capture_on_commit_callbacks, monkeypatch):
    before, writes = version_of(cast.dong.path), []
    real = cache.set_many
    monkeypatch.setattr(cache, "set_many", lambda *args, **said: writes.append(args) or real(*args, **said))
    with django_capture_on_commit_callbacks() as callbacks:
        touched([cast.dong.path])
        touched([cast.doai.path])
    assert version_of(cast.dong.path) == before
    for callback in callbacks:
        callback()
    assert version_of(cast.dong.path) != before
    assert len(writes) == 1


def test_what_was_rolled_back_moves_nothing(cast: Cast, moved_by):
    def rolled_back() -> None:
        with transaction.atomic():
            touched([cast.dong.path])
            transaction.set_rollback(True)

    assert moved_by(rolled_back) == set()


def test_without_valkey_work_goes_on_and_the_log_says_so_once(cast: Cast, moved_by, monkeypatch, caplog):
    def away(*args: object, **said: object) -> None:
        raise NobodyThere

    version_of(cast.dong.path)
    with monkeypatch.context() as patch:
        for name in ("set_many", "get", "get_or_set"):
            patch.setattr(cache, name, away)
        assert version_of(cast.dong.path) is None
        with transaction.atomic():
            touched([cast.dong.path])
        versions._tell()
        versions._tell()
    assert [record.name for record in caplog.records].count("portal.live") == 1
    # what could not be told then is told with the next
    assert moved_by(lambda: touched([cast.thuong.path])) == OF_DONG | {"thuong", "tan_hoa"}


def test_a_lost_version_is_made_anew_and_kept(cast: Cast):
    before = version_of(cast.dong.path)
    cache.delete(f"live:{cast.dong.path}")
    after = version_of(cast.dong.path)
    assert before != after == version_of(cast.dong.path)


# ------------------------------------------------------------------ who says that something has moved


def closed(cast: Cast, day: date = date(2026, 3, 3)):
    people_of(cast.dong, 3)
    return held(meeting_of(cast.dong, day))


def test_closing_a_meeting_and_opening_it_again(cast: Cast, moved_by):
    meeting = closed(cast)
    assert moved_by(lambda: close_meeting(meeting, by=cast.actor("thinh"))) == OF_DONG
    meeting.refresh_from_db()
    assert moved_by(lambda: reopen_meeting(meeting, because="Ghi nhầm", by=cast.actor("thinh"))) == OF_DONG


def test_calling_a_meeting_off(cast: Cast, moved_by):
    meeting = meeting_of(cast.dong, TODAY() + timedelta(days=2))
    assert moved_by(lambda: call_off_meeting(meeting, because="Mưa bão", by=cast.actor("thinh"))) == OF_DONG


def test_answering_a_proposal_and_doing_what_was_given(cast: Cast, moved_by):
    meeting = closed(cast)
    asked = Proposal.everything.create(meeting=meeting, to=cast.phu_luong, words="Sửa đường vào thôn")
    answer = {"state": "accepted", "answer": "Đã đưa vào kế hoạch"}
    assert moved_by(lambda: answer_proposal(asked, **answer, by=cast.actor("mai"))) == OF_DONG
    thing = ActionItem.everything.create(meeting=meeting, organisation=cast.dong, words="Sửa loa", due_on=TODAY())
    assert moved_by(lambda: mark_action(thing, stand=Stand.DONE, by=cast.actor("thinh"))) == OF_DONG


def test_tasks_given_noted_and_withdrawn(cast: Cast, moved_by):
    mai = cast.actor("mai")
    order = an_order(cast.phu_luong, mai)
    assert moved_by(lambda: give(order, by=mai)) == OF_DONG | {"doai"}
    ordered = OrderedTask.everything.get(order=order)
    row = TaskAssignment.everything.get(ordered=ordered, organisation=cast.dong)
    said = {"words": "Đang làm", "progress": 40, "version": row.version}
    assert moved_by(lambda: note(row, **said, by=cast.actor("thinh"))) == OF_DONG
    assert moved_by(lambda: withdraw(ordered, by=mai)) == OF_DONG | {"doai"}


def test_the_tree_and_its_villages(cast: Cast, moved_by):
    kien, mai = cast.actor("kien"), cast.actor("mai")
    village = {"commune": cast.phu_luong, "name": "Nà Pài", "kind": "village"}
    assert moved_by(lambda: add_settlement(**village, by=mai)) == {"phu_luong", "province"}
    renamed = {"name": "Chi bộ thôn Đông Phú", "symbol": "CB", "rank": cast.dong.rank, "on": TODAY()}
    assert moved_by(lambda: rename_organisation(cast.dong, **renamed, by=kien)) == OF_DONG
    moves = {"moved": [Organisation.everything.get(pk=cast.dong.pk)], "parent": cast.tan_hoa, "on": TODAY()}
    assert moved_by(lambda: move_organisations(**moves, by=kien)) == {"dong", "phu_luong", "tan_hoa", "province"}


# ------------------------------------------------------------------ the page that is asked


def asked(client: Client, place: Organisation, tag: str = ""):
    return client.get(f"/tong-quan/{place.pk}/phien-ban/", headers={"If-None-Match": tag} if tag else {})


def test_304_until_something_moves(cast: Cast, as_mai: Client, moved_by):
    first = asked(as_mai, cast.phu_luong)
    assert first.status_code == 200
    assert first["Cache-Control"] == "no-store"
    again = asked(as_mai, cast.phu_luong, first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "no-store"
    moved_by(lambda: touched([cast.thuong.path]))
    assert asked(as_mai, cast.phu_luong, first["ETag"]).status_code == 304
    moved_by(lambda: touched([cast.dong.path]))
    now = asked(as_mai, cast.phu_luong, first["ETag"])
    assert now.status_code == 200
    assert now["ETag"] != first["ETag"]


def test_each_reader_day_and_reach_has_its_own_mark(cast: Cast, sign_in):
    tag = asked(sign_in("mai"), cast.phu_luong)["ETag"]
    assert asked(sign_in("vinh"), cast.phu_luong)["ETag"] != tag
    today, tomorrow = (Shelf(cast.phu_luong.pk, TODAY() + timedelta(days=days)) for days in (0, 1))
    assert live.mark_of(cast.actor("mai"), cast.phu_luong, today) == tag.strip('"')
    assert live.mark_of(cast.actor("mai"), cast.phu_luong, tomorrow) != tag.strip('"')


def test_the_page_holds_the_mark_it_was_made_with(cast: Cast, as_mai: Client):
    page = as_mai.get(
        f"/tong-quan/{cast.phu_luong.pk}/?den={TODAY()}"
    )  # in January it is the year before that is usual
    tag = asked(as_mai, cast.phu_luong)["ETag"].strip('"')
    assert f'data-live-mark="{tag}"' in page.content.decode()
    assert "js/live" in page.content.decode()


def test_a_past_day_does_not_ask(cast: Cast, as_mai: Client):
    page = as_mai.get(f"/tong-quan/{cast.phu_luong.pk}/?den=2025-06-30").content.decode()
    assert "js/live" not in page
    assert "data-live=" not in page


def test_without_valkey_the_page_stands_and_says_that_it_does_not_know(cast: Cast, as_mai: Client, monkeypatch):
    monkeypatch.setattr("portal.dashboards.live.version_of", lambda path: None)
    assert asked(as_mai, cast.phu_luong).status_code == 503
    page = as_mai.get(f"/tong-quan/{cast.phu_luong.pk}/")
    assert page.status_code == 200
    assert "js/live" not in page.content.decode()


def test_who_was_let_in_a_moment_ago_is_told_without_the_database(cast: Cast, as_mai: Client, monkeypatch):
    """Else five questions: the session, the account, what it holds, what has moved, the place."""
    tag = asked(as_mai, cast.phu_luong)["ETag"]
    with CaptureQueriesContext(connection) as queries:
        assert asked(as_mai, cast.phu_luong, tag).status_code == 304
    assert len(queries) == 0
    monkeypatch.setattr(live, "LET_IN_FOR", 0)
    cache.clear()
    tag = asked(as_mai, cast.phu_luong)["ETag"]
    with CaptureQueriesContext(connection) as queries:
        assert asked(as_mai, cast.phu_luong, tag).status_code == 304
    assert len(queries) == 5


@pytest.mark.parametrize(("minute_is_over", "status"), [(False, 304), (True, 200)])
def test_what_nobody_told_is_seen_when_the_minute_is_over(
    cast: Cast, as_mai: Client, monkeypatch, minute_is_over: bool, status: int
):
    """The database saw it (branches/models/ripple.py)."""
    if minute_is_over:
        monkeypatch.setattr(live, "LET_IN_FOR", 0)
    tag = asked(as_mai, cast.phu_luong)["ETag"]
    assert asked(as_mai, cast.phu_luong, tag).status_code == 304
    Month.everything.create(organisation=cast.dong, month=date(2026, 10, 1))
    assert asked(as_mai, cast.phu_luong, tag).status_code == status


def test_what_one_page_was_told_opens_no_other(cast: Cast, as_mai: Client, sign_in):
    tag = asked(as_mai, cast.phu_luong)["ETag"]
    assert asked(as_mai, cast.tan_hoa, tag).status_code == 404
    assert asked(sign_in("quyet"), cast.phu_luong, tag).status_code == 404
    assert asked(Client(), cast.phu_luong, tag).status_code == 302
    assert as_mai.post(f"/tong-quan/{cast.phu_luong.pk}/phien-ban/", headers={"If-None-Match": tag}).status_code == 405


def test_who_holds_nothing_any_more_is_told_so_when_the_minute_is_over(cast: Cast, as_mai: Client):
    tag = asked(as_mai, cast.phu_luong)["ETag"]
    Grant.everything.filter(account=cast["mai"]).delete()
    assert asked(as_mai, cast.phu_luong, tag).status_code == 304
    cache.clear()
    assert asked(as_mai, cast.phu_luong, tag).status_code == 403


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(cast: Cast, as_mai: Client):
    session = as_mai.session
    session[SEEN] = 0
    session.save()
    as_mai.get(f"/tong-quan/{cast.phu_luong.pk}/", headers={HEADER: "1"})
    assert as_mai.session[SEEN] == 0
    as_mai.get(f"/tong-quan/{cast.phu_luong.pk}/")
    assert as_mai.session[SEEN] > 0
