"""Việc của tôi: what each person sees, at a cost that does not grow."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.models import Grant, Kind
from members.models import Correction, State
from portal.access.roles import Role
from portal.duties.counting import count_what_is_open
from portal.duties.rules import Asked
from portal.notifications.models import Delivery, Notice
from portal.notifications.services.reminding import remind
from tests.cast import Cast, place
from tests.members.people import on_the_roll

SignIn = Callable[[str], Client]


def requests(cast: Cast, count: int, *, days_ago: int = 0, branch: object = None, begin: int = 0) -> None:
    at = timezone.now() - timedelta(days=days_ago)
    for number in range(begin, begin + count):
        member = on_the_roll(branch or cast.dong, f"Quàng Văn Pó {number}")
        Correction(member=member, column="job", asked_by=cast["hau"], asked_at=at).save()


def page(browser: Client, path: str = "/") -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def queries_of(browser: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        page(browser, path)
    return len(queries)


def test_the_most_urgent_first_then_by_week(cast: Cast, sign_in: SignIn):
    requests(cast, 1, days_ago=9, begin=0)
    requests(cast, 1, days_ago=8, begin=1)
    requests(cast, 1, days_ago=3, begin=2)
    on_the_roll(cast.dong, "Ma Văn Sùng", since=timezone.localdate() - timedelta(days=350), state=State.PROBATIONARY)
    shown = page(sign_in("thinh"))
    assert "Đồng chí có 4 việc, trong đó 2 việc đã quá hạn." in shown
    order = [
        "Quá hạn 2 ngày",
        'id="qua-han"',
        "Quá hạn 1 ngày",
        'id="tuan-nay"',
        "Còn 4 ngày",
        'id="sau-do"',
        "Ma Văn Sùng",
    ]
    places = [shown.index(word) for word in order]
    assert places == sorted(places)


def test_more_work_than_fits_is_a_press_away(cast: Cast, sign_in: SignIn):
    requests(cast, 12)
    shown = page(sign_in("thinh"))
    assert "Xem 3 việc nữa" in shown
    assert shown.count("Trả lời đề nghị sửa nghề nghiệp") == 12


def test_whoever_has_done_everything_is_told_so(sign_in: SignIn):
    assert "Đồng chí đã làm hết việc đến hạn" in page(sign_in("hau"))


def test_what_was_done_is_gone_at_once(cast: Cast, sign_in: SignIn):
    requests(cast, 1)
    assert "Đồng chí có 1 việc" in page(sign_in("thinh"))
    Correction.everything.update(answer="accepted")
    assert "Đồng chí đã làm hết việc đến hạn" in page(sign_in("thinh"))


def test_work_of_another_role_waits_there(cast: Cast, sign_in: SignIn):
    requests(cast, 2)
    Grant(account=cast["thinh"], organisation=cast.phu_luong, role=Role.COMMUNE_MEMBER).save()
    shown = page(sign_in("thinh"))  # the commune is the wider reach: one begins there
    assert "Ở vai trò khác của đồng chí" in shown
    assert "Chi bộ thôn Đông: 2 việc" in shown


def test_the_commune_sees_its_branches_and_no_names(cast: Cast, sign_in: SignIn):
    requests(cast, 2, days_ago=9)
    requests(cast, 1, branch=cast.doai, begin=2)
    requests(cast, 1, branch=cast.thuong, begin=3)
    shown = page(sign_in("mai"))
    assert "3 việc ở 2 đơn vị" in shown
    assert "1 nơi quá hạn" in shown
    listed = page(sign_in("vinh"), "/don-vi-chua-lam/sua-ho-so/")
    assert listed.index("Chi bộ thôn Đông") < listed.index("Chi bộ thôn Đoài")
    assert "Thượng" not in listed
    assert "Quàng" not in listed
    assert "4 việc ở 3 đơn vị" in page(sign_in("kien"))
    assert "Đơn vị chưa làm" not in page(sign_in("thinh"))


@pytest.mark.parametrize("path", ["/", "/don-vi-chua-lam/sua-ho-so/", "/thong-bao/", "/thong-bao/da-gui/"])
@pytest.mark.parametrize("name", ["thinh", "mai", "kien"])
def test_more_rows_cost_no_more_queries(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, name: str, path: str
):
    if (name, path) == ("thinh", "/thong-bao/da-gui/"):
        pytest.skip("a secretary has no such page")
    monkeypatch.setattr("portal.notifications.services.reminding.current_app.send_task", lambda *_, **__: None)
    today, browser = timezone.localdate(), sign_in(name)
    type(cast["thinh"]).objects.filter(username__in=["thinh", "hoa"]).update(email="a@example.vn")
    requests(cast, 1)
    remind(today=today)
    few = queries_of(browser, path)
    for number in range(3):
        branch = place(9_100_000 + number, f"PL-X{number}", f"Chi bộ thôn {number}", Kind.BRANCH, cast.phu_luong)
        requests(cast, 2, branch=branch, begin=10 * number + 10)
    requests(cast, 5, begin=100)
    remind(today=today + timedelta(days=1))
    assert Notice.everything.count() > 5
    assert Delivery.everything.exists()
    assert queries_of(browser, path) == few


def test_a_home_costs_seven_queries(cast: Cast, sign_in: SignIn):
    """Session, account, what one holds; the rules of the book, places with rules of their own; what is due; what is unread."""
    requests(cast, 3)
    assert queries_of(sign_in("thinh"), "/") == 7


def test_opening_a_notice_reads_it_and_leads_on(cast: Cast, sign_in: SignIn):
    requests(cast, 2)
    remind(today=timezone.localdate())
    browser, own = sign_in("thinh"), Notice.everything.filter(account=cast["thinh"]).order_by("pk")
    assert "2 chưa đọc" in page(browser)
    answer = browser.post(f"/thong-bao/{own[0].pk}/mo/")
    assert answer.url == f"/sua-ho-so/{own[0].facts['correction']}/"
    assert "1 chưa đọc" in page(browser)
    other = sign_in("hau").post(f"/thong-bao/{own[1].pk}/mo/")
    assert other.status_code == 404
    browser.post("/thong-bao/da-doc/")
    assert "chưa đọc</span>" not in page(browser)


def test_a_notice_of_a_rule_that_is_no_more_is_still_a_line(cast: Cast, sign_in: SignIn):
    today = timezone.localdate()
    Notice(account=cast["thinh"], rule="x", subject="1", stage=1, due_on=today, place="/", told_on=today).save()
    browser = sign_in("thinh")
    assert "Việc trước đây" in page(browser, "/thong-bao/")
    assert browser.post(f"/thong-bao/{Notice.everything.get().pk}/mo/").url == "/"


def test_people_choose_and_nothing_chosen_is_an_error_with_words(cast: Cast, sign_in: SignIn):
    browser = sign_in("thinh")
    assert "Tài khoản chưa có thư điện tử" in page(browser, "/tai-khoan/thong-bao/")
    assert browser.post("/tai-khoan/thong-bao/", {"mail": "no"}).status_code == 302
    assert re.search(r'value="no"[^>]*checked', page(browser, "/tai-khoan/thong-bao/"))
    wrong = browser.post("/tai-khoan/thong-bao/", {"mail": "perhaps"})
    assert "Lỗi:" in wrong.content.decode()


def test_over_a_whole_province_the_overview_is_the_last_count(cast: Cast, sign_in: SignIn, monkeypatch):
    """Live below that many organisations; above, as counted, and the page says when."""
    requests(cast, 1, days_ago=9)
    live = page(sign_in("kien"))
    assert "1 nơi quá hạn" in live
    assert "Tính lúc" not in live
    count_what_is_open(Asked(timezone.localdate()))
    monkeypatch.setattr("portal.dashboards.queries.home.MANY", 2)
    requests(cast, 1, days_ago=9, branch=cast.doai, begin=1)
    assert "1 nơi quá hạn" in page(sign_in("kien"))  # as counted
    count_what_is_open(Asked(timezone.localdate()))
    counted = page(sign_in("kien"))
    assert "2 nơi quá hạn" in counted
    assert "Tính lúc" in counted


def test_what_was_never_counted_is_asked(cast: Cast, sign_in: SignIn, monkeypatch):
    monkeypatch.setattr("portal.dashboards.queries.home.MANY", 1)
    requests(cast, 1, days_ago=9)
    assert "1 nơi quá hạn" in page(sign_in("kien"))
