"""The roll and the record in the browser."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.models import Correction, Member, State
from members.services.records import write_closed_record
from members.services.states import relieve, set_state
from portal.history.models import AccessTrace
from tests.cast import Cast
from tests.members.people import member

SignIn = Callable[[str], Client]


def words(answer) -> str:
    return answer.content.decode()


def test_the_roll_says_how_many_and_of_which_state(cast: Cast, sign_in: SignIn):
    for name in ("Nguyễn Văn An", "Lê Thị Bình"):
        member(cast, cast.dong, name)
    cuc = member(cast, cast.dong, "Trần Thị Cúc")
    member(cast, cast.dong, "Hà Văn Dự", state=State.PROBATIONARY)
    relieve(cuc, state=State.EXEMPT, since=date(2025, 1, 1), ground="tuổi cao", by=cast.actor("thinh"))
    page = words(sign_in("thinh").get(f"/to-chuc/{cast.dong.pk}/dang-vien/"))
    assert "4 đảng viên</b>: 3 chính thức, 1 dự bị; 1 được miễn, hoãn." in page
    assert page.index("Nguyễn Văn An") < page.index("Lê Thị Bình") < page.index("Trần Thị Cúc")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"tim": "thi binh"}, {"Lê Thị Bình"}), ({"tim": "0912 345 678"}, {"Nguyễn Văn An"}), ({"tim": "T-7"}, {"Lê Thị Bình"}),
        ({"gioi_tinh": "female"}, {"Lê Thị Bình"}), ({"tu_tuoi": "50"}, {"Nguyễn Văn An"}), ({"den_tuoi": "49"}, {"Lê Thị Bình"}),
        ({"ly_luan": "basic"}, {"Lê Thị Bình"}), ({"tinh_trang": "gone"}, {"Đỗ Văn Đi"}), ({"tim": "zzz"}, set()),
        ({"tu_tuoi": "x"}, {"Nguyễn Văn An", "Lê Thị Bình"}),
    ],
)  # fmt: skip
def test_the_roll_is_filtered_in_the_address(cast: Cast, sign_in: SignIn, asked: dict, found: set[str]):
    member(cast, cast.dong, "Nguyễn Văn An", sex="male", born_on=date(1960, 1, 1), phone="0912345678")
    member(cast, cast.doai, "Lê Thị Bình", sex="female", born_on=date(2000, 1, 1), card_number="T-7", theory="basic")
    gone = member(cast, cast.dong, "Đỗ Văn Đi")
    set_state(gone, state=State.MOVED_AWAY, on=date(2025, 1, 1), by=cast.actor("mai"))
    page = words(sign_in("mai").get(f"/to-chuc/{cast.phu_luong.pk}/dang-vien/", asked))
    assert {name for name in ("Nguyễn Văn An", "Lê Thị Bình", "Đỗ Văn Đi") if f">{name}</a>" in page} == found


def test_somebody_is_entered_and_mended(cast: Cast, sign_in: SignIn):
    browser = sign_in("thinh")
    path = f"/to-chuc/{cast.dong.pk}/dang-vien/ghi-ten/"
    typed = {"full_name": "Nguyễn Văn An", "born_known_to": "year", "since_day": "1", "since_month": "5", "since_year": "2026",
             "born_on_day": "1", "born_on_month": "1", "born_on_year": "1970", "state": "full", "phone": "0912 345 678"}  # fmt: skip
    assert "Số điện thoại gồm 10 chữ số" in words(browser.post(path, typed | {"phone": "12"}))
    page = words(browser.post(path, typed, follow=True))
    assert "1970 (" in page
    found = Member.everything.get()
    changed = typed | {"version": found.version, "job": "giáo viên"}
    assert "giáo viên" in words(browser.post(f"/dang-vien/{found.pk}/sua/", changed, follow=True))
    stale = words(browser.post(f"/dang-vien/{found.pk}/sua/", changed | {"job": "nông dân"}))
    assert "Người khác vừa sửa hồ sơ này" in stale
    assert "nông dân" in stale


def test_the_closed_part_is_read_only_when_asked_for_and_leaves_a_trace(cast: Cast, sign_in: SignIn):
    an = member(cast, cast.dong)
    write_closed_record(an, religion="Công giáo", health="", remarks="", by=cast.actor("thinh"))
    path = f"/dang-vien/{an.pk}/"
    assert "Công giáo" not in words(sign_in("mai").get(path))
    assert not AccessTrace.everything.exists()
    assert "Công giáo" in words(sign_in("mai").get(path + "?phan-dong=1"))
    assert AccessTrace.everything.get().account == cast["mai"]
    for name in ("thom", "vinh"):
        assert "Công giáo" not in words(sign_in(name).get(path + "?phan-dong=1"))
    assert AccessTrace.everything.count() == 1


def test_ones_own_record_and_a_correction_from_asking_to_answer(cast: Cast, sign_in: SignIn):
    an = member(cast, cast.dong, "Phạm Đức Hậu")
    own = sign_in("hau")
    assert "chưa nối với hồ sơ" in words(own.get("/ho-so-cua-toi/"))
    Member.everything.filter(pk=an.pk).update(account=cast["hau"])
    assert "Phạm Đức Hậu" in words(own.get("/ho-so-cua-toi/"))
    assert "Viết ngày như" in words(own.post("/ho-so-cua-toi/", {"column": "born_on", "after": "hôm qua"}))
    assert "Viết một trong các mức" in words(own.post("/ho-so-cua-toi/", {"column": "sex", "after": "khác"}))
    own.post("/ho-so-cua-toi/", {"column": "born_on", "after": "05/12/1960"})
    own.post("/ho-so-cua-toi/", {"column": "sex", "after": "nam"})
    secretary = sign_in("thinh")
    assert "Đề nghị sửa hồ sơ đang chờ" in words(secretary.get(f"/to-chuc/{cast.dong.pk}/dang-vien/"))
    assert "“chưa ghi” thành “05/12/1960”" in words(secretary.get(f"/dang-vien/{an.pk}/"))
    first, second = Correction.everything.order_by("pk")
    secretary.post(f"/de-nghi-sua/{first.pk}/tra-loi/", {"accept": "1"})
    refused = secretary.post(f"/de-nghi-sua/{second.pk}/tra-loi/", {"refuse": "1", "reason": ""}, follow=True)
    assert "Ghi vì sao không sửa." in words(refused)
    secretary.post(f"/de-nghi-sua/{second.pk}/tra-loi/", {"refuse": "1", "reason": "đã ghi đúng"})
    an.refresh_from_db()
    assert (an.born_on, an.sex) == (date(1960, 12, 5), "")
    assert "không sửa (đã ghi đúng)" in words(own.get("/ho-so-cua-toi/"))
    assert sign_in("mai").post(f"/de-nghi-sua/{second.pk}/tra-loi/", {"accept": "1"}).status_code == 302
    assert sign_in("quyet").post(f"/de-nghi-sua/{second.pk}/tra-loi/", {"accept": "1"}).status_code == 404


@pytest.mark.parametrize("path", ["/to-chuc/{place}/dang-vien/", "/dang-vien/{member}/", "/to-chuc/{place}/"])
def test_pages_cost_the_same_queries_however_many_members(cast: Cast, sign_in: SignIn, path: str):
    browser = sign_in("mai")
    an = member(cast, cast.dong)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path.format(place=cast.phu_luong.pk, member=an.pk)).status_code == 200
        return len(queries)

    few = cost()
    for number in range(12):
        member(cast, cast.doai, f"Nguyễn Văn {number}")
    assert cost() == few
