"""Who has sent and who has not; what was sent is taken or returned, and then replaced."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from branches.models import Organisation
from portal.notifications.models import Notice
from portal.reports.expected import Expected
from portal.reports.models import ArrivalState
from portal.reports.queries.arriving import round_of
from portal.reports.services.arriving import acknowledge, remind_to_send, return_report
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast, assemble, planned
from tests.files import conftest as files
from tests.reports.sent import arrival_of, kind, replaced, sent

SignIn = Callable[[str], Client]
folder = files.folder
OCTOBER = date(2026, 10, 31)
BEFORE_DUE, AFTER_DUE = "2026-11-05 08:00+07:00", "2026-11-12 08:00+07:00"  # due on the tenth


@pytest.fixture
def cast(db: None) -> Cast:
    with time_machine.travel(BEFORE_DUE):
        return assemble()


def a_round(cast: Cast, name: str = "mai") -> dict[str, tuple[str, int]]:
    expected = Expected(kind("chi-bo-thang"), kind("chi-bo-thang").period(OCTOBER))
    found = round_of(cast.phu_luong, expected, cast.actor(name), today=date.today())
    return {row.name: (row.state, row.days_late) for row in found.rows}


def test_who_has_sent_and_who_has_not(cast: Cast, folder):
    with time_machine.travel(BEFORE_DUE):
        assert a_round(cast) == {"Chi bộ thôn Đông": ("chua-gui", 0), "Chi bộ thôn Đoài": ("chua-gui", 0)}
        sent(cast.dong, "chi-bo-thang", OCTOBER, cast.actor("thinh"))
    with time_machine.travel(AFTER_DUE):
        assert a_round(cast) == {"Chi bộ thôn Đông": ("cho-nhan", 0), "Chi bộ thôn Đoài": ("chua-gui", 2)}
        sent(cast.doai, "chi-bo-thang", OCTOBER, cast.actor("hoa"))
        assert a_round(cast)["Chi bộ thôn Đoài"] == ("cho-nhan", 2)


def test_whoever_came_into_the_portal_later_owes_nothing(cast: Cast, folder):
    Organisation.everything.filter(pk=cast.doai.pk).update(joined_on=date(2026, 10, 2))
    with time_machine.travel(AFTER_DUE):
        assert list(a_round(cast)) == ["Chi bộ thôn Đông"]
        sent(cast.doai, "chi-bo-thang", OCTOBER, cast.actor("hoa"))  # and sends all the same
        assert set(a_round(cast)) == {"Chi bộ thôn Đông", "Chi bộ thôn Đoài"}


def test_returned_and_replaced_it_is_no_later_than_it_first_came(cast: Cast, folder):
    thinh, mai = cast.actor("thinh"), cast.actor("mai")
    with time_machine.travel(BEFORE_DUE):
        first = sent(cast.dong, "chi-bo-thang", OCTOBER, thinh)
        return_report(arrival_of(first), remark="Thiếu số buổi chuyên đề.", by=mai)
        assert a_round(cast)["Chi bộ thôn Đông"] == ("tra-lai", 0)
    with time_machine.travel(AFTER_DUE):
        second = replaced(first, thinh)
        assert a_round(cast)["Chi bộ thôn Đông"] == ("cho-nhan", 0)
        acknowledge(arrival_of(second), by=mai)
        assert a_round(cast)["Chi bộ thôn Đông"] == ("da-nhan", 0)
        with pytest.raises(DomainError, match="đã có bản thay thế"):
            acknowledge(arrival_of(first), by=mai)


def test_it_is_returned_with_what_is_asked_for(cast: Cast, folder):
    with time_machine.travel(BEFORE_DUE):
        arrival = arrival_of(sent(cast.dong, "chi-bo-thang", OCTOBER, cast.actor("thinh")))
        with pytest.raises(DomainError, match="Ghi cần bổ sung"):
            return_report(arrival, remark="  ", by=cast.actor("mai"))
        for name in ("thinh", "quyet", "kien", "son"):
            with pytest.raises(NotAllowed):
                acknowledge(arrival, by=cast.actor(name))
        arrival.refresh_from_db()
        assert arrival.state == ArrivalState.ARRIVED


def told(name: str) -> list[str]:
    return [notice.words for notice in Notice.everything.filter(account__username=name).order_by("pk")]


def test_both_sides_are_told(cast: Cast, folder):
    thinh, mai = cast.actor("thinh"), cast.actor("mai")
    with time_machine.travel(BEFORE_DUE):
        first = sent(cast.dong, "chi-bo-thang", OCTOBER, thinh)
        assert told("mai") == ["Xác nhận báo cáo tháng 10/2026"]
        assert told("vinh") == ["Xác nhận báo cáo tháng 10/2026"]
        return_report(arrival_of(first), remark="Thiếu.", by=mai)
        assert told("thinh") == ["Gửi bản thay thế báo cáo tháng 10/2026"]
        second = replaced(first, thinh)
        assert told("mai") == ["Xác nhận báo cáo tháng 10/2026"] * 2
        acknowledge(arrival_of(second), by=mai)
        assert told("thinh")[1:] == ["Đảng ủy xã Phú Lương đã nhận báo cáo tháng 10/2026"]
        assert told("hoa") == told("quyet") == []


def test_many_that_wait_are_told_of_once(cast: Cast, folder):
    with time_machine.travel(BEFORE_DUE):
        for place, name in ((cast.dong, "thinh"), (cast.doai, "hoa")):
            sent(place, "chi-bo-thang", OCTOBER, cast.actor(name))
        assert told("mai") == ["Xác nhận báo cáo tháng 10/2026"]


def test_who_has_not_sent_is_reminded_once_a_day(cast: Cast, folder):
    with time_machine.travel(AFTER_DUE):
        sent(cast.dong, "chi-bo-thang", OCTOBER, cast.actor("thinh"))
        before = len(told("hoa"))
        assert remind_to_send(cast.phu_luong, kind("chi-bo-thang"), by=cast.actor("mai")) == 1
        assert told("hoa")[before:] == ["Đảng ủy xã Phú Lương nhắc: gửi báo cáo tháng 10/2026"]
        assert remind_to_send(cast.phu_luong, kind("chi-bo-thang"), by=cast.actor("mai")) == 0
        with pytest.raises(NotAllowed):
            remind_to_send(cast.phu_luong, kind("chi-bo-thang"), by=cast.actor("thinh"))


def page(browser: Client, path: str, *, status: int = 200) -> str:
    answer = browser.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_pages_say_so(cast: Cast, folder, sign_in: SignIn):
    with time_machine.travel(AFTER_DUE):
        browser, year = sign_in("mai"), f"/to-chuc/{cast.phu_luong.pk}/bao-cao-den/"
        arrival = arrival_of(sent(cast.dong, "chi-bo-thang", OCTOBER, cast.actor("thinh")))
        assert "1/2 (50" in page(browser, year)
        listed = page(browser, f"{year}chi-bo-thang/")
        assert "muộn 2 ngày" in listed
        assert "Quá hạn 2 ngày" in listed
        assert "Chi bộ thôn Đoài" not in page(browser, f"{year}chi-bo-thang/?ky=2026-10-01&loc=gui-muon")
        browser.post(f"/bao-cao-den/{arrival.pk}/nhan/")
        assert "Đã nhận" in page(browser, f"/bao-cao-den/{arrival.pk}/")
        answer = browser.post(f"/bao-cao-den/{arrival.pk}/tra-lai/", {"remark": ""})
        assert "Lỗi:" in answer.content.decode()
        browser.post(f"/bao-cao-den/{arrival.pk}/tra-lai/", {"remark": "Thiếu phần kiến nghị."})
        for name in ("mai", "thinh"):
            assert "Thiếu phần kiến nghị." in page(sign_in(name), f"/bao-cao-den/{arrival.pk}/")
        page(sign_in("quyet"), f"/bao-cao-den/{arrival.pk}/", status=404)
        answer = browser.post(f"{year}chi-bo-thang/nhac/", {"ky": "2026-10-01"}, follow=True)
        assert "Đã nhắc 1 người" in answer.content.decode()


@pytest.mark.parametrize("nonsense", ["ky=x", "ky=9999-12-31", "ky=0001-01-01", "loc=x", "trang=x", "ky=2026-12-31"])
def test_nonsense_in_the_address_is_the_list(cast: Cast, sign_in: SignIn, nonsense: str):
    page(sign_in("mai"), f"/to-chuc/{cast.phu_luong.pk}/bao-cao-den/chi-bo-thang/?{nonsense}")
    page(sign_in("mai"), f"/to-chuc/{cast.phu_luong.pk}/bao-cao-den/?nam={nonsense}")


def test_nobody_reports_to_a_branch(cast: Cast, sign_in: SignIn):
    page(sign_in("thinh"), f"/to-chuc/{cast.dong.pk}/bao-cao-den/", status=404)
    page(sign_in("mai"), f"/to-chuc/{cast.phu_luong.pk}/bao-cao-den/tinh-nam/", status=404)


def test_more_senders_cost_no_more_queries(cast: Cast, folder, sign_in: SignIn):
    with time_machine.travel(AFTER_DUE):
        browser, year = sign_in("mai"), f"/to-chuc/{cast.phu_luong.pk}/bao-cao-den/"
        for path in (year, f"{year}chi-bo-thang/"):
            few = queries_of(browser, path)
            more_of_everything(cast, path)
            assert queries_of(browser, path) == few


def more_of_everything(cast: Cast, path: str) -> None:
    """Branches that owe, and of thôn Đông a report of another month and one that no day is set for."""
    begin = 9000100 if path.endswith("den/") else 9000200
    Organisation.everything.bulk_create(
        planned(begin + number, f"N-{begin + number}", f"Chi bộ {number}", cast.dong.kind, cast.phu_luong)
        for number in range(5)
    )
    month = date(2026, 8, 31) if path.endswith("den/") else date(2026, 7, 31)
    assert arrival_of(sent(cast.dong, "chi-bo-thang", month, cast.actor("thinh")))


def queries_of(browser: Client, path: str) -> int:
    browser.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len(queries)
