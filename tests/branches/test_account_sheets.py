"""Accounts from a sheet: what is shown before is what is done, for whom the office may, once."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.models import Grant, Kind
from branches.services import account_sheets
from branches.services.account_sheets import MOST_AT_ONCE, CheckedSheet, check_sheet, open_accounts_from
from branches.services.sheet_people import COLUMNS
from portal.access.roles import Role
from portal.accounts.models import Account
from portal.files.sheets.headings import Line
from portal.files.sheets.reading import rows_of_file
from portal.words.errors import ChangedMeanwhile, DomainError, NotAllowed
from tests.cast import Cast, place

SignIn = Callable[[str], Client]
PASTED = """Họ tên\tSĐT\tChức vụ\tChi bộ
Nguyễn Thị Lan\t912345678\tBí thư\tthon doai
Lý A Páo\t\tđảng viên\tPL-1
"""


def lines(*rows: dict[str, str]) -> list[Line]:
    return [Line(number, dict.fromkeys(COLUMNS, "") | row) for number, row in enumerate(rows, start=2)]


def row(name: str = "Nguyễn Thị Lan", role: str = "Đảng viên", **more: str) -> dict[str, str]:
    return {"full_name": name, "role": role, "code": "PL-1"} | more


def check(cast: Cast, *rows: dict[str, str], by: str = "mai", where: str = "phu_luong") -> CheckedSheet:
    return check_sheet(lines(*rows), organisation=getattr(cast, where), by=cast.actor(by))


def apply(cast: Cast, *rows: dict[str, str], by: str = "mai", seal: str = ""):
    seal = seal or check(cast, *rows, by=by).seal
    return open_accounts_from(lines(*rows), seal=seal, organisation=cast.phu_luong, by=cast.actor(by))


def wrong(cast: Cast, *rows: dict[str, str], **options: str) -> str:
    sheet = check(cast, *rows, **options)
    assert not sheet.right or len(rows) > 1
    return " ".join(sheet.wrong[-1].wrong)


# ------------------------------------------------------------------ what a line means
@pytest.mark.parametrize(
    ("said", "where", "role"),
    [
        ("Bí thư", "PL-1", Role.SECRETARY),
        ("PHÓ BÍ THƯ", "PL-1", Role.SECRETARY),
        ("bi thu chi bo", "PL-1", Role.SECRETARY),
        ("Bí thư Chi bộ thôn Đông", "PL-1", Role.SECRETARY),
        ("Bí thư, phó bí thư chi bộ", "PL-1", Role.SECRETARY),
        ("thư ký", "PL-1", Role.CLERK),
        ("Đảng viên dự bị", "PL-1", Role.MEMBER),
        ("Bí thư", "PL", Role.COMMUNE_LEADER),
        ("Phó Bí thư Đảng ủy", "PL", Role.COMMUNE_LEADER),
        ("Văn phòng", "PL", Role.COMMUNE_OFFICE),
        ("UBKT", "PL", Role.INSPECTOR),
        ("Mặt trận", "PL", Role.FRONT),
        ("đảng ủy viên", "PL", Role.COMMUNE_MEMBER),
    ],
)
def test_roles_in_the_words_people_use(cast: Cast, said: str, where: str, role: Role):
    assert [person.role for person in check(cast, row(role=said, code=where)).right] == [role]


@pytest.mark.parametrize(
    "said", ["Bí thư đoàn", "Bí thư, Trưởng thôn", "Trưởng thôn", "Quản trị", "Tỉnh ủy viên", "chi ủy viên"]
)
def test_what_is_no_role_there_is_said_with_those_that_are(cast: Cast, said: str):
    sentence = wrong(cast, row(role=said))
    assert said in sentence
    assert "Thư ký chi bộ" in sentence


def test_no_role_beyond_what_the_office_may_give(cast: Cast):
    assert "không cấp được" in wrong(cast, row(role="Quản trị", code="PL"))
    assert not check(cast, row(role="Quản trị", code="PL"), by="khoi", where="province").wrong


def test_an_empty_role_is_said(cast: Cast):
    assert "Thiếu vai trò" in wrong(cast, row(role=""))


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"code": "pl-2"}, "PL-2"),
        ({"organisation": "PL-2"}, "PL-2"),
        ({"organisation": "Chi bộ thôn Đoài"}, "PL-2"),
        ({"organisation": "CHI BO THON DOAI"}, "PL-2"),
        ({"organisation": "thôn Đoài"}, "PL-2"),
        ({"organisation": "Đảng bộ xã Phú Lương"}, "PL"),
        ({"organisation": "xã phú lương"}, "PL"),
        ({"code": "PL-2", "organisation": "thôn đoài"}, "PL-2"),
        ({}, "PL-1"),
    ],
)
def test_organisations_by_code_or_name_or_none(cast: Cast, cells: dict[str, str], found: str):
    """The page's organisation is thôn Đông."""
    person = check(
        cast, row(role="x", code="", **cells) if "code" not in cells else row(role="x", **cells), where="dong"
    ).people[0]
    assert person.organisation.code == found


@pytest.mark.parametrize(
    "cells", [{"code": "TH-1"}, {"organisation": "thôn Thượng"}, {"code": "TB"}, {"organisation": "thôn Bịa"}]
)
def test_what_lies_beyond_the_office_is_not_there(cast: Cast, cells: dict[str, str]):
    assert "trong phạm vi" in wrong(cast, row(**{"code": ""} | cells))


def test_a_code_and_a_name_that_disagree_are_said(cast: Cast):
    assert "Mã PL-1 là của Chi bộ thôn Đông" in wrong(cast, row(code="PL-1", organisation="thôn Đoài"))


def test_an_ambiguous_name_asks_for_the_code(cast: Cast):
    place(9_100_001, "PL-9", "Chi bộ thôn Đoài", Kind.BRANCH, cast.phu_luong)
    sentence = wrong(cast, row(code="", organisation="thôn Đoài"))
    assert "Hãy ghi mã" in sentence
    assert "PL-9" in sentence


def test_a_name_that_is_clear_below_this_page_is_not_ambiguous(cast: Cast):
    place(9_100_001, "TH-9", "Chi bộ thôn Đoài", Kind.BRANCH, cast.tan_hoa)
    cells = row(code="", organisation="thôn Đoài")
    assert check(cast, cells, by="khoi").people[0].organisation.code == "PL-2"
    assert "Hãy ghi mã" in wrong(cast, cells, by="khoi", where="province")


@pytest.mark.parametrize(
    ("typed", "phone"),
    [("0912 345 678", "0912345678"), ("912345678", "0912345678"), ("84912345678", "0912345678"), ("+84912345678", "0912345678"),
     ("'0912345678", "0912345678"), ("02633822222", "02633822222"), ("2633822222", "02633822222"), ("", "")],
)  # fmt: skip
def test_telephones_as_excel_leaves_them(cast: Cast, typed: str, phone: str):
    assert check(cast, row(phone=typed)).right[0].phone == phone


@pytest.mark.parametrize(
    ("cells", "said"),
    [({"full_name": ""}, "Họ và tên phải có"), ({"full_name": "12"}, "chưa đủ"), ({"full_name": "x" * 121}, "120 chữ"),
     ({"phone": "12"}, "Số điện thoại chưa đúng"), ({"email": "a@"}, "Thư điện tử chưa đúng")],
)  # fmt: skip
def test_what_is_wrong_in_a_cell_is_said(cast: Cast, cells: dict[str, str], said: str):
    assert said in wrong(cast, row() | cells)


def test_all_that_is_wrong_in_a_line_is_said_at_once(cast: Cast):
    assert len(check(cast, row(name="", phone="1", email="x", role="vua")).wrong[0].wrong) == 4


# ------------------------------------------------------------------ the same person
def test_one_telephone_stands_once_in_a_sheet(cast: Cast):
    assert "trùng với dòng 2" in wrong(cast, row(phone="0912345678"), row("Lý A Páo", phone="912 345 678"))


def test_one_person_stands_once_in_a_sheet_unless_two_telephones_say_otherwise(cast: Cast):
    assert "Trùng với dòng 2" in wrong(cast, row("Nguyễn Thị Hoà"), row("nguyễn thị hòa"))
    two = check(cast, row(phone="0912345678"), row(phone="0987654321"))
    assert [person.username for person in two.right] == ["lannt", "lannt2"]
    assert not check(cast, row(), row(code="PL-2")).wrong


def test_who_has_an_account_is_said_and_not_made_twice(cast: Cast):
    Account.objects.filter(pk=cast["yen"].pk).update(phone="0912345678")
    sheet = check(
        cast,
        row("Lò Văn Thịnh", role="Bí thư"),
        row("Ma Thị Yến", phone="0912345678"),
        row("Hà Thị Mới", role="Bí thư"),
    )
    assert [person.line.number for person in sheet.known] == [2, 3, 4]
    assert "thinh" in sheet.known[0].known
    assert "yen" not in sheet.known[1].known  # of another commune: that there is one, and no more
    assert not check(cast, row("Lò Văn Thịnh", role="Thư ký")).known
    assert not check(cast, row("Đỗ Văn Xưa", role="Bí thư")).known  # held it until yesterday


def test_user_names_are_free_and_differ(cast: Cast):
    Account(username="lannt", full_name="x").save()
    Account(username="lannt3", full_name="x").save()
    names = [person.username for person in check(cast, row(), row(code="PL-2"), row("Nông Thu Lan")).right]
    assert names == ["lannt2", "lannt4", "lannt5"]


# ------------------------------------------------------------------ doing it
def test_what_was_shown_is_done(cast: Cast):
    sheet, slips = apply(cast, row(phone="912345678", email="lan@vidu.vn"), row("Lý A Páo", role="thư ký"))
    assert (
        [one.slip.account.username for one in slips]
        == [person.username for person in sheet.right]
        == ["lannt", "paola"]
    )
    lan = Account.objects.get(username="lannt")
    assert (lan.full_name, lan.phone, lan.email, lan.must_change_password) == (
        "Nguyễn Thị Lan",
        "0912345678",
        "lan@vidu.vn",
        True,
    )
    assert lan.check_password(slips[0].slip.password)
    grant = lan.grants.get()
    assert (grant.role, grant.organisation, grant.given_by, grant.since) == (
        Role.MEMBER,
        cast.dong,
        cast["mai"],
        timezone.localdate(),
    )
    assert grant.events.get().pgh_context["action"] == "cấp tài khoản từ bảng"
    assert lan.sort_key


def test_wrong_lines_do_not_stop_right_ones(cast: Cast):
    sheet, slips = apply(cast, row(), row(name=""), row("Lò Văn Thịnh", role="Bí thư"))
    assert [one.slip.account.username for one in slips] == ["lannt"]
    assert (len(sheet.wrong), len(sheet.known)) == (1, 1)


def test_sent_twice_it_opens_nothing_twice(cast: Cast):
    seal = check(cast, row()).seal
    apply(cast, row(), seal=seal)
    before = Account.objects.count()
    with pytest.raises(ChangedMeanwhile):
        apply(cast, row(), seal=seal)
    assert Account.objects.count() == before
    assert check(cast, row()).known


@pytest.mark.parametrize("moved", ["name taken", "place renamed away", "role lost", "nothing"])
def test_what_moved_meanwhile_is_shown_again_and_nothing_is_done(cast: Cast, moved: str):
    rows, by = [row(organisation="thôn Đoài", code="")], "mai"
    seal = check(cast, *rows).seal
    if moved == "name taken":
        Account(username="lannt", full_name="x").save()
    elif moved == "place renamed away":
        cast.doai.name = "Chi bộ thôn Hạ"
        cast.doai.save()
    elif moved == "role lost":
        Grant.everything.filter(account=cast["mai"]).update(role=Role.INSPECTOR)
    if moved == "nothing":
        apply(cast, *rows, by=by, seal=seal)
        return
    with pytest.raises((ChangedMeanwhile, NotAllowed)):
        apply(cast, *rows, by=by, seal=seal)
    assert not Account.objects.filter(full_name="Nguyễn Thị Lan").exists()


def test_a_name_taken_between_the_check_and_the_writing_undoes_all(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    seal = check(cast, row(), row("Lý A Páo")).seal
    original = account_sheets.open_accounts

    def somebody_is_quicker(wanted):
        Account(username="paola", full_name="x").save()
        return original(wanted)

    monkeypatch.setattr(account_sheets, "open_accounts", somebody_is_quicker)
    with pytest.raises(ChangedMeanwhile):
        apply(cast, row(), row("Lý A Páo"), seal=seal)
    assert not Account.objects.filter(username__in=["lannt", "paola"]).exists()


@pytest.mark.parametrize("by", ["thinh", "son", "vinh", "quyet", "hau", "xua", "moi"])
def test_nobody_but_the_office(cast: Cast, by: str):
    with pytest.raises(NotAllowed):
        check(cast, row(), by=by)
    with pytest.raises(NotAllowed):
        apply(cast, row(), by=by, seal="x")


def test_a_long_sheet_is_opened_in_several_goes(cast: Cast):
    rows = [row(f"Nguyễn Văn {chr(65 + n % 26)}{chr(97 + n // 26)}n") for n in range(MOST_AT_ONCE + 7)]
    sheet = check(cast, *rows)
    assert (len(sheet.right), len(sheet.later)) == (MOST_AT_ONCE, 7)
    apply(cast, *rows, seal=sheet.seal)
    again = check(cast, *rows)
    assert (len(again.known), len(again.right)) == (MOST_AT_ONCE, 7)
    with pytest.raises(DomainError, match="tối đa 500"):
        check(cast, *[row()] * 501)


def test_checking_and_opening_cost_the_same_queries_however_many_lines(cast: Cast):
    def cost(*rows: dict[str, str]) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as checking:
            seal = check(cast, *rows).seal
        with CaptureQueriesContext(connection) as opening:
            apply(cast, *rows, seal=seal)
        return len(checking), len(opening)

    few = cost(row("Nguyễn Thị Lan", phone="0912345678"), row("Lò Văn Thịnh", role="Bí thư"))
    many = [row(f"Lý A {chr(65 + n)}áo", phone=f"09{n:08}", code="", organisation="thôn Đoài") for n in range(1, 26)]
    assert cost(*many) == few
    assert few[0] <= 6


# ------------------------------------------------------------------ in the browser
def sealed(page: str) -> str:
    return unescape(re.search(r'name="sheet" value="([^"]+)"', page)[1])


def address(cast: Cast, end: str = "") -> str:
    return f"/to-chuc/{cast.phu_luong.pk}/cap-tai-khoan/tu-bang/{end}"


def test_from_pasted_rows_to_slips(cast: Cast, sign_in: SignIn):
    office = sign_in("mai")
    shown = office.post(address(cast), {"pasted": PASTED}).content.decode()
    assert "Cấp 2 tài khoản" in shown
    assert "Chi bộ thôn Đoài" in shown
    assert not Account.objects.filter(username="lannt").exists()
    answer = office.post(address(cast, "cap/"), {"sheet": sealed(shown)})
    slips = answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert slips.count("slips__slip") == 2
    password = re.search(r'nowrap">([a-z]{4}-[0-9]{4}-[a-z]{4})<', slips)[1]
    assert Account.objects.get(username="lannt").check_password(password)
    again = office.post(address(cast, "cap/"), {"sheet": sealed(shown)}).content.decode()
    assert "Bảng đã đổi" in again
    assert "slips__slip" not in again
    assert Account.objects.filter(full_name="Nguyễn Thị Lan").count() == 1


def test_the_blank_sheet_filled_in_is_taken(cast: Cast, sign_in: SignIn):
    office = sign_in("mai")
    answer = office.get(f"/to-chuc/{cast.phu_luong.pk}/cap-tai-khoan/bang-mau/")
    rows = rows_of_file(SimpleUploadedFile("mau.xlsx", answer.content), most_rows=9)
    assert rows[1] == [column.title for column in COLUMNS.values()]
    filled = "\n".join(
        ",".join(f'"{cell}"' for cell in line)
        for line in [*rows, ["Nguyễn Thị Lan", "", "", "Bí thư", "thôn Đông", ""]]
    )
    shown = office.post(address(cast), {"file": SimpleUploadedFile("bang.csv", filled.encode())}).content.decode()
    assert "Cấp 1 tài khoản" in shown


def test_wrong_lines_are_said_in_words_and_can_be_put_right_in_place(cast: Cast, sign_in: SignIn):
    pasted = PASTED + "Hà Thị Thu\t\tvua\tPL-1\n<script>alert(1)</script>\t\tĐảng viên\tthôn Bịa\n"
    page = sign_in("mai").post(address(cast), {"pasted": pasted}).content.decode()
    assert "Cấp cho 2 dòng đúng" in page
    assert "Vai trò “vua” không cấp được" in page
    assert "<script>alert" not in page
    box = unescape(re.search(r'<textarea name="pasted"[^>]*>(.*?)</textarea>', page, re.DOTALL)[1])
    mended = sign_in("mai").post(address(cast), {"pasted": box.replace("vua", "thư ký").replace("thôn Bịa", "PL-1")})
    assert "Cấp 4 tài khoản" in mended.content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [({}, "Hãy chọn tệp"), ({"pasted": "   "}, "Hãy chọn tệp"), ({"pasted": "một dòng"}, "Không thấy dòng tên cột"),
     ({"pasted": "Họ tên\tVai trò\n"}, "chưa có ai"), ({"pasted": "Họ tên\tSĐT\nLan\t1"}, "thiếu cột “Vai trò”"),
     ({"pasted": "Họ tên\tVai trò\n" + "Lan\tBí thư\n" * 501}, "Bảng có 501 người")],
)  # fmt: skip
def test_what_cannot_be_checked_is_said_and_stays_typed(cast: Cast, sign_in: SignIn, given: dict[str, str], said: str):
    page = sign_in("mai").post(address(cast), given).content.decode()
    assert "<title>Lỗi: " in page
    assert said in page
    assert given.get("pasted", "").strip()[:8] in page


def test_a_file_and_pasted_rows_at_once_are_refused(cast: Cast, sign_in: SignIn):
    given = {"file": SimpleUploadedFile("a.csv", PASTED.encode()), "pasted": PASTED}
    assert "Chỉ dùng một cách" in sign_in("mai").post(address(cast), given).content.decode()


@pytest.mark.parametrize("forged", ["", "x", "a:b:c", "x" * 100_000])
def test_a_forged_sheet_leads_back(cast: Cast, sign_in: SignIn, forged: str):
    answer = sign_in("mai").post(address(cast, "cap/"), {"sheet": forged}, follow=True)
    assert answer.redirect_chain
    assert "kiểm tra lại" in answer.content.decode().lower()


def test_the_sheet_of_another_page_or_person_is_not_taken(cast: Cast, sign_in: SignIn):
    sheet = sealed(sign_in("mai").post(address(cast), {"pasted": PASTED}).content.decode())
    assert sign_in("khoi").post(address(cast, "cap/"), {"sheet": sheet}).status_code == 302
    elsewhere = f"/to-chuc/{cast.doai.pk}/cap-tai-khoan/tu-bang/cap/"
    assert sign_in("mai").post(elsewhere, {"sheet": sheet}).status_code == 302
    assert sign_in("quyet").post(address(cast, "cap/"), {"sheet": sheet}).status_code == 404
    assert not Account.objects.filter(username="lannt").exists()
