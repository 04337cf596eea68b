"""Every page, for everybody who may see it, on a phone and on a laptop: fits, reads, and can be touched."""

import pytest

from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.measures import picture, too_small, too_wide, violations

PAGES = {
    "sign-in": ("", "/dang-nhap/"),
    "home": ("bithu", "/"),
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
    "offline": ("", "/ngoai-tuyen/"),
    "error-404": ("bithu", "/khong-co/"),
    "error-403": ("bithu", "/bo-thanh-phan/"),
    "error-405": ("bithu", "/dang-xuat/"),
    "error-400": ("bithu", "/?a=%00"),
}


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize("name", PAGES)
def test_fits_reads_and_can_be_touched(open_page, name: str, size: dict[str, int]):
    person, path = PAGES[name]
    page = open_page(size, as_=person)
    page.goto(path)
    if name.startswith("error-"):
        page.complaints.clear()  # the browser notes the status of the page itself
    picture(page, f"{name}.{'phone' if size is PHONE else 'laptop'}")
    assert too_wide(page) == []
    assert violations(page) == []
    if size is PHONE:
        assert too_small(page) == []
