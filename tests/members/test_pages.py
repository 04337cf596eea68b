"""The pages of the roll: constant queries, nothing of what is closed, and what each person can do on them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.models import BadgeAward, ClosedRecord, Correction, Member, Merge, State, StateSpell
from members.party_age import months_later, round_before, round_from
from members.services.roll import settle_rolls
from portal.accounts.models import SavedView
from portal.history.models import AccessTrace
from tests.cast import Cast
from tests.members.people import on_the_roll
from tests.members.test_party_age import ROUNDS

SignIn = Callable[[str], Client]
CLOSED = "Bímật"


def a_village(cast: Cast, count: int, *, begin: int = 0) -> None:
    """With everything that some page lists: no birthday, impossible dates, the same name twice, a badge due."""
    coming = round_from(timezone.localdate(), ROUNDS)
    due = coming.replace(year=coming.year - 30)
    for number in range(begin, begin + count):
        on_the_roll(cast.dong, f"Lò Văn Pành {number}", born_on=None, decided_on=None)
        on_the_roll(cast.dong, f"Ma Thị Sinh {number}", official_on=date(2001, 9, 1))
        on_the_roll(cast.dong, f"Vàng A Lử {number}")
        on_the_roll(cast.dong, f"Vàng A Lử {number}")
        old = on_the_roll(cast.dong, f"Hà Văn Tám {number}", decided_on=due, admitted_on=due, official_on=due)
        BadgeAward(member=old, years=30, on=due).save()
        asked = on_the_roll(cast.dong, f"Lường Văn Chiêu {number}")
        Correction(member=asked, column="job", after="Thợ mộc", asked_by=cast["hau"]).save()
        gone = on_the_roll(cast.dong, f"Quàng Thị Xôm {number}")
        gone.memberships.update(until=date(2026, 1, 1))
        gone.spells.update(until=date(2026, 1, 1))
        StateSpell(member=gone, state=State.DIED, since=date(2026, 1, 2)).save()
    settle_rolls()


LISTS = ["dang-vien/", "dang-vien/?tuoi_tu=20&gioi_tinh=male", "dang-vien/da-di/", "huy-hieu/", "phan/dang-vien/"]
LISTS += [f"du-lieu/?muc={flaw}" for flaw in ("ngay-sinh", "ngay-dang", "ngay-sai", "chi-bo", "trung")]


def queries_of(browser: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("page", LISTS)
@pytest.mark.parametrize("place", ["dong", "phu_luong"])
def test_more_rows_cost_no_more_queries(cast: Cast, sign_in: SignIn, page: str, place: str):
    browser, path = sign_in("mai"), f"/to-chuc/{getattr(cast, place).pk}/{page}"
    a_village(cast, 1)
    few = queries_of(browser, path)
    a_village(cast, 3, begin=1)
    assert queries_of(browser, path) == few


def test_a_longer_life_costs_no_more_queries(cast: Cast, po: Member, sign_in: SignIn):
    browser, path = sign_in("mai"), f"/dang-vien/{po.pk}/"
    few = queries_of(browser, path)
    for years in (20, 30, 40):
        BadgeAward(member=po, years=years).save()
        StateSpell(member=po, state=State.EXEMPT, since=date(1900 + years, 1, 1), until=date(1900 + years, 2, 1)).save()
        Correction(
            member=po, column=f"{'job' if years == 20 else 'home' if years == 30 else 'phone'}", asked_by=cast["hau"]
        ).save()
    assert queries_of(browser, path) == few


@pytest.fixture
def closed(po: Member) -> Member:
    ClosedRecord(member=po, religion=CLOSED, health=CLOSED, remarks=CLOSED).save()
    return po


def test_what_is_closed_stands_on_no_open_page(cast: Cast, closed: Member, sign_in: SignIn):
    browser = sign_in("thinh")
    pages = [f"/to-chuc/{cast.dong.pk}/{page}" for page in LISTS]
    pages += [
        f"/to-chuc/{cast.dong.pk}/dang-vien/?tim={CLOSED}",
        f"/dang-vien/{closed.pk}/",
        f"/dang-vien/{closed.pk}/sua/",
    ]
    assert [
        page for page in pages if CLOSED in browser.get(page).content.decode().replace(f'value="{CLOSED}"', "")
    ] == []
    assert AccessTrace.everything.count() == 0  # reading what is open leaves none


@pytest.mark.parametrize(
    ("name", "status"), [("thinh", 200), ("mai", 200), ("son", 200), ("thom", 403), ("vinh", 403), ("hoa", 404)]
)
def test_the_closed_part_is_read_with_a_trace(cast: Cast, closed: Member, sign_in: SignIn, name: str, status: int):
    answer = sign_in(name).post(f"/dang-vien/{closed.pk}/phan-dong/")
    assert answer.status_code == status
    assert (CLOSED in answer.content.decode()) == (status == 200)
    traces = list(AccessTrace.everything.values_list("account__username", "place", "subject"))
    assert traces == ([(name, cast.dong.path, "Phần đóng của hồ sơ đ/c Quàng Văn Pó")] if status == 200 else [])


def test_an_inspector_reads_the_closed_part_and_cannot_write_it(cast: Cast, closed: Member, sign_in: SignIn):
    sent = {"version": "1", "religion": "khác", "health": "", "remarks": ""}
    assert sign_in("son").post(f"/dang-vien/{closed.pk}/phan-dong/ghi/", sent).status_code == 403
    assert sign_in("thinh").post(f"/dang-vien/{closed.pk}/phan-dong/ghi/", sent).status_code == 302
    assert ClosedRecord.everything.get().religion == "khác"


def test_the_roll_counts_in_words_and_finds_without_tones(cast: Cast, po: Member, as_thinh: Client):
    on_the_roll(cast.dong, "Lường Thị Ban", since=timezone.localdate() - timedelta(days=30), state=State.PROBATIONARY)
    StateSpell(member=po, state=State.EXEMPT, since=date(2020, 1, 1)).save()
    settle_rolls()
    path = f"/to-chuc/{cast.dong.pk}/dang-vien/"
    assert "2 đảng viên: 1 chính thức, 1 dự bị; 1 được miễn" in as_thinh.get(path).content.decode()
    found = as_thinh.get(path + "?tim=quang+van", headers={"HX-Request": "true"}).content.decode()
    assert "Quàng Văn Pó" in found
    assert "Lường Thị Ban" not in found
    assert "Không có ai khớp" in as_thinh.get(path + "?tim=zzz").content.decode()


FILTERS = [
    ("tuoi_tu=51", "Già"), ("tuoi_den=49", "Trẻ"), ("gioi_tinh=female", "Nữ"), ("dan_toc=thieu-so", "Tày"),
    ("dan_toc=Kinh", "Nữ"), ("ly_luan=advanced", "Cao"), ("tinh_trang=probationary", "Mới"), ("tinh_trang=exempt", "Già"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "expected"), FILTERS)
def test_each_filter_finds_its_own(cast: Cast, sign_in: SignIn, query: str, expected: str):
    fifty, fifty_one = (months_later(timezone.localdate(), -12 * years) for years in (50, 51))
    day = timedelta(days=1)
    old = on_the_roll(cast.dong, "Già", born_on=fifty_one)
    StateSpell(member=old, state=State.EXEMPT, since=date(2020, 1, 1)).save()
    on_the_roll(cast.dong, "Trẻ", born_on=fifty + day)
    on_the_roll(cast.doai, "Nữ", born_on=fifty, sex="female", ethnicity="Kinh")
    on_the_roll(cast.doai, "Tày", born_on=fifty, ethnicity="Tày")
    on_the_roll(cast.doai, "Cao", born_on=fifty, theory="advanced")
    on_the_roll(cast.doai, "Mới", born_on=fifty, since=date(2026, 1, 1), state=State.PROBATIONARY)
    settle_rolls()
    page = sign_in("mai").get(f"/to-chuc/{cast.phu_luong.pk}/dang-vien/?{query}").context["page"]
    assert [member.full_name for member in page] == [expected]


def test_by_branch_and_a_wrong_filter_keeps_what_was_typed(cast: Cast, po: Member, sign_in: SignIn):
    on_the_roll(cast.doai, "Vàng A Lử")
    browser, path = sign_in("mai"), f"/to-chuc/{cast.phu_luong.pk}/dang-vien/"
    assert [m.full_name for m in browser.get(f"{path}?noi={cast.doai.pk}").context["page"]] == ["Vàng A Lử"]
    wrong = browser.get(f"{path}?tuoi_tu=mười&noi={cast.thuong.pk}").content.decode()
    assert "Tuổi từ phải là số" in wrong
    assert 'value="mười"' in wrong


def test_filters_are_kept_under_a_name_for_oneself(cast: Cast, sign_in: SignIn):
    mai, path = sign_in("mai"), f"/to-chuc/{cast.phu_luong.pk}/dang-vien/"
    sent = {"name": "Trên 60", "page": path, "query": "tuoi_tu=60"}
    assert mai.post("/bo-loc/luu/", sent).headers["Location"] == f"{path}?tuoi_tu=60"
    mai.post("/bo-loc/luu/", sent | {"query": "tuoi_tu=61"})
    view = SavedView.everything.get()
    assert view.query == "tuoi_tu=61"
    assert "Trên 60" in mai.get(path).content.decode()
    son = sign_in("son")
    assert "Trên 60" not in son.get(path).content.decode()
    assert son.post(f"/bo-loc/{view.pk}/bo/").status_code == 404
    for elsewhere in ("//evil.example/", "https://evil.example/", "/khong-co/"):
        assert mai.post("/bo-loc/luu/", sent | {"page": elsewhere}).headers["Location"] == "/"
    mai.post(f"/bo-loc/{view.pk}/bo/")
    assert SavedView.everything.count() == 0


def test_a_branch_keeps_sight_of_who_left_and_not_of_what_came_later(cast: Cast, po: Member, sign_in: SignIn):
    from members.services.memberships import move_member
    from members.services.states import set_state

    move_member(po, to=cast.doai, on=date(2026, 5, 1), by=cast.actor("mai"))
    po.refresh_from_db()
    set_state(po, state=State.EXPELLED, on=date(2026, 8, 1), by=cast.actor("mai"))
    path = "/to-chuc/{}/dang-vien/da-di/"
    seen = {
        name: sign_in(name).get(path.format(place.pk)).content.decode()
        for name, place in [("thinh", cast.dong), ("hoa", cast.doai)]
    }
    assert "Chuyển sang nơi khác" in seen["thinh"]
    assert "Khai trừ" not in seen["thinh"]
    assert "Khai trừ" in seen["hoa"]
    assert sign_in("thinh").get(f"/dang-vien/{po.pk}/").status_code == 404


def test_a_birthday_of_which_the_year_alone_is_known(cast: Cast, as_thinh: Client):
    sent = {"full_name": "Lò Thị Pành", "state": "full", "since_day": "1", "since_month": "2", "since_year": "2003"}
    path = f"/to-chuc/{cast.dong.pk}/dang-vien/them/"
    wrong = as_thinh.post(path, sent | {"born_day": "31", "born_year": "1950"})
    assert "còn thiếu tháng" in wrong.content.decode()
    as_thinh.post(path, sent | {"born_day": "", "born_month": "7", "born_year": "1950"})
    member = Member.everything.get()
    assert (member.born, member.born_on) == ("07/1950", date(1950, 7, 1))
    page = as_thinh.get(f"/dang-vien/{member.pk}/sua/").context["form"]
    as_thinh.post(
        f"/dang-vien/{member.pk}/sua/",
        {"full_name": "Lò Thị Pành", "version": page["version"].value() or 1, "born_year": "1951"},
    )
    member.refresh_from_db()
    assert member.born == "1951"


def test_whoever_saves_second_sees_both(cast: Cast, po: Member, as_thinh: Client):
    path, sent = f"/dang-vien/{po.pk}/sua/", {"full_name": "Quàng Văn Pó", "version": "1"}
    assert as_thinh.post(path, sent | {"job": "Thợ xây"}).status_code == 302
    page = as_thinh.post(path, sent | {"job": "Nông dân"}).content.decode()
    assert "Bản mới nhất" in page
    assert "Thợ xây" in page
    assert 'value="Nông dân"' in page
    assert as_thinh.post(path, sent | {"job": "Nông dân", "version": "2"}).status_code == 302


def test_a_member_asks_and_the_secretary_answers(cast: Cast, sign_in: SignIn):
    own = on_the_roll(cast.dong, "Phạm Đức Hậu", account=cast["hau"])
    hau, thinh = sign_in("hau"), sign_in("thinh")
    assert "Phạm Đức Hậu" in hau.get("/ho-so-cua-toi/").content.decode()
    assert "Hồ sơ của tôi" in hau.get("/them/").content.decode()
    assert hau.post("/ho-so-cua-toi/xin-sua/sex/", {"after": "male", "note": "căn cước"}).status_code == 302
    correction = Correction.everything.get()
    assert "Giới tính: chưa ghi → Nam" in thinh.get(f"/to-chuc/{cast.dong.pk}/dang-vien/").content.decode()
    assert "vì sao không sửa" in thinh.post(f"/sua-ho-so/{correction.pk}/", {"answer": "refuse"}).content.decode()
    assert thinh.post(f"/sua-ho-so/{correction.pk}/", {"answer": "accept"}).status_code == 302
    own.refresh_from_db()
    assert own.sex == "male"
    assert sign_in("hoa").get(f"/sua-ho-so/{correction.pk}/").status_code == 404


def test_an_account_without_a_record_is_told_so(as_khoi: Client):
    assert "chưa nối với hồ sơ đảng viên nào" in as_khoi.get("/ho-so-cua-toi/").content.decode()
    assert "Hồ sơ của tôi" not in as_khoi.get("/them/").content.decode()


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_badge_falls_into_the_round_on_or_after_its_day(cast: Cast, sign_in: SignIn, days: int):
    """Reached the day before a round, on it, and the day after."""
    coming = round_from(timezone.localdate(), ROUNDS)
    reached = coming + timedelta(days=days)
    decided = reached.replace(year=reached.year - 40)
    on_the_roll(
        cast.dong, "Hà Văn Tám", decided_on=decided, admitted_on=decided, official_on=decided, born_on=date(1950, 1, 1)
    )
    after = round_from(coming + timedelta(days=1), ROUNDS)
    path = f"/to-chuc/{cast.dong.pk}/huy-hieu/"
    found = [
        [due.years for due in sign_in("thinh").get(f"{path}?nam={day.year}&dot={day:%d-%m}").context["page"]]
        for day in (coming, after)
    ]
    assert found == ([[40], []] if days <= 0 else [[], [40]])


def test_a_badge_is_noted_and_taken_back(cast: Cast, as_thinh: Client):
    last = round_before(timezone.localdate(), ROUNDS)
    decided = last.replace(year=last.year - 30)
    old = on_the_roll(
        cast.dong, "Hà Văn Tám", decided_on=decided, admitted_on=decided, official_on=decided, born_on=date(1950, 1, 1)
    )
    path = f"/to-chuc/{cast.dong.pk}/huy-hieu/?nam={last.year}&dot={last:%d-%m}"
    assert "Ghi đã trao" in as_thinh.get(path).content.decode()
    day = {"on_day": last.day, "on_month": last.month, "on_year": last.year}
    assert as_thinh.post(f"/dang-vien/{old.pk}/viec/huy-hieu/", {"years": "30", **day}).status_code == 302
    assert "Đã trao" in as_thinh.get(path).content.decode()
    assert as_thinh.post(f"/huy-hieu/{BadgeAward.everything.get().pk}/bo/").status_code == 302
    assert BadgeAward.everything.count() == 0


def test_what_is_wrong_is_found_and_leads_to_where_it_is_mended(cast: Cast, sign_in: SignIn):
    a_village(cast, 1)
    lost = on_the_roll(cast.dong, "Ma Văn Lạc")
    lost.memberships.update(until=date(2026, 1, 1))
    browser, path = sign_in("mai"), f"/to-chuc/{cast.phu_luong.pk}/du-lieu/?muc="
    said = {flaw: browser.get(path + flaw) for flaw in ("ngay-sinh", "ngay-dang", "ngay-sai", "chi-bo", "trung")}
    assert [m.full_name for m in said["ngay-sinh"].context["page"]] == ["Lò Văn Pành 0"]
    assert [m.wrong for m in said["ngay-dang"].context["page"]] == [["Thiếu ngày quyết định."]]
    assert "Chính thức khi dự bị chưa đủ 12 tháng." in said["ngay-sai"].content.decode()
    assert [m.full_name for m in said["chi-bo"].context["page"]] == ["Ma Văn Lạc"]
    assert [[m.full_name for m in group] for group in said["trung"].context["groups"]] == [["Vàng A Lử 0"] * 2]
    lost.refresh_from_db()
    day = {"on_day": "2", "on_month": "2", "on_year": "2026"}
    assert browser.post(f"/dang-vien/{lost.pk}/viec/chuyen/", {"to": cast.doai.pk, **day}).status_code == 302
    assert len(browser.get(path + "chi-bo").context["page"]) == 0


@pytest.mark.parametrize(("years", "days", "found"), [(18, -1, True), (18, 0, False)])
def test_admitted_a_day_before_one_was_eighteen(cast: Cast, as_thinh: Client, years: int, days: int, found: bool):
    born = date(1980, 6, 15)
    admitted = born.replace(year=born.year + years) + timedelta(days=days)
    later = admitted.replace(year=admitted.year + 1)
    on_the_roll(cast.dong, "Ma Văn Non", born_on=born, admitted_on=admitted, decided_on=admitted, official_on=later)
    page = as_thinh.get(f"/to-chuc/{cast.dong.pk}/du-lieu/?muc=ngay-sai")
    assert ("Kết nạp khi chưa đủ 18 tuổi." in page.content.decode()) is found


def test_two_records_are_merged_and_taken_apart_on_the_screen(cast: Cast, po: Member, sign_in: SignIn):
    other = on_the_roll(cast.doai, "Quàng Văn Pó", phone="0912345678")
    mai = sign_in("mai")
    path = f"/dang-vien/{po.pk}/nhap/{other.pk}/"
    assert "0912345678" in mai.get(path).content.decode()
    assert mai.post(path).status_code == 302
    assert "Tách lại hai hồ sơ" in mai.get(f"/dang-vien/{po.pk}/").content.decode()
    assert mai.get(f"/dang-vien/{other.pk}/").status_code == 404
    assert "khác nhau" in mai.post(f"/dang-vien/{po.pk}/nhap/{po.pk}/").content.decode()
    assert sign_in("thinh").post(path).status_code == 403
    mai.post(f"/nhap-ho-so/{Merge.everything.get().pk}/tach/")
    assert mai.get(f"/dang-vien/{other.pk}/").status_code == 200


def test_only_what_one_may_do_is_offered(cast: Cast, po: Member, sign_in: SignIn):
    offered = {
        name: [act.slug for act in sign_in(name).get(f"/dang-vien/{po.pk}/").context["acts"]]
        for name in ("thinh", "mai", "son", "thom")
    }
    assert offered["thinh"] == ["mien", "huy-hieu", "ngoai-dang", "phu-trach-ho", "lop-da-hoc", "anh"]
    assert offered["mai"] == [
        "chuyen",
        "tam-thoi",
        "mien",
        "cu-tru",
        "huy-hieu",
        "tinh-trang",
        "ngoai-dang",
        "phu-trach",
        "phu-trach-ho",
        "lop-da-hoc",
        "anh",
        "tai-khoan",
    ]
    assert offered["son"] == offered["thom"] == []


def test_the_panel_of_the_roll_is_fetched_or_followed(cast: Cast, po: Member, sign_in: SignIn):
    page = sign_in("mai").get(f"/to-chuc/{cast.dong.pk}/").content.decode()
    address = f"/to-chuc/{cast.dong.pk}/phan/dang-vien/"
    assert f'hx-get="{address}"' in page
    assert f'href="{address}"' in page
    part = sign_in("mai").get(address, headers={"HX-Request": "true"}).content.decode()
    assert "1 đảng viên: 1 chính thức" in part
    assert "<html" not in part
    assert "<html" in sign_in("mai").get(address).content.decode()
    assert address not in sign_in("hau").get(f"/to-chuc/{cast.dong.pk}/").content.decode()
    assert sign_in("mai").get(f"/to-chuc/{cast.dong.pk}/phan/khong-co/").status_code == 404
