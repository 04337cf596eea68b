"""Lists as offices write them are understood; files that are none, or would do harm, are refused with a sentence."""

import resource
import struct

import pytest

from members.imports import values
from members.imports.bringing import bring_sheet
from members.imports.checking import check_import
from members.imports.columns import COLUMNS, PROFILES
from members.imports.headings import headings_of
from members.imports.receiving import receive_sheet
from members.models import Education, Import, ImportRow, Precision, Theory
from portal.files.kinds import Kind
from portal.files.models import StoredFile
from portal.files.sheets.blank import blank_sheet
from portal.words.errors import DomainError
from tests.cast import Cast
from tests.files.makers import opendocument, word, zipped
from tests.files.old_excel import old_excel
from tests.files.test_sheets import cell as libre_cell
from tests.files.test_sheets import libre
from tests.members.imports.makers import HEADINGS, LAN, PAO, csv_of, sheet, upload

FACTS_OF_LAN = {"full_name": "Nguyễn Thị Lan", "born_on": "1980-12-05", "sex": "female", "card_number": "123456",
                "admitted_on": "2005-02-03", "official_on": "2006-02-03"}  # fmt: skip


def facts(cast: Cast, content: bytes, name: str = "a.xlsx") -> list[dict]:
    brought = receive_sheet(upload(content, name), organisation=cast.phu_luong, by=cast.actor("mai"))
    check_import(brought, by=cast.actor("mai"))
    lines = ImportRow.everything.filter(of=brought).order_by("number")
    assert [line.reasons for line in lines if line.reasons] == []
    return [line.facts for line in lines]


def said_of(found: list[dict]) -> dict:
    return {name: found[0][name] for name in FACTS_OF_LAN}


def libre_rows(*rows: list[str]) -> bytes:
    return libre("".join(f"<table:table-row>{''.join(map(libre_cell, row))}</table:table-row>" for row in rows))


# ------------------------------------------------------------------ every kind of file
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", sheet(HEADINGS, LAN)),
        ("a.csv", csv_of(HEADINGS, LAN)),
        ("a.csv", csv_of(HEADINGS, LAN, mark="\ufeff")),
        ("a.ods", libre_rows(HEADINGS, LAN)),
        ("a.xls", old_excel([HEADINGS, LAN])),
    ],
)
def test_the_same_list_in_every_kind_of_file(cast: Cast, name: str, content: bytes):
    assert said_of(facts(cast, content, name)) == FACTS_OF_LAN


def test_decomposed_letters_are_composed(cast: Cast):
    import unicodedata

    row = [unicodedata.normalize("NFD", text) for text in LAN]
    assert said_of(facts(cast, sheet([unicodedata.normalize("NFD", text) for text in HEADINGS], row))) == FACTS_OF_LAN


# ------------------------------------------------------------------ headings
def test_titles_column_numbers_sums_and_signatures_are_no_people(cast: Cast):
    rows = [
        ["ĐẢNG BỘ XÃ PHÚ LƯƠNG"], ["DANH SÁCH ĐẢNG VIÊN"], [], ["TT", *HEADINGS, "Ghi chú"],
        [str(n) for n in range(1, 10)], ["1", *LAN, "x"], ["2", *PAO, ""], ["", "Cộng: 2 đảng viên"], ["", "Người lập biểu"],
    ]  # fmt: skip
    assert len(facts(cast, sheet(*rows))) == 2


def test_two_lines_of_headings(cast: Cast):
    """The birthday stands in one of two columns; the days of the Party below one heading."""
    above = ["Họ và tên", "Ngày, tháng, năm sinh", "", "Ngày vào Đảng", "", "Số thẻ", "Chi bộ"]
    below = ["", "Nam", "Nữ", "Dự bị", "Chính thức", "", ""]
    lan = ["Nguyễn Thị Lan", "", "05/12/1980", "03/02/2005", "03/02/2006", "123456", "thôn Đông"]
    pao = ["Lý A Páo", "1960", "", "19/05/1985", "19/05/1986", "", "PL-2"]
    found = facts(cast, sheet(above, below, lan, pao))
    assert said_of(found) == FACTS_OF_LAN
    assert (found[1]["sex"], found[1]["born_on"], found[1]["born_known_to"]) == ("male", "1960-01-01", "year")


def test_the_words_of_a_person_are_no_headings():
    """Headings that nobody knows, above somebody whose cells are words of headings."""
    found = headings_of(
        [["Đồng chí", "Chào đời", "G", "Thẻ", "Nơi"], ["Lò Văn Lạc", "1960", "Nam", "2", "Chi bộ Không Có"]]
    )
    assert (found.texts[0], found.begins, found.is_enough) == ("Đồng chí", 2, False)


def test_name_in_two_columns_and_a_cross_for_men(cast: Cast):
    found = facts(
        cast,
        sheet(
            ["Họ", "Tên", "Ngày sinh", "Nam", "Nữ", "Mã chi bộ"], ["Nguyễn Thị", "Lan", "05/12/1980", "", "x", "PL-1"]
        ),
    )
    assert (found[0]["full_name"], found[0]["sex"], found[0]["born_on"]) == ("Nguyễn Thị Lan", "female", "1980-12-05")


@pytest.mark.parametrize("name", COLUMNS)
def test_every_word_for_a_column_is_recognised(name: str):
    for said in COLUMNS[name].words:
        others = [text for column, text in (("full_name", "Họ và tên"), ("card_number", "Số thẻ")) if column != name]
        assert headings_of([[*others, said.upper()], ["", "", "1"]]).places.get(name) == len(others), said


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.title)
def test_the_headings_of_a_profile_are_recognised(profile):
    for name, words in profile.words.items():
        for said in words:
            places = headings_of([["Ngày sinh", said, "Số điện thoại"], ["", "", "1"]]).places
            assert name in places, said


# ------------------------------------------------------------------ what cells mean
@pytest.mark.parametrize(
    ("text", "day", "known"),
    [
        ("05/12/1980", "1980-12-05", Precision.DAY), ("5.12.1980", "1980-12-05", Precision.DAY),
        ("5-12-1980", "1980-12-05", Precision.DAY), ("1980-12-05", "1980-12-05", Precision.DAY),
        ("05/12/1980 00:00", "1980-12-05", Precision.DAY), ("29560", "1980-12-05", Precision.DAY),
        ("12/1980", "1980-12-01", Precision.MONTH), ("1980", "1980-01-01", Precision.YEAR),
        ("29/02/2000", "2000-02-29", Precision.DAY),
    ],
)  # fmt: skip
def test_days_as_people_write_them(text: str, day: str, known: Precision):
    found, known_to = values.read_known_day(text)
    assert (found.isoformat(), known_to) == (day, known)


@pytest.mark.parametrize(
    "text", ["29/02/1999", "31/04/2000", "0/1/1990", "1/13/1990", "abc", "1/1/90", "01/01/1899", "3/2/30000"]
)
def test_what_is_no_day(text: str):
    with pytest.raises(values.Unreadable):
        values.read_known_day(text)


def test_a_day_that_excel_keeps_as_a_number(cast: Cast):
    row = [LAN[0], 29560.0, *LAN[2:]]
    assert said_of(facts(cast, sheet(HEADINGS, row))) == FACTS_OF_LAN


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (values.read_education, "12/12", Education.UPPER), (values.read_education, "7/10", Education.LOWER),
        (values.read_education, "4/10", Education.PRIMARY), (values.read_education, "Đại học Luật", Education.UNIVERSITY),
        (values.read_education, "12/12, ThS", Education.POSTGRADUATE), (values.read_education, "CĐ", Education.COLLEGE),
        (values.read_theory, "Cao cấp", Theory.ADVANCED), (values.read_theory, "TC", Theory.INTERMEDIATE),
        (values.read_theory, "chưa qua", Theory.NONE), (values.read_phone, "912345678", "0912345678"),
        (values.read_phone, "+84 912 345 678", "0912345678"), (values.read_name, "LÝ A PÁO", "Lý A Páo"),
        (values.read_state, "ĐVCT", "full"), (values.read_state, "Dự bị", "probationary"),
    ],
)  # fmt: skip
def test_cells_in_the_words_people_use(read, text: str, value: str):
    assert read(text) == value


# ------------------------------------------------------------------ what is refused
FAR = '<row r="1"><c r="A1" t="inlineStr"><is><t>Họ và tên</t></is></c></row><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
LOCKED_ODS = opendocument(Kind.ODS, {"content.xml": b"\x8f\x11", "META-INF/manifest.xml": (
    f'<manifest:manifest xmlns:manifest="{_MANIFEST}"><manifest:file-entry manifest:full-path="content.xml">'
    '<manifest:encryption-data manifest:checksum-type="SHA1"><manifest:algorithm/></manifest:encryption-data></manifest:file-entry></manifest:manifest>').encode()})  # fmt: skip
LOCKED_XLS = old_excel([HEADINGS, LAN], more_records=struct.pack("<2H", 0x002F, 6) + struct.pack("<3H", 1, 1, 1))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"", "không có gì"),
        ("a.xlsx", sheet(HEADINGS, LAN)[:-200], "hỏng"),
        ("a.xlsx", word(), "không nhận"),
        ("a.pdf", b"%PDF-1.7\n", "không nhận"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        ("a.xls", LOCKED_XLS, "mật khẩu"),
        ("a.xlsx", sheet(HEADINGS, LAN, more={"xl/vbaProject.bin": b"x"}), "macro"),
        ("a.xlsx", sheet(cells=" " * 60_000_000), "nén quá mức"),
        ("a.xlsx", sheet(cells=FAR), "Hãy chép phần có chữ sang tệp mới"),
        ("a.xlsx", sheet(HEADINGS), "chưa có ai"),
        ("a.xlsx", blank_sheet("", ["x"], [9]), "Không thấy dòng tên cột"),
        ("a.csv", "Họ và tên,Số thẻ\nLan".encode("utf-16"), "UTF-8"),
        ("a.csv", b'Ho va ten,So the\n"mo ra', "nháy kép"),
        ("a.csv", ("Họ và tên,Số thẻ,Ngày sinh\n" + "NguyÔn V¨n Hïng,1,1980\n" * 20).encode(), "TCVN3"),
        ("a.csv", "Ho va ten,So the,Ngay sinh\nNguyÔn V¨n Hïng,1,1980".encode("latin-1"), "UTF-8"),
        ("a.xlsx", sheet(["Họ và tên", "Số thẻ", "Ngày sinh"], *[["Nguyeãn Vaên Huøng", "1", "1980"]] * 20), "VNI"),
        ("a.xls", old_excel([["Họ và tên", "Số thẻ", "Ngày sinh"], *[["NguyÔn V¨n Hïng", "1", "1980"]] * 20]), "TCVN3"),
        ("a.xls", old_excel([HEADINGS, LAN]) + "_VBA_PROJECT".encode("utf-16-le"), "macro"),
        ("a.xls", old_excel([HEADINGS, LAN])[:700], "hỏng"),
        ("a.ods", libre_rows(HEADINGS, LAN)[:-200], "hỏng"),
        ("a.ods", LOCKED_ODS, "mật khẩu"),
        ("a.zip", zipped({"danh-sach.xlsx": sheet(HEADINGS, LAN)}), "không phải tệp Word, Excel"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)  # fmt: skip
def test_a_file_that_cannot_be_taken_is_refused_without_a_trace(cast: Cast, name: str, content: bytes, said: str):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(DomainError) as refusal:
        bring_sheet(upload(content, name), organisation=cast.phu_luong, by=cast.actor("mai"))
    assert said in refusal.value.sentence
    assert (Import.everything.count(), StoredFile.everything.count(), ImportRow.everything.count()) == (0, 0, 0)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 60  # megabytes of the portal's own


def test_a_sheet_that_declares_two_gigabytes_is_read_for_what_it_holds(cast: Cast):
    content = sheet(HEADINGS, LAN, before='<dimension ref="A1:XFD1048576"/>')
    assert said_of(facts(cast, content)) == FACTS_OF_LAN


def test_more_rows_than_are_taken(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("members.imports.receiving.MOST_ROWS", 2)
    with pytest.raises(DomainError, match="quá 2 dòng"):
        bring_sheet(upload(sheet(HEADINGS, LAN, PAO)), organisation=cast.phu_luong, by=cast.actor("mai"))


def test_another_sheet_of_libreoffice_is_told(cast: Cast):
    with pytest.raises(DomainError):
        bring_sheet(upload(opendocument(Kind.ODT), "a.odt"), organisation=cast.phu_luong, by=cast.actor("mai"))
