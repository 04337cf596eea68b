"""Every page, for everybody who may see it, on a phone and on a laptop: fits, reads, and can be touched."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from portal.seeding.meetings import demo_meeting
from tests.browser.conftest import LAPTOP, PHONE, Complaints, in_a_browser_of_its_own, session_cookie
from tests.browser.measures import looks_right

PAGES = {
    "sign-in": ("", "/dang-nhap/"),
    "home": ("bithu", "/"),
    "home-clerk": ("thuky", "/"),
    "home-member": ("dangvien", "/"),
    "home-office": ("vanphong", "/"),
    "home-leader": ("thuongtruc", "/"),
    "home-committee": ("danguyvien", "/"),
    "home-inspector": ("kiemtra", "/"),
    "home-front": ("mattran", "/"),
    "home-province": ("bantochuc", "/"),
    "home-province-member": ("tinhuyvien", "/"),
    "home-administrator": ("quantri", "/"),
    "undone": ("vanphong", "/don-vi-chua-lam/cong-nhan-chinh-thuc/"),
    "undone-province": ("bantochuc", "/don-vi-chua-lam/huy-hieu/"),
    "undone-nothing": ("vanphong", "/don-vi-chua-lam/dong-nhap-loi/"),
    "figures": ("vanphong", "/chi-so/"),
    "figures-of-a-quarter": ("bantochuc", "/chi-so/?ky=quy"),
    "figure": ("vanphong", "/chi-so/meetings.regime/"),
    "figure-of-a-branch": ("bithu", "/chi-so/meetings.attendance/"),
    "figure-lacking": ("bantochuc", "/chi-so/meetings.held/?xem=thieu"),
    "figure-of-a-wrong-day": ("vanphong", "/chi-so/branches.settlements/?den=2999-01-01"),
    "inbox": ("bithu", "/thong-bao/"),
    "inbox-unread": ("vanphong", "/thong-bao/?loc=chua-doc"),
    "inbox-empty": ("mattran", "/thong-bao/"),
    "notice-choices": ("bithu", "/tai-khoan/thong-bao/"),
    "deliveries": ("vanphong", "/thong-bao/da-gui/"),
    "deliveries-nothing": ("bantochuc", "/thong-bao/da-gui/?loc=waiting"),
    "more": ("bithu", "/them/"),
    "help": ("bithu", "/tro-giup/"),
    "help-article": ("bithu", "/tro-giup/bai/dang-nhap/"),
    "help-article-new": ("quantri", "/tro-giup/bai-moi/"),
    "glossary": ("bithu", "/tro-giup/thuat-ngu/"),
    "glossary-admin": ("quantri", "/tro-giup/thuat-ngu/?tim=dang"),
    "glossary-nothing": ("bithu", "/tro-giup/thuat-ngu/?tim=zzzz"),
    "term-new": ("quantri", "/tro-giup/thuat-ngu/them/"),
    "organisations": ("vanphong", "/to-chuc/"),
    "organisations-province": ("bantochuc", "/to-chuc/?tim=thon"),
    "organisation": ("vanphong", "/to-chuc/3/"),
    "onlookers": ("bithu", "/to-chuc/3/ai-duoc-xem-gi/"),
    "traces": ("bithu", "/to-chuc/3/so-truy-cap/"),
    "grant-new": ("vanphong", "/to-chuc/3/giao-vai-tro/"),
    "account-new": ("vanphong", "/to-chuc/3/cap-tai-khoan/"),
    "organisations-near": ("bantochuc", "/to-chuc/?tim=thoon+phus"),
    "organisation-commune": ("vanphong", "/to-chuc/2/"),
    "organisation-describe": ("vanphong", "/to-chuc/3/thong-tin/"),
    "reorganise": ("bantochuc", "/to-chuc/2/sap-xep/"),
    "reorganise-found": ("bantochuc", "/to-chuc/2/sap-xep/lap-moi/"),
    "reorganise-rename": ("bantochuc", "/to-chuc/2/sap-xep/doi-ten/"),
    "reorganise-merge": ("bantochuc", "/to-chuc/1/sap-xep/sap-nhap/"),
    "reorganise-split": ("bantochuc", "/to-chuc/2/sap-xep/chia-tach/"),
    "numbers-no-term": ("vanphong", "/to-chuc/2/so-van-ban/"),
    "numbers-offer": ("bithu", "/to-chuc/3/so-van-ban/"),
    "numbers-reader": ("dangvien", "/to-chuc/3/so-van-ban/"),
    "committee-term-new": ("bithu", "/to-chuc/3/so-van-ban/mo-nhiem-ky/"),
    "number-take": ("vanphong", "/to-chuc/2/so-van-ban/lay-so/"),
    "number-reserve": ("vanphong", "/to-chuc/2/so-van-ban/giu-so/"),
    "number-record": ("vanphong", "/to-chuc/2/so-van-ban/ghi-so/"),
    "settlements": ("vanphong", "/to-chuc/2/thon/"),
    "settlements-bare": ("thuongtruc", "/to-chuc/2/thon/?loc=chua-co-chi-bo"),
    "settlements-nothing": ("vanphong", "/to-chuc/2/thon/?tim=zzzz"),
    "settlement-new": ("vanphong", "/to-chuc/2/thon/them/"),
    "settlements-paste": ("vanphong", "/to-chuc/2/thon/them-nhieu/"),
    "orders": ("vanphong", "/giao-viec/"),
    "orders-none": ("bithu", "/giao-viec/"),
    "order-start": ("vanphong", "/van-ban/3/giao-viec/"),
    "order-province": ("bantochuc", "/giao-viec/1/"),
    "order": ("vanphong", "/giao-viec/2/"),
    "order-received": ("vanphong", "/giao-viec/1/"),
    "order-branch": ("bithu", "/giao-viec/2/"),
    "order-draft": ("vanphong", "/giao-viec/4/"),
    "order-change": ("vanphong", "/giao-viec/4/sua/"),
    "order-sheet": ("vanphong", "/giao-viec/2/bang/"),
    "ordered-set": ("vanphong", "/viec-giao/12/"),
    "ordered": ("vanphong", "/viec-giao/9/"),
    "ordered-late": ("vanphong", "/viec-giao/10/?loc=qua-han"),
    "order-hand-on": ("vanphong", "/van-ban/1/giao-viec/?tu=1"),
    "task": ("bithu", "/viec-duoc-giao/37/"),
    "task-commune": ("vanphong", "/viec-duoc-giao/4/"),
    "task-handed-in": ("thuongtruc", "/viec-duoc-giao/52/"),
    "task-more-time": ("vanphong", "/viec-duoc-giao/62/"),
    "tasks-branch": ("bithu", "/viec-duoc-giao/"),
    "tasks-commune": ("vanphong", "/viec-duoc-giao/"),
    "tasks-nothing": ("bantochuc", "/viec-duoc-giao/"),
    "tasks-of-a-branch": ("vanphong", "/to-chuc/3/viec-duoc-giao/?loc=xong"),
    "targets-branch": ("bithu", "/to-chuc/3/chi-tieu/"),
    "targets-commune": ("vanphong", "/to-chuc/2/chi-tieu/?den=2026-10-31"),
    "targets-province": ("bantochuc", "/to-chuc/1/chi-tieu/"),
    "target-by-hand": ("vanphong", "/to-chuc/2/chi-tieu/151/ghi-tay/"),
    "shares-commune": ("vanphong", "/to-chuc/2/chi-tieu/phan-bo/"),
    "shares-branch": ("bithu", "/to-chuc/3/chi-tieu/phan-bo/"),
    "new-total": ("vanphong", "/to-chuc/2/chi-tieu/phan-bo/moi/"),
    "share-out": ("vanphong", "/phan-bo/2/"),
    "share-out-read": ("danguyvien", "/phan-bo/2/"),
    "document-targets": ("vanphong", "/van-ban/3/chi-tieu/"),
    "rules": ("dangvien", "/to-chuc/3/quy-dinh/"),
    "rules-of-a-subject": ("dangvien", "/to-chuc/3/quy-dinh/?nhom=ket-nap"),
    "rules-sought": ("vanphong", "/to-chuc/2/quy-dinh/?tim=phut"),
    "rules-nothing": ("vanphong", "/to-chuc/2/quy-dinh/?tim=zzzz"),
    "rule": ("vanphong", "/to-chuc/2/quy-dinh/meeting.minutes.least/"),
    "rule-deadline": ("bantochuc", "/to-chuc/1/quy-dinh/visit.report.visitor_by/"),
    "rule-table": ("bantochuc", "/to-chuc/1/quy-dinh/quality.bands/"),
    "rule-long": ("bithu", "/to-chuc/3/quy-dinh/papers.elements/"),
    "account-sheet": ("vanphong", "/to-chuc/2/cap-tai-khoan/tu-bang/"),
    "ask-for-persons": ("bantochuc", "/to-chuc/3/xin-xem-ho-so/"),
    "ask-for-persons-too-wide": ("bantochuc", "/to-chuc/1/xin-xem-ho-so/"),
    "organisation-of-the-province": ("bantochuc", "/to-chuc/3/"),
    "jobs-none": ("bithu", "/tep-cua-toi/"),
    "meeting-close": ("bithu", f"/hop/{demo_meeting('open')}/dong/"),
    "meeting-reopen": ("bithu", f"/hop/{demo_meeting('held')}/mo-lai/"),
    "minutes-text": ("bithu", f"/hop/{demo_meeting('held')}/bien-ban/chu/"),
    "year-archive": ("bithu", "/chi-bo/3/ho-so/2026/"),
    "year-archive-by-member": ("dangvien", "/chi-bo/3/ho-so/2025/"),
    "meeting-signed": ("bithu", f"/hop/{demo_meeting('held')}/ban-ky/"),
    "action-items": ("bithu", "/to-chuc/3/viec/"),
    "action-items-commune": ("vanphong", "/to-chuc/2/viec/?loc=qua-han"),
    "action-items-done": ("bithu", "/to-chuc/3/viec/?loc=da-xong"),
    "proposals": ("vanphong", "/to-chuc/2/kien-nghi/"),
    "proposals-answered": ("dangvien", "/to-chuc/3/kien-nghi/?loc=da-tra-loi"),
    "dues": ("bithu", "/chi-bo/3/dang-phi/"),
    "meeting-log": ("bithu", f"/hop/{demo_meeting('open')}/so/"),
    "meeting-log-steps": ("thuky", f"/hop/{demo_meeting('open')}/so/?phan=noi-dung"),
    "meeting-log-score": ("bithu", f"/hop/{demo_meeting('open')}/so/?phan=cham-diem"),
    "score-sheet": ("dangvien", f"/hop/{demo_meeting('held')}/cham-diem/"),
    "score-above": ("vanphong", f"/hop/{demo_meeting('held')}/cham-diem/cap-tren/"),
    "score-visitor": ("danguyvien", f"/hop/{demo_meeting('held')}/cham-diem/du/"),
    "quality-below": ("vanphong", "/to-chuc/2/chat-luong/"),
    "quality-below-province": ("bantochuc", "/to-chuc/1/chat-luong/"),
    "criteria": ("dangvien", "/to-chuc/3/tieu-chi/"),
    "criteria-office": ("vanphong", "/to-chuc/2/tieu-chi/"),
    "criteria-copy": ("bantochuc", "/to-chuc/1/tieu-chi/thuong-ky/"),
    "meeting": ("dangvien", f"/hop/{demo_meeting('held')}/"),
    "meeting-by-secretary": ("bithu", f"/hop/{demo_meeting('held')}/"),
    "meeting-planned": ("dangvien", f"/hop/{demo_meeting('planned')}/"),
    "past-meetings": ("bithu", "/chi-bo/3/hop/nhap-cu/"),
    "past-meetings-sheet": ("vanphong", "/chi-bo/3/hop/nhap-cu/tu-bang/"),
    "roll": ("bithu", "/to-chuc/3/dang-vien/"),
    "roll-commune": ("vanphong", "/to-chuc/2/dang-vien/?tuoi_tu=60&ly_luan=basic"),
    "roll-wrong-filter": ("vanphong", "/to-chuc/2/dang-vien/?tuoi_tu=mười"),
    "roll-nothing": ("bithu", "/to-chuc/3/dang-vien/?tim=zzzz"),
    "roll-gone": ("vanphong", "/to-chuc/2/dang-vien/da-di/"),
    "organisation-panel": ("bithu", "/to-chuc/3/phan/dang-vien/"),
    "member-new": ("bithu", "/to-chuc/3/dang-vien/them/"),
    "member": ("vanphong", "/dang-vien/4/"),
    "member-by-secretary": ("bithu", "/dang-vien/5/"),
    "member-change": ("bithu", "/dang-vien/4/sua/"),
    "member-move": ("vanphong", "/dang-vien/4/viec/chuyen/"),
    "member-temporary": ("vanphong", "/dang-vien/4/viec/tam-thoi/"),
    "member-state": ("vanphong", "/dang-vien/4/viec/tinh-trang/"),
    "member-exempt": ("bithu", "/dang-vien/3/viec/mien/"),
    "member-residence": ("vanphong", "/dang-vien/4/viec/cu-tru/"),
    "member-badge": ("bithu", "/dang-vien/4/viec/huy-hieu/?nam=30"),
    "member-account": ("vanphong", "/dang-vien/4/viec/tai-khoan/"),
    "members-merge": ("vanphong", "/dang-vien/4/nhap/5/"),
    "badges": ("vanphong", "/to-chuc/2/huy-hieu/"),
    "badges-nobody": ("bithu", "/to-chuc/3/huy-hieu/?nam=2026&dot=03-02"),
    "data": ("vanphong", "/to-chuc/2/du-lieu/"),
    "data-dates": ("vanphong", "/to-chuc/2/du-lieu/?muc=ngay-sai"),
    "data-doubles": ("vanphong", "/to-chuc/2/du-lieu/?muc=trung"),
    "member-state-post": ("bithu", "/dang-vien/4/viec/ngoai-dang/"),
    "member-households": ("bithu", "/dang-vien/4/viec/phu-trach-ho/"),
    "member-training": ("bithu", "/dang-vien/4/viec/lop-da-hoc/"),
    "member-in-charge": ("vanphong", "/dang-vien/4/viec/phu-trach/"),
    "offices-branch": ("bithu", "/to-chuc/3/cap-uy/"),
    "offices-commune": ("vanphong", "/to-chuc/2/cap-uy/"),
    "office-take": ("vanphong", "/to-chuc/3/cap-uy/ghi/"),
    "office-leave": ("vanphong", "/chuc-vu/1/thoi/"),
    "assignments": ("bithu", "/to-chuc/3/nhiem-vu/"),
    "assignments-next-year": ("bithu", "/to-chuc/3/nhiem-vu/?nam=2027"),
    "assignments-commune": ("vanphong", "/to-chuc/2/nhiem-vu/"),
    "assignment": ("bithu", "/nhiem-vu/1/"),
    "assignment-end": ("bithu", "/nhiem-vu/1/thoi/"),
    "own-record": ("dangvien", "/ho-so-cua-toi/"),
    "own-record-none": ("mattran", "/ho-so-cua-toi/"),
    "own-record-ask": ("dangvien", "/ho-so-cua-toi/xin-sua/born_on/"),
    "library": ("dangvien", "/van-ban/"),
    "library-sought": ("bithu", "/van-ban/?tim=quan+triet+chi+thi+35"),
    "library-filtered": ("vanphong", "/van-ban/?loai=guidance&hieu_luc=2025-10-28"),
    "library-nothing": ("bithu", "/van-ban/?tim=zzzz&nam=1999"),
    "document": ("bithu", "/van-ban/2/"),
    "document-stub": ("bantochuc", "/van-ban/6/"),
    "document-new": ("vanphong", "/van-ban/them/"),
    "document-change": ("bantochuc", "/van-ban/6/sua/"),
    "document-relate": ("bantochuc", "/van-ban/5/quan-he/"),
    "document-merge": ("bantochuc", "/van-ban/6/nhap-vao/"),
    "document-take-apart": ("bantochuc", "/van-ban/5/boc-tach/"),
    "document-passage": ("bantochuc", "/van-ban/5/boc-tach/?tu=1800&den=1990"),
    "study-none": ("vanphong", "/van-ban/5/quan-triet/"),
    "study-order": ("vanphong", "/van-ban/5/quan-triet/giao/"),
    "document-secret-new": ("vanphong", "/van-ban/mat/"),
    "obligations": ("bithu", "/van-ban/viec/"),
    "obligations-targets": ("bithu", "/van-ban/viec/?loai=target"),
    "obligations-nothing": ("bithu", "/van-ban/viec/?tim=zzzz"),
    "meeting-plan": ("bithu", "/chi-bo/3/hop/lap/"),
    "meeting-plan-thematic": ("bithu", "/chi-bo/3/hop/lap/?loai=thematic"),
    "meeting-plan-committee": ("vanphong", "/chi-bo/2/hop/lap/"),
    "my-meetings-none": ("mattran", "/hop/cua-toi/"),
    "orientation-new": ("vanphong", "/to-chuc/2/dinh-huong/2026-12/"),
    "orientation-none": ("bithu", "/to-chuc/3/dinh-huong/2026-12/"),
    "thematic-new": ("bithu", "/chi-bo/3/chuyen-de/2027/"),
    "thematic-below": ("vanphong", "/to-chuc/2/chuyen-de/2026/"),
    "meetings": ("bithu", "/chi-bo/3/hop/"),
    "meetings-last-year": ("dangvien", "/chi-bo/3/hop/?nam=2025"),
    "meetings-office": ("vanphong", "/chi-bo/5/hop/"),
    "meeting-grid": ("vanphong", "/to-chuc/2/luoi-hop/"),
    "meeting-grid-quarters": ("thuongtruc", "/to-chuc/2/luoi-hop/?loai=chuyen-de&xep=ten"),
    "meeting-grid-committees": ("vanphong", "/to-chuc/2/luoi-hop/?loai=chi-uy&loc=chua-hop"),
    "meeting-grid-nothing": ("vanphong", "/to-chuc/2/luoi-hop/?loc=dang-ghi&nam=2024"),
    "meeting-grid-province": ("bantochuc", "/to-chuc/1/luoi-hop/"),
    "meeting-grid-from-the-province": ("bantochuc", "/to-chuc/2/luoi-hop/"),
    "slot-decide": ("vanphong", "/to-chuc/2/ky-hop/"),
    "slot-decide-branch": ("thuongtruc", "/to-chuc/5/ky-hop/"),
    "offline": ("", "/ngoai-tuyen/"),
    "error-404": ("bithu", "/khong-co/"),
    "error-403": ("bithu", "/bo-thanh-phan/"),
    "error-405": ("bithu", "/dang-xuat/"),
    "error-400": ("bithu", "/?a=%00"),
}


@pytest.fixture(scope="module")
def portal(portal_to_look_at: str) -> str:
    return portal_to_look_at


@pytest.fixture(scope="module")
def window(chromium: Browser, portal: str) -> Iterator[Page]:
    """One after another opens its page in it: a new one for each would cost half a second."""
    page = in_a_browser_of_its_own(chromium, portal, PHONE, Complaints())
    yield page
    page.context.close()


@pytest.fixture
def emptied(window: Page, portal: str) -> Iterator[Page]:
    """As new: no cookies, nothing stored, no service worker; and no complaint is left when its page is gone."""
    window.complaints.clear()
    window.set_viewport_size(PHONE)
    tools = window.context.new_cdp_session(window)
    tools.send("Storage.clearDataForOrigin", {"origin": portal, "storageTypes": "all"})
    tools.detach()
    yield window
    window.goto("about:blank")
    assert window.complaints == []


@pytest.mark.parametrize("name", PAGES)
def test_fits_reads_and_can_be_touched(emptied: Page, portal: str, name: str):
    """Opened on a phone; then the window grows to that of a laptop, which asks for nothing anew."""
    person, path = PAGES[name]
    page = emptied
    page.context.add_cookies([session_cookie(person, portal)] if person else [])
    page.goto(path)
    if name.startswith("error-"):
        page.complaints.clear()  # the browser notes the status of the page itself
    looks_right(page, f"{name}.phone")
    page.set_viewport_size(LAPTOP)
    page.evaluate("scrollTo(0, 0)")
    looks_right(page, f"{name}.laptop")
