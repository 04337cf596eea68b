"""The pages of offices and of yearly tasks: constant queries, a whole branch on one screen, what is missing below."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.models import Kind, Settlement
from branches.services.rules import load_rules
from members.models import Assignment, Charge, ConcurrentPost, Member, Office, Training
from tests.cast import Cast, place
from tests.members.people import on_the_roll

SignIn = Callable[[str], Client]


def words(answer) -> str:
    return answer.content.decode()


@pytest.fixture(autouse=True)
def _rules(db) -> None:
    load_rules()


def more(cast: Cast, count: int, begin: int = 0) -> None:
    today = timezone.localdate()
    for number in range(begin, begin + count):
        branch = place(9_400_000 + number, f"PL-Z{number}", f"Chi bộ Z{number}", Kind.BRANCH, cast.phu_luong)
        member = on_the_roll(branch, f"Hà Văn {number}", theory="basic")
        here = on_the_roll(cast.dong, f"Lò Thị {number}")
        Office(
            member=member, organisation=branch, post="secretary", since=today, until=today + timedelta(days=9)
        ).save()
        Office(member=here, organisation=cast.dong, post="committee", since=today).save()
        Office(member=here, organisation=cast.phu_luong, post="committee", since=today, until=today).save()
        Charge(member=here, organisation=branch, since=today).save()
        Training(member=here, name=f"Lớp {number}", ended_on=today).save()
        Settlement(commune=cast.phu_luong, branch=branch, kind="village", name=f"Z{number}").save()
        for text in ("Giữ sổ", "Giữ quỹ"):
            Assignment(member=here, organisation=cast.dong, year=today.year, words=text).save()


@pytest.mark.parametrize(
    "path", ["to-chuc/{dong}/cap-uy/", "to-chuc/{commune}/cap-uy/", "to-chuc/{dong}/nhiem-vu/", "to-chuc/{commune}/nhiem-vu/", "to-chuc/{dong}/nhiem-vu/van-ban/?dang=txt", "to-chuc/{commune}/phan/cap-uy/", "to-chuc/{dong}/phan/nhiem-vu/", "to-chuc/{dong}/cap-uy/ghi/"],
)  # fmt: skip
def test_more_rows_cost_no_more_queries(cast: Cast, sign_in: SignIn, path: str):
    browser = sign_in("mai")
    address = "/" + path.format(dong=cast.dong.pk, commune=cast.phu_luong.pk)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    more(cast, 2)
    few = cost()
    more(cast, 6, begin=2)
    assert cost() == few


def test_what_is_missing_below_is_listed(cast: Cast, sign_in: SignIn):
    today = timezone.localdate()
    led = on_the_roll(cast.dong, "Lò Văn Dẫn", theory="basic")
    Office(member=led, organisation=cast.dong, post="secretary", since=today).save()
    village = Settlement(commune=cast.phu_luong, branch=cast.dong, kind="village", name="Đông")
    village.save()
    page = words(sign_in("mai").get(f"/to-chuc/{cast.phu_luong.pk}/cap-uy/"))
    for title, said in {
        "Chi bộ khuyết bí thư": "Chi bộ thôn Đoài", "Bí thư cần học lý luận chính trị": "Lò Văn Dẫn", "Thôn chưa có người đứng đầu": "thôn Đông",
    }.items():  # fmt: skip
        assert said in page.partition(title)[2].partition("</section>")[0]
    ConcurrentPost(member=led, post="village head", settlement=village, since=today).save()
    Member.everything.filter(pk=led.pk).update(theory="intermediate")
    page = words(sign_in("mai").get(f"/to-chuc/{cast.phu_luong.pk}/cap-uy/"))
    assert "Bí thư cần học" not in page
    assert "kiêm trưởng thôn, tổ dân phố: <b>1</b>" in page


def test_an_office_is_taken_and_left_by_name_or_card(cast: Cast, sign_in: SignIn):
    on_the_roll(cast.dong, "Lò Văn Dẫn", card_number="00012")
    on_the_roll(cast.dong, "Lò Văn Dẫn", card_number="00013")
    browser, path = sign_in("mai"), f"/to-chuc/{cast.dong.pk}/cap-uy/ghi/"
    typed = {
        "member": "lo van dan",
        "post": "deputy",
        "how": "elected",
        "since_day": "1",
        "since_month": "6",
        "since_year": "2026",
    }
    assert "ghi số thẻ đảng" in words(browser.post(path, typed))
    assert "Không thấy đảng viên này" in words(browser.post(path, typed | {"member": "Không Ai"}))
    assert "Phó bí thư" in words(browser.post(path, typed | {"member": "00012"}, follow=True))
    office = Office.everything.get()
    left = {"on_day": "1", "on_month": "9", "on_year": "2026", "because": "chuyển công tác"}
    page = words(browser.post(f"/chuc-vu/{office.pk}/thoi/", left, follow=True))
    assert "Đã thôi giữ chức vụ" in page
    assert "chuyển công tác" in page


def test_a_branch_proposes_changes_and_agrees_on_one_screen(cast: Cast, po: Member, sign_in: SignIn):
    browser, screen = sign_in("thinh"), f"/to-chuc/{cast.dong.pk}/nhiem-vu/"
    assert "1 đồng chí chưa có nhiệm vụ" in words(browser.get(screen))
    browser.post(f"{screen}lap-du-kien/")
    rows = list(Assignment.everything.order_by("pk"))
    prefix, save = f"m{po.pk}-", f"{screen}nguoi/{po.pk}/"
    typed = {f"{prefix}words_{row.pk}": row.words for row in rows} | {f"{prefix}version_{row.pk}": "1" for row in rows}
    typed |= {
        f"{prefix}words_{rows[0].pk}": "Giữ  sổ chi bộ",
        f"{prefix}words_{rows[1].pk}": "",
        f"{prefix}new": "Giữ quỹ",
    }
    browser.post(save, typed)
    found = list(Assignment.everything.order_by("pk").values_list("words", flat=True))
    assert found == ["Giữ sổ chi bộ", rows[2].words, "Giữ quỹ"]
    today = timezone.localdate()
    agreed = {"on_day": today.day, "on_month": today.month, "on_year": today.year}
    page = words(browser.post(f"{screen}thong-qua/", agreed, follow=True))
    assert "<b>1/1</b>" in page


def test_it_saves_as_one_goes_and_says_when_somebody_else_was_faster(cast: Cast, po: Member, sign_in: SignIn):
    row = Assignment(member=po, organisation=cast.dong, year=timezone.localdate().year, words="Giữ sổ")
    row.save()
    browser, save = sign_in("thinh"), f"/to-chuc/{cast.dong.pk}/nhiem-vu/nguoi/{po.pk}/"
    box, version = f"m{po.pk}-words_{row.pk}", f"m{po.pk}-version_{row.pk}"
    answer = words(browser.post(f"{save}?giu=1", {box: "Giữ quỹ", version: "1"}, headers={"HX-Request": "true"}))
    assert "Đã lưu." in answer
    assert f'name="{version}"' in answer
    assert 'value="2"' in answer
    stale = words(browser.post(f"{save}?giu=1", {box: "Giữ cờ", version: "1"}, headers={"HX-Request": "true"}))
    assert "Người khác vừa sửa" in stale
    whole = words(browser.post(save, {box: "Giữ cờ", version: "1"}))
    assert "Giữ cờ" in whole  # nothing typed is lost
    assert Assignment.everything.get().words == "Giữ quỹ"


def test_a_month_and_the_year_are_written(cast: Cast, po: Member, sign_in: SignIn):
    row = Assignment(member=po, organisation=cast.dong, year=2026, words="Giữ sổ", agreed_on=date(2026, 1, 9))
    row.save()
    browser, path = sign_in("thinh"), f"/nhiem-vu/{row.pk}/"
    page = words(browser.post(path, {"mark": "1", "month": "3", "outcome": "done", "note": "đủ"}, follow=True))
    assert "Tháng 3: hoàn thành" in page
    assert "Tốt: chu đáo" in words(
        browser.post(path, {"judge": "1", "result": "excellent", "remark": "chu đáo"}, follow=True)
    )
    assert "Đã thôi" not in page
    ended = {"on_day": "1", "on_month": "9", "on_year": "2026", "because": "đổi việc"}
    browser.post(f"{path}thoi/", ended)
    assert Assignment.everything.get().ended_on == date(2026, 9, 1)


def test_a_member_sees_the_own_tasks(cast: Cast, sign_in: SignIn):
    own = on_the_roll(cast.dong, "Phạm Đức Hậu", account=cast["hau"])
    Assignment(member=own, organisation=cast.dong, year=timezone.localdate().year, words="Giữ sổ chi bộ").save()
    assert "Giữ sổ chi bộ" in words(sign_in("hau").get("/ho-so-cua-toi/"))


def test_a_panel_with_nothing_to_show_closes_its_slot(cast: Cast, sign_in: SignIn):
    """The commune has no tasks of its own: into the page comes nothing, not a page within the page."""
    browser = sign_in("mai")
    address = f"/to-chuc/{cast.phu_luong.pk}/phan/nhiem-vu/"
    assert browser.get(address, headers={"HX-Request": "true"}).content == b""
    assert "<h1" in browser.get(address).content.decode()
