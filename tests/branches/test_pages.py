"""Organisations in the browser: what one reaches, what one may do there, and that nothing of others shows."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.models import Grant, Kind, Organisation
from portal.access.roles import Role
from portal.history.models import Deed
from portal.history.traces import leave_trace
from tests.cast import Cast, place

SignIn = Callable[[str], Client]


def words(answer) -> str:
    return answer.content.decode()


def test_the_list_shows_what_one_reaches_and_nothing_else(cast: Cast, sign_in: SignIn):
    page = words(sign_in("mai").get("/to-chuc/"))
    assert "Chi bộ thôn Đông" in page
    assert "Tân Hòa" not in page


def test_search_finds_without_tones_and_never_beyond_reach(cast: Cast, sign_in: SignIn):
    assert "Chi bộ thôn Đoài" in words(sign_in("mai").get("/to-chuc/?tim=thon doai"))
    assert "Không có tổ chức nào khớp" in words(sign_in("mai").get("/to-chuc/?tim=thuong"))


def test_a_stranger_gets_404_an_insider_without_the_right_403_with_the_reason(cast: Cast, sign_in: SignIn):
    path = f"/to-chuc/{cast.dong.pk}/"
    assert sign_in("yen").get(path).status_code == 404
    refused = sign_in("hau").get(path + "ai-duoc-xem-gi/")
    assert refused.status_code == 403
    assert "Chỉ bí thư, văn phòng cấp ủy" in words(refused)


def test_who_can_see_what_is_said_with_the_grant_it_comes_from(cast: Cast, sign_in: SignIn):
    page = words(sign_in("thinh").get(f"/to-chuc/{cast.dong.pk}/ai-duoc-xem-gi/"))
    closed = page.split("Phần đóng", 1)[1]
    for name in ("Lò Văn Thịnh", "Đinh Thị Mai", "Trần Đình Sơn"):
        assert name in closed
    for name in ("Hồ Trung Kiên", "Trịnh Minh Khôi", "Vũ Quang Vinh", "Đặng Thị Thơm", "Đỗ Văn Xưa", "Nguyễn Thị Hoà"):
        assert name not in closed


def test_the_page_says_the_same_as_the_door(cast: Cast):
    """Everybody the page names may, and nobody else: compared with Actor.may for all people and kinds."""
    from branches.queries.grants import onlookers_of

    for found in Organisation.objects.everywhere(reason="a test goes through all of them"):
        for group in onlookers_of(found, timezone.localdate()):
            named = {grant.account.username for grant in group.grants}
            may = {name for name in cast.people if cast.actor(name).may(group.kind.permission, found.path)}
            assert named == may, (found, group.kind.name)


def test_a_role_is_given_and_taken_away_in_the_browser(cast: Cast, sign_in: SignIn):
    office, path = sign_in("mai"), f"/to-chuc/{cast.doai.pk}/"
    form = {"account": "Hau", "role": Role.CLERK.value}
    assert office.post(path + "giao-vai-tro/", form).status_code == 302
    grant = cast["hau"].grants.get(organisation=cast.doai)
    assert (grant.role, grant.given_by) == (Role.CLERK, cast["mai"])
    tomorrow = timezone.localdate() + timedelta(days=1)
    days = {"on_day": tomorrow.day, "on_month": tomorrow.month, "on_year": tomorrow.year}
    assert office.post(f"/vai-tro/{grant.pk}/thu-hoi/", days).status_code == 302
    grant.refresh_from_db()
    assert grant.until == timezone.localdate()


def test_a_form_offers_no_role_that_the_service_would_refuse(cast: Cast, sign_in: SignIn):
    page = words(sign_in("mai").get(f"/to-chuc/{cast.phu_luong.pk}/giao-vai-tro/"))
    assert Role.INSPECTOR.label in page
    for role in (Role.ADMINISTRATOR, Role.PROVINCE_OFFICE, Role.SECRETARY):
        assert f'value="{role.value}"' not in page


@pytest.mark.parametrize("typed", ["", "khong-co", "a'b", "x" * 500])
def test_what_is_wrong_is_said_in_words_and_stays_typed(cast: Cast, sign_in: SignIn, typed: str):
    answer = sign_in("mai").post(
        f"/to-chuc/{cast.doai.pk}/giao-vai-tro/", {"account": typed, "ground": "Quyết định 12"}
    )
    assert answer.status_code == 200
    assert "<title>Lỗi: " in words(answer)
    assert "Quyết định 12" in words(answer)


def test_the_grant_of_a_foreign_commune_is_404(cast: Cast, sign_in: SignIn):
    grant = cast["yen"].grants.get()
    assert sign_in("mai").get(f"/vai-tro/{grant.pk}/thu-hoi/").status_code == 404
    assert sign_in("quyet").get(f"/vai-tro/{grant.pk}/thu-hoi/").status_code == 200


def test_one_switches_between_ones_capacities_and_takes_no_others(cast: Cast, sign_in: SignIn):
    member = Grant(
        account=cast["thinh"], organisation=cast.phu_luong, role=Role.COMMUNE_MEMBER, since=timezone.localdate()
    )
    member.save()
    browser = sign_in("thinh")
    assert "Chi bộ thôn Đoài" in words(browser.get("/to-chuc/"))  # the widest comes first
    secretary = cast["thinh"].grants.get(role=Role.SECRETARY)
    browser.post("/vai-tro/", {"vai": secretary.pk})
    assert "Chi bộ thôn Đoài" not in words(browser.get("/to-chuc/"))
    browser.post("/vai-tro/", {"vai": cast["mai"].grants.get().pk})
    assert "Chi bộ thôn Đoài" not in words(browser.get("/to-chuc/"))


def test_the_secretary_sees_who_read_what_is_closed(cast: Cast, sign_in: SignIn):
    leave_trace(Deed.READ, subject="Ý kiến thiểu số tháng 11", place=cast.dong.path, by=cast.actor("son"))
    leave_trace(Deed.READ, subject="Ý kiến ở nơi khác", place=cast.doai.path, by=cast.actor("son"))
    page = words(sign_in("thinh").get(f"/to-chuc/{cast.dong.pk}/so-truy-cap/"))
    assert "Ý kiến thiểu số tháng 11" in page
    assert "Trần Đình Sơn" in page
    assert "nơi khác" not in page


def test_an_organisation_is_founded_and_its_history_says_by_whom(cast: Cast, sign_in: SignIn):
    browser, path = sign_in("mai"), f"/to-chuc/{cast.phu_luong.pk}/sap-xep/lap-moi/"
    form = {
        "name": "Chi bộ thôn Hạ",
        "code": "PL-3",
        "kind": "branch",
        "rank": "base",
        **in_boxes("on", timezone.localdate()),
    }
    assert "Lập Chi bộ thôn Hạ (mã PL-3)" in words(browser.post(path, form))
    assert not Organisation.everything.filter(code="PL-3").exists()  # a preview writes nothing
    assert "Đã ghi vào cây tổ chức." in words(browser.post(path, form | {"confirmed": "1"}, follow=True))
    new = Organisation.everything.get(code="PL-3")
    assert "Đinh Thị Mai lập tổ chức" in words(browser.get(f"/to-chuc/{new.pk}/"))


def in_boxes(name: str, day: date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


@pytest.mark.parametrize(
    "path", ["/to-chuc/", "/to-chuc/{pl}/", "/to-chuc/{pl}/ai-duoc-xem-gi/", "/to-chuc/{pl}/so-truy-cap/"]
)
def test_pages_cost_the_same_queries_however_many_rows(cast: Cast, sign_in: SignIn, path: str):
    browser = sign_in("mai")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path.format(pl=cast.phu_luong.pk)).status_code == 200
        return len(queries)

    leave_trace(Deed.READ, subject="x", place=cast.dong.path, by=cast.actor("son"))
    few = cost()
    for number in range(20):
        branch = place(9_100_000 + number, f"PL-X{number}", f"Chi bộ {number}", Kind.BRANCH, cast.phu_luong)
        Grant(account=cast["hau"], organisation=branch, role=Role.CLERK).save()
        leave_trace(Deed.READ, subject="x", place=branch.path, by=cast.actor("son"))
        Grant(
            account=cast["hoa"],
            organisation=cast.phu_luong,
            role=Role.FRONT,
            since=timezone.localdate() + timedelta(days=3 * number),
            until=timezone.localdate() + timedelta(days=3 * number),
        ).save()
    assert cost() == few


def test_the_door_costs_three_queries(cast: Cast, sign_in: SignIn):
    """Session, account, grants: whatever somebody holds."""
    browser = sign_in("thinh")
    for number in range(5):
        branch = place(9_100_000 + number, f"PL-X{number}", f"Chi bộ {number}", Kind.BRANCH, cast.phu_luong)
        Grant(account=cast["thinh"], organisation=branch, role=Role.CLERK).save()
    with CaptureQueriesContext(connection) as queries:
        browser.get("/them/")
    assert len(queries) == 3 + 2  # of this page the bell, and whether one has a record of one's own
