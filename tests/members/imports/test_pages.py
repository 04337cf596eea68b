"""The pages of an import, from the upload to the receipt and back; what is refused on the way is said."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.models import Import, ImportMapping, Member
from portal.files.models import StoredFile
from portal.files.sheets.reading import rows_of_file
from tests.cast import Cast
from tests.members.imports.makers import HEADINGS, LAN, PAO, sheet, upload

SignIn = Callable[[str], Client]
WRONG = ["Trần Văn Sai", "32/01/1960", "Nam", "777", "PL-1", "", ""]


def bring(browser: Client, *rows, headings=HEADINGS, content: bytes = b""):
    file = upload(content or sheet(headings, *rows))
    return browser.post("/to-chuc/9000002/nhap-dang-vien/", {"file": file}, follow=True)


def text(answer) -> str:
    return answer.content.decode()


def sheet_of(answer) -> list[list[str]]:
    return rows_of_file(upload(b"".join(answer.streaming_content)), most_rows=100)


def test_from_the_upload_to_the_receipt_and_back(cast: Cast, sign_in: SignIn):
    mai = sign_in("mai")
    seen = text(bring(mai, LAN, PAO, WRONG))
    assert "Sẽ ghi 2 người mới; 1 dòng cần sửa thì để lại" in seen
    found = Import.everything.get()
    here = f"/nhap-dang-vien/{found.pk}/"
    assert "Nguyễn Thị Lan" in seen
    assert "Không có ngày “32/01/1960” trong lịch." in text(mai.get(here + "?muc=wrong"))
    receipt = text(mai.post(here + "ghi/", follow=True))
    assert found.number in receipt
    assert Member.everything.count() == 2
    back = text(mai.post(here + "hoan-tac/", follow=True))
    assert "Đã hoàn tác" in back
    assert Member.everything.count() == 0
    assert found.number in text(mai.get("/to-chuc/9000002/nhap-dang-vien/"))


def test_wrong_lines_come_back_as_a_sheet_and_are_taken_when_mended(cast: Cast, sign_in: SignIn):
    mai = sign_in("mai")
    bring(mai, LAN, WRONG)
    found = Import.everything.get()
    rows = sheet_of(mai.get(f"/nhap-dang-vien/{found.pk}/dong-can-sua/"))
    assert rows[1:] == [[*HEADINGS, "Lý do"], [*WRONG, "Ngày sinh: Không có ngày “32/01/1960” trong lịch."]]
    rows[2][1] = "31/01/1960"
    again = bring(mai, content=sheet(*rows))
    assert "Sẽ ghi 1 người mới." in text(again)
    assert "Lý do" not in text(again).split("Cột đã nhận")[1].split("</dl>")[0]


def test_strange_columns_are_matched_once_and_remembered(cast: Cast, sign_in: SignIn):
    mai = sign_in("mai")
    strange = ["Đồng chí", "Chào đời", "G", "Thẻ", "Nơi", "KN", "CT"]
    asked = bring(mai, LAN, headings=strange)
    assert asked.redirect_chain[-1][0].endswith("/ghep-cot/")
    chosen = ["full_name", "born_on", "sex", "card_number", "branch", "admitted_on", "official_on"]
    path = asked.redirect_chain[-1][0]
    refused = mai.post(path, {"cot_0": "full_name"})
    assert "ít nhất Ngày sinh hoặc Số thẻ" in text(refused)
    twice = mai.post(path, {"cot_0": "full_name", "cot_1": "full_name"})
    assert "Chỉ chọn một" in text(twice)
    matched = mai.post(path, {f"cot_{place}": name for place, name in enumerate(chosen)}, follow=True)
    assert "Sẽ ghi 1 người mới" in text(matched)
    assert ImportMapping.everything.count() == 1
    assert "Sẽ ghi 1 người mới" in text(bring(mai, LAN, headings=strange))


def test_what_moved_is_checked_again_and_said(cast: Cast, sign_in: SignIn):
    mai = sign_in("mai")
    bring(mai, LAN)
    Member(full_name="Nguyễn Thị Lan", card_number="123456").save()
    found = Import.everything.get()
    answer = text(mai.post(f"/nhap-dang-vien/{found.pk}/ghi/", follow=True))
    assert "danh sách đã có thay đổi, nên chưa ghi gì" in answer
    assert "đang ở đơn vị khác" in answer


def test_pages_cost_as_much_for_any_number_of_lines(cast: Cast, sign_in: SignIn):
    mai, asked = sign_in("mai"), []
    for first, count in ((0, 2), (500, 29)):
        bring(mai, *[[f"Lê Văn {chr(65 + n % 26)}", "", "", str(first + n), "PL-1", "", ""] for n in range(count)])
        path = f"/nhap-dang-vien/{Import.everything.latest('pk').pk}/"
        mai.get(path)
        with CaptureQueriesContext(connection) as queries:
            mai.get(path)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_no_other_office_sees_it(cast: Cast, sign_in: SignIn):
    bring(sign_in("mai"), LAN)
    path = f"/nhap-dang-vien/{Import.everything.get().pk}/"
    for more in ("", "ghep-cot/", "dong-can-sua/"):
        assert sign_in("quyet").get(path + more).status_code == 404
    for more in ("ghi/", "hoan-tac/", "ghep-cot/"):
        assert sign_in("quyet").post(path + more).status_code == 404
    file = StoredFile.everything.get()
    assert sign_in("quyet").get(f"/tep/{file.pk}/").status_code == 404


def test_the_sheets_of_the_exports(cast: Cast, sign_in: SignIn):
    mai = sign_in("mai")
    bring(mai, LAN, PAO)
    mai.post(f"/nhap-dang-vien/{Import.everything.get().pk}/ghi/")
    assert [row[0] for row in sheet_of(mai.get("/to-chuc/9000002/xuat-dang-vien/"))[2:]] == [
        "Nguyễn Thị Lan",
        "Lý A Páo",
    ]
    assert [row[0] for row in sheet_of(mai.get("/to-chuc/9000002/xuat-dang-vien/?tim=pao"))[2:]] == ["Lý A Páo"]
    assert [row[0] for row in sheet_of(sign_in("thinh").get("/to-chuc/9000003/xuat-dang-vien/"))[2:]] == [
        "Nguyễn Thị Lan"
    ]
    assert sheet_of(mai.get("/to-chuc/9000002/nhap-dang-vien/mau/"))[1][0] == "Họ và tên"
    page = "/to-chuc/9000002/tang-giam-dang-vien/"
    period = "?tu_day=1&tu_month=1&tu_year=2005&den_day=31&den_month=12&den_year=2006"
    assert "Cuối kỳ" in text(mai.get(page + period))
    assert sheet_of(mai.get(page + period + "&tai=1"))[1][1] == "Họ và tên"
    assert "Ngày cuối phải từ ngày đầu" in text(
        mai.get(page + "?tu_day=2&tu_month=1&tu_year=2005&den_day=1&den_month=1&den_year=2005")
    )


def test_the_button_on_the_roll_exports_what_the_roll_shows(cast: Cast, sign_in: SignIn):
    mai = sign_in("mai")
    bring(mai, LAN, PAO)
    mai.post(f"/nhap-dang-vien/{Import.everything.get().pk}/ghi/")
    for asked, names in (
        ("", ["Nguyễn Thị Lan", "Lý A Páo"]),
        ("?gioi_tinh=female&tuoi_tu=40", ["Nguyễn Thị Lan"]),
        (f"?noi={cast.doai.pk}", ["Lý A Páo"]),
    ):
        page = text(mai.get(f"/to-chuc/9000002/dang-vien/{asked}"))
        button = unescape(re.search(r'href="(/to-chuc/9000002/xuat-dang-vien/[^"]*)"', page)[1])
        assert [row[0] for row in sheet_of(mai.get(button))[2:]] == names


@pytest.mark.parametrize("name", ["mai", "thinh"])
def test_the_canary_is_in_no_sheet(cast: Cast, sign_in: SignIn, name: str):
    quyet = sign_in("quyet")
    file = upload(
        sheet([*HEADINGS, "Nghề nghiệp", "Tôn giáo"], ["Chim Yến", *LAN[1:4], "TH-1", "", "", "Chimyến", "Chimyến"])
    )
    quyet.post("/to-chuc/9000005/nhap-dang-vien/", {"file": file})
    quyet.post(f"/nhap-dang-vien/{Import.everything.get().pk}/ghi/")
    assert "Chimyến" in str(sheet_of(quyet.get("/to-chuc/9000005/xuat-dang-vien/")))
    bring(sign_in("mai"), [*LAN[:3], "9", *LAN[4:]], PAO)
    sign_in("mai").post(f"/nhap-dang-vien/{Import.everything.latest('pk').pk}/ghi/")
    pk = {"mai": 9000002, "thinh": 9000003}[name]
    for path in (
        f"/to-chuc/{pk}/xuat-dang-vien/?ca=1",
        f"/to-chuc/{pk}/tang-giam-dang-vien/?tai=1&tu_day=1&tu_month=1&tu_year=1950&den_day=1&den_month=1&den_year=2026",
    ):
        rows = sheet_of(sign_in(name).get(path))
        assert len(rows) > 2
        assert "Chim" not in str(rows)
