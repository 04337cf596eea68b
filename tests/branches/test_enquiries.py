"""The province sees persons only where it has asked, with a reason, and only until the last day."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.models import Enquiry, Grant, Kind, Organisation
from branches.queries.grants import enquiries_into, onlookers_of
from branches.services.enquiries import ask_for_persons, end_enquiry
from branches.services.grants import end_grant, give_grant
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.roles import Role
from portal.history.models import AccessTrace, Deed
from portal.history.sentences import history_of
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast, place

SignIn = Callable[[str], Client]
ENQUIRY_DAYS = 7  # the rule as loaded
DAY = timedelta(days=1)
REASON = "Kiểm tra hồ sơ kết nạp theo Kế hoạch 12-KH/TU"
ROLL, CLOSED = Permission.READ_ROLL, Permission.READ_CLOSED


def ask(cast: Cast, where: Organisation, by: str = "kien") -> Enquiry:
    return ask_for_persons(organisation=where, reason=REASON, by=cast.actor(by))


def reads(cast: Cast, who: str = "kien") -> set[str]:
    """Codes of the organisations whose roll somebody reads; what may says and what the rows say is the same."""
    actor = cast.actor(who)
    rows = set(Organisation.objects.allowed(actor, ROLL).values_list("code", flat=True))
    every = Organisation.objects.everywhere(reason="a test goes through all of them")
    assert rows == {found.code for found in every if actor.may(ROLL, found.path)}
    assert actor.may(ROLL) is bool(rows)
    return rows


def test_without_asking_the_province_reads_no_roll(cast: Cast):
    assert reads(cast) == set()


def test_asking_opens_the_commune_and_its_branches_and_nothing_else(cast: Cast):
    ask(cast, cast.phu_luong)
    assert reads(cast) == {"PL", "PL-1", "PL-2"}


def test_asking_about_a_branch_opens_that_branch_alone(cast: Cast):
    ask(cast, cast.dong)
    assert reads(cast) == {"PL-1"}
    ask(cast, cast.thuong)
    assert reads(cast) == {"PL-1", "TH-1"}


def test_a_branch_whose_number_begins_alike_stays_shut(cast: Cast):
    place(90000030, "PL-30", "Chi bộ thôn Nam", Kind.BRANCH, cast.phu_luong)  # /…/9000003/ and /…/90000030/
    ask(cast, cast.dong)
    assert reads(cast) == {"PL-1"}


def test_what_is_closed_stays_closed_and_nothing_else_is_gained(cast: Cast):
    before = {permission for permission in Permission if cast.actor("kien").may(permission, cast.dong.path)}
    ask(cast, cast.phu_luong)
    after = {permission for permission in Permission if cast.actor("kien").may(permission, cast.dong.path)}
    assert after - before == {ROLL}
    assert not Organisation.objects.allowed(cast.actor("kien"), CLOSED).exists()


def test_other_rows_are_narrowed_by_the_same_door(cast: Cast):
    """Grants stand for the rows of every later app: what lies in an organisation is reached through it."""
    ask(cast, cast.dong)
    seen = set(Grant.objects.allowed(cast.actor("kien"), ROLL).values_list("organisation__code", flat=True))
    assert seen == {"PL-1"}
    assert not AccessTrace.objects.allowed(cast.actor("kien"), ROLL).exclude(place=cast.dong.path).exists()


@pytest.mark.parametrize(("days", "open_"), [(-1, False), (0, True), (1, True)])
def test_it_opens_on_the_day_of_asking(cast: Cast, days: int, open_: bool):
    enquiry = ask(cast, cast.dong)
    with time_machine.travel(timezone.now() + days * DAY):
        assert (reads(cast) == {"PL-1"}) is open_
        assert bool(enquiries_into(cast.dong, timezone.localdate())) is open_
    assert enquiry.until == timezone.localdate() + ENQUIRY_DAYS * DAY


@pytest.mark.parametrize(("days", "open_"), [(-1, True), (0, True), (1, False)])
def test_it_ends_by_itself_after_its_last_day(cast: Cast, days: int, open_: bool):
    enquiry = ask(cast, cast.dong)
    with time_machine.travel(timezone.now() + (ENQUIRY_DAYS + days) * DAY):
        assert (reads(cast) == {"PL-1"}) is open_
        assert enquiry.is_open is open_
        assert bool(enquiries_into(cast.dong, timezone.localdate())) is open_


def test_ended_early_it_is_shut_at_once_and_cannot_be_ended_again(cast: Cast):
    enquiry = ask(cast, cast.dong)
    end_enquiry(enquiry, by=cast.actor("kien"))
    assert reads(cast) == set()
    with pytest.raises(DomainError, match="đã kết thúc"):
        end_enquiry(enquiry, by=cast.actor("kien"))
    ask(cast, cast.dong)  # and may be asked for again
    assert reads(cast) == {"PL-1"}


@pytest.mark.parametrize(("days", "open_"), [(-1, True), (0, True), (1, False)])
def test_who_no_longer_holds_the_role_reads_nothing(cast: Cast, days: int, open_: bool):
    """D is the last day of the grant: an open enquiry ends with it."""
    ask(cast, cast.dong)
    last = timezone.localdate() + 2 * DAY
    end_grant(cast["kien"].grants.get(), on=last + DAY, by=cast.actor("khoi"))
    with time_machine.travel(timezone.now() + (2 + days) * DAY):
        assert (reads(cast) == {"PL-1"}) is open_
        assert bool(enquiries_into(cast.dong, timezone.localdate())) is open_


def test_a_grant_taken_back_on_its_first_day_takes_the_enquiry_with_it(cast: Cast):
    give_grant(account=cast["hau"], organisation=cast.province, role=Role.PROVINCE_OFFICE, by=cast.actor("khoi"))
    grant = cast["hau"].grants.get(role=Role.PROVINCE_OFFICE)
    enquiry = ask_for_persons(organisation=cast.doai, reason=REASON, by=Actor.today(cast["hau"], capacity=grant.pk))
    end_grant(grant, on=timezone.localdate(), by=cast.actor("khoi"))
    assert "PL-2" not in reads(cast, "hau")
    assert enquiries_into(cast.doai, timezone.localdate()) == []
    assert Enquiry.objects.everywhere(reason="a test").get() == enquiry


def test_it_belongs_to_one_person_in_one_capacity(cast: Cast):
    ask(cast, cast.dong)
    give_grant(account=cast["hau"], organisation=cast.province, role=Role.PROVINCE_OFFICE, by=cast.actor("khoi"))
    colleague = cast["hau"].grants.get(role=Role.PROVINCE_OFFICE)
    assert not Actor.today(cast["hau"], capacity=colleague.pk).may(ROLL, cast.dong.path)
    give_grant(account=cast["kien"], organisation=cast.province, role=Role.PROVINCE_MEMBER, by=cast.actor("khoi"))
    member = cast["kien"].grants.get(role=Role.PROVINCE_MEMBER)
    assert not Actor.today(cast["kien"], capacity=member.pk).may(ROLL, cast.dong.path)
    assert Actor.today(cast["kien"], capacity=cast["kien"].grants.get(role=Role.PROVINCE_OFFICE).pk).may(
        ROLL, cast.dong.path
    )


def test_an_organisation_that_moves_out_of_reach_is_shut(cast: Cast):
    ask(cast, cast.dong)
    Organisation.objects.everywhere(reason="a test").filter(pk=cast.dong.pk).update(path="/7777777/9000003/")
    assert cast.actor("kien").capacity.opened == ()


@pytest.mark.parametrize("name", ["mai", "thinh", "son", "vinh", "khoi", "hau", "xua", "moi", "quyet"])
def test_nobody_else_asks(cast: Cast, name: str):
    with pytest.raises(NotAllowed):
        ask(cast, cast.dong, by=name)
    assert not Enquiry.objects.everywhere(reason="a test").exists()


def test_not_about_a_whole_province(cast: Cast):
    with pytest.raises(DomainError, match="đảng bộ xã"):
        ask(cast, cast.province)


@pytest.mark.parametrize("reason", ["", "   ", "xem", "1234567890 12", "việc gấp", "x" * 301])
def test_a_reason_says_something(cast: Cast, reason: str):
    with pytest.raises(DomainError) as refusal:
        ask_for_persons(organisation=cast.dong, reason=reason, by=cast.actor("kien"))
    assert refusal.value.field == "reason"
    assert not AccessTrace.objects.everywhere(reason="a test").exists()


def test_ten_letters_are_enough(cast: Cast):
    assert ask_for_persons(organisation=cast.dong, reason="kiểm\ntra hồ sơ", by=cast.actor("kien")).reason == (
        "kiểm tra hồ sơ"
    )


def test_nobody_ends_what_another_has_asked_for(cast: Cast):
    enquiry = ask(cast, cast.dong)
    for name in ("mai", "thinh", "khoi"):
        with pytest.raises(NotAllowed):
            end_enquiry(enquiry, by=cast.actor(name))
    assert reads(cast) == {"PL-1"}


def test_asked_twice_it_stands_once(cast: Cast):
    ask(cast, cast.dong)
    with pytest.raises(DomainError, match="đang được xem"):
        ask(cast, cast.dong)
    assert AccessTrace.objects.everywhere(reason="a test").count() == 1


@pytest.mark.parametrize(
    "change", [{"reason": "một lý do khác hẳn"}, {"until": "2099-01-01"}, {"since": "2000-01-01"}, {"role": "clerk"}]
)
def test_the_database_changes_nothing_but_the_end(cast: Cast, change: dict):
    rows = Enquiry.objects.everywhere(reason="a test").filter(pk=ask(cast, cast.dong).pk)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        rows.update(**change)
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        rows.delete()
    rows.update(ended_at=timezone.now())
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        rows.update(ended_at=None)


def test_the_database_wants_a_reason_and_an_order_of_days(cast: Cast):
    today = timezone.localdate()
    facts = {"account": cast["kien"], "role": Role.PROVINCE_OFFICE, "held_at": cast.province, "organisation": cast.dong}
    with pytest.raises(IntegrityError, match="enquiry_says_why"), transaction.atomic():
        Enquiry(**facts, reason="ngắn", since=today, until=today).save()
    with pytest.raises(IntegrityError, match="enquiry_ends_after"), transaction.atomic():
        Enquiry(**facts, reason=REASON, since=today, until=today - DAY).save()


def test_its_history_says_who_and_when(cast: Cast):
    enquiry = ask(cast, cast.dong)
    end_enquiry(enquiry, by=cast.actor("kien"))
    enquiry.refresh_from_db()
    assert [(entry.who, entry.action) for entry in history_of(enquiry)] == [
        ("Hồ Trung Kiên", "kết thúc sớm việc xem hồ sơ"),
        ("Hồ Trung Kiên", "xin xem hồ sơ đảng viên"),
    ]


def test_asking_leaves_a_trace_with_the_reason_at_the_place(cast: Cast, sign_in: SignIn):
    ask(cast, cast.dong)
    trace = AccessTrace.objects.everywhere(reason="a test").get()
    assert (trace.deed, trace.reason, trace.place) == (Deed.ASKED, REASON, cast.dong.path)
    page = sign_in("thinh").get(f"/to-chuc/{cast.dong.pk}/so-truy-cap/").content.decode()
    assert REASON in page
    assert "xin xem hồ sơ" in page
    assert REASON not in sign_in("hoa").get(f"/to-chuc/{cast.doai.pk}/so-truy-cap/").content.decode()


def test_who_asks_about_a_commune_is_seen_by_its_branches_and_by_no_others(cast: Cast, sign_in: SignIn):
    ask(cast, cast.phu_luong)
    for name, where, seen in [("thinh", cast.dong, True), ("mai", cast.phu_luong, True), ("yen", cast.thuong, False)]:
        for page in ("so-truy-cap", "ai-duoc-xem-gi"):
            answer = sign_in(name).get(f"/to-chuc/{where.pk}/{page}/").content.decode()
            assert (REASON in answer) is seen, (name, page)


def test_the_page_of_onlookers_says_the_same_as_the_door(cast: Cast):
    ask(cast, cast.phu_luong)
    ask(cast, cast.thuong)
    for found in Organisation.objects.everywhere(reason="a test goes through all of them"):
        for group in onlookers_of(found, timezone.localdate()):
            named = {grant.account.username for grant in group.grants} | {e.account.username for e in group.enquiries}
            may = {name for name in cast.people if cast.actor(name).may(group.kind.permission, found.path)}
            assert named == may, (found, group.kind.name)


def test_in_the_browser_one_asks_and_ends(cast: Cast, sign_in: SignIn):
    browser, path = sign_in("kien"), f"/to-chuc/{cast.dong.pk}/xin-xem-ho-so/"
    assert path in browser.get(f"/to-chuc/{cast.dong.pk}/").content.decode()
    assert "xin-xem-ho-so" not in browser.get(f"/to-chuc/{cast.province.pk}/").content.decode()
    assert "Phạm vi rộng quá" in browser.get(f"/to-chuc/{cast.province.pk}/xin-xem-ho-so/").content.decode()
    wrong = browser.post(path, {"reason": "gấp"}).content.decode()
    assert "<title>Lỗi: " in wrong
    assert "gấp" in wrong
    assert "<title>Lỗi: " in browser.post(path, {}).content.decode()
    page = browser.post(path, {"reason": REASON}, follow=True).content.decode()
    assert f"còn {ENQUIRY_DAYS} ngày" in page
    enquiry = Enquiry.objects.everywhere(reason="a test").get()
    ended = browser.post(f"/xin-xem-ho-so/{enquiry.pk}/ket-thuc/", follow=True).content.decode()
    assert "Kết thúc sớm ngày" in ended
    assert "đã kết thúc rồi" in browser.post(f"/xin-xem-ho-so/{enquiry.pk}/ket-thuc/", follow=True).content.decode()


def test_the_enquiry_of_another_is_404(cast: Cast, sign_in: SignIn):
    give_grant(account=cast["hau"], organisation=cast.province, role=Role.PROVINCE_OFFICE, by=cast.actor("khoi"))
    enquiry = ask(cast, cast.dong)
    colleague = sign_in("hau")
    colleague.post("/vai-tro/", {"vai": cast["hau"].grants.get(role=Role.PROVINCE_OFFICE).pk})
    assert colleague.post(f"/xin-xem-ho-so/{enquiry.pk}/ket-thuc/").status_code == 404


def test_the_door_stays_at_three_queries(cast: Cast, sign_in: SignIn):
    for where in (cast.dong, cast.doai, cast.phu_luong, cast.thuong):
        ask(cast, where)
    browser = sign_in("kien")
    with CaptureQueriesContext(connection) as queries:
        browser.get("/them/")
    assert len(queries) == 3 + 2  # of this page the bell, and whether one has a record of one's own


@pytest.mark.parametrize(
    "path", ["/to-chuc/{}/xin-xem-ho-so/", "/to-chuc/{}/ai-duoc-xem-gi/", "/to-chuc/{}/so-truy-cap/"]
)
def test_pages_cost_the_same_queries_however_many_were_asked(cast: Cast, sign_in: SignIn, path: str):
    browser = sign_in("kien")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path.format(cast.phu_luong.pk)).status_code == 200
        return len(queries)

    ask(cast, cast.dong)
    few = cost()
    for number in range(15):
        ask(cast, place(9_100_000 + number, f"PL-X{number}", f"Chi bộ {number}", Kind.BRANCH, cast.phu_luong))
        end_enquiry(ask(cast, cast.doai), by=cast.actor("kien"))
    assert cost() == few
