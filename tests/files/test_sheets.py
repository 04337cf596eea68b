"""Tables that people bring: read whole and as they look, or refused with a sentence; nothing they hold harms the portal."""

import contextlib
import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.files.kinds import Kind
from portal.files.refusals import FileRefused
from portal.files.sheets.blank import blank_sheet
from portal.files.sheets.headings import Column, lines_of, rows_again
from portal.files.sheets.letters import in_old_letters
from portal.files.sheets.reading import rows_of_file, rows_of_text
from portal.files.sheets.texts import as_pasted
from portal.files.sheets.workbooks import OLD_EXCEL
from tests.files.makers import opendocument, upload, word, zipped
from tests.files.old_excel import old_excel

COLUMNS = {
    "name": Column("Họ và tên", ("ho va ten", "ho ten"), required=True),
    "phone": Column("Số điện thoại", ("so dien thoai", "sdt")),
    "place": Column("Chi bộ", ("chi bo",)),
    "code": Column("Mã", ("ma", "ma chi bo")),
}
TABLE = [["Họ và tên", "SĐT"], ["Nguyễn Thị Hoà", "0912345678"]]


def read(name: str, content: bytes, most: int = 100) -> list[list[str]]:
    return rows_of_file(upload(name, content), most_rows=most)


def excel(cells: str, *, more: dict[str, bytes] | None = None) -> bytes:
    """A workbook whose sheet holds these rows, written as XML."""
    empty = blank_sheet("", ["x"], [10])
    with zipfile.ZipFile(io.BytesIO(empty)) as folder:
        parts = {name: folder.read(name) for name in folder.namelist()}
    head = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    parts["xl/worksheets/sheet1.xml"] = f"{head}{cells}</sheetData></worksheet>".encode()
    return zipped(parts | (more or {}))


def text(reference: str, said: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{said}</t></is></c>'


def libre(rows: str) -> bytes:
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'  # fmt: skip
    body = f'<office:document-content {names}><office:body><office:spreadsheet><table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'  # fmt: skip
    manifest = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return opendocument(Kind.ODS, {"content.xml": body.encode(), "META-INF/manifest.xml": manifest})


def cell(said: str, times: int = 1) -> str:
    return f'<table:table-cell office:value-type="string" table:number-columns-repeated="{times}"><text:p>{said}</text:p></table:table-cell>'


def refused(name: str, content: bytes) -> str:
    with pytest.raises(FileRefused) as refusal:
        read(name, content)
    return refusal.value.sentence


# ------------------------------------------------------------------ what is taken
def test_the_blank_sheet_reads_back_as_it_was_written():
    made = blank_sheet("Ghi từ dòng 3 & <đủ>", ["Họ và tên", "SĐT"], [20, 10])
    assert read("mau.xlsx", made) == [["Ghi từ dòng 3 & <đủ>"] + [""], TABLE[0]]


def test_cells_come_as_they_look():
    cells = f'<row r="3">{text("B3", "Lan")}<c r="C3"><v>912345678</v></c><c r="D3"><v>1.5</v></c><c r="E3" t="b"><v>1</v></c></row>'
    assert read("a.xlsx", excel(cells)) == [[""] * 5, [""] * 5, ["", "Lan", "912345678", "1.5", "1"]]


def test_libreoffice():
    rows = f"<table:table-row>{cell('Họ và tên')}{cell('SĐT')}</table:table-row><table:table-row>{cell('Lan')}{cell('0912')}</table:table-row>"
    assert read("a.ods", libre(rows)) == [["Họ và tên", "SĐT"], ["Lan", "0912"]]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_csv_with_every_separator_with_and_without_the_mark(separator: str, mark: str):
    content = mark + "\r\n".join(separator.join(row) for row in TABLE)
    assert read("a.csv", content.encode()) == TABLE


def test_a_cell_of_several_lines_and_quotes_is_one_cell():
    assert rows_of_text('Tên\tGhi chú\nLan\t"dòng một\ndòng ""hai"""', most_rows=9)[1] == ["Lan", 'dòng một dòng "hai"']


def test_letters_are_composed_and_unseen_signs_left_out():
    assert rows_of_text("Hoa\u0300\u200b\u202e\tx", most_rows=9) == [["Hoà", "x"]]


def test_empty_rows_keep_their_place_in_between_and_go_at_the_end():
    assert rows_of_text("a\tb\n\nc\td\n\n\t\n", most_rows=9) == [["a", "b"], [], ["c", "d"]]


def test_old_excel():
    assert read("a.xls", old_excel([["Họ và tên", "SĐT"], ["Nguyễn Thị Hoà", 912345678.0]])) == [
        TABLE[0],
        ["Nguyễn Thị Hoà", "912345678"],
    ]


@pytest.mark.parametrize("way", [0, 1, 4])
def test_old_excel_with_a_password_is_refused_and_says_so(way: int):
    locked = struct.pack("<2H", 0x002F, 6) + struct.pack("<3H", way, 1, 1)
    assert "mật khẩu" in refused("a.xls", old_excel(TABLE, more_records=locked))


# ------------------------------------------------------------------ what is refused
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"", "không có gì"),
        ("a.xlsx", b"PK\x03\x04 hong", "hỏng"),
        ("a.xlsx", word(), "không nhận"),
        ("a.xlsx", excel("", more={"xl/vbaProject.bin": b"x"}), "macro"),
        ("a.xlsx", excel("<row r='1'><c r='A1'"), "hỏng"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "hỏng"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + "EncryptedPackage".encode("utf-16-le"),
            "mật khẩu",
        ),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + "_VBA_PROJECT_CUR".encode("utf-16-le"), "macro"),
        ("a.csv", "Họ và tên,SĐT".encode("utf-16"), "UTF-8"),
        ("a.csv", b"\xff\xfe\xfd", "UTF-8"),
        ("a.csv", b'Ten,"mo ra', "nháy kép"),
        ("a.pdf", b"%PDF-1.7\n", "không nhận"),
        ("a.csv", b"\n\n ,\n", "chưa có dòng"),
        ("a.csv", b"a,b\n" * 101, "quá 100 dòng"),
        ("a.csv", b"a" * (2 * 1024 * 1024 + 1), "2 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(name: str, content: bytes, said: str):
    assert said in refused(name, content)


def test_a_cell_at_the_far_end_takes_no_memory_of_the_portal():
    far = f'<row r="1">{text("A1", "x")}</row><row r="1048576">{text("XFD1048576", "x")}</row>'
    assert "quá" in refused("a.xlsx", excel(far))


@pytest.mark.parametrize("times", [3_000, 1_000_000])
def test_a_row_repeated_very_often_takes_no_memory_of_the_portal(times: int):
    rows = f'<table:table-row table:number-rows-repeated="{times}">{cell("x" * 500, 16_000)}</table:table-row>'
    assert "Hãy" in refused("a.ods", libre(rows))


def test_the_empty_rows_that_libreoffice_writes_to_the_end_are_nothing():
    empty = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'  # fmt: skip
    assert read("a.ods", libre(f"<table:table-row>{cell('Họ tên')}</table:table-row>{empty}")) == [["Họ tên"]]


def test_a_zip_bomb_is_not_unpacked():
    assert "nén quá mức" in refused("a.xlsx", excel(" " * 60_000_000))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=600), st.sampled_from(["a.csv", "a.xls"]))
def test_no_bytes_do_anything_but_read_or_be_refused(content: bytes, name: str):
    with contextlib.suppress(FileRefused):
        read(name, OLD_EXCEL + content if name == "a.xls" else content)


@pytest.mark.parametrize("cut", [40, 300, 700, -200, -30])
def test_half_a_file_is_refused(cut: int):
    refused("a.xlsx", blank_sheet("Ghi từ dòng 3", ["Họ và tên"], [10])[:cut])


def test_an_old_excel_file_with_lying_sizes_is_refused():
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    refused("a.xls", head + b"\xff" * 4096)


# ------------------------------------------------------------------ letters of before Unicode
@pytest.mark.parametrize(
    "old", ["NguyÔn V¨n Hïng", "§¶ng viªn", "Hä vµ tªn", "Nguyeãn Vaên Huøng", "Ñaûng vieân", "Hoï vaø teân"]
)
def test_old_letters_are_known(old: str):
    assert in_old_letters(old)


@pytest.mark.parametrize(
    "new",
    ["Nguyễn Văn Hùng", "Đảng viên", "Hoà, Thuý, Uỷ ban", "H'Ñuê Niê Kđăm", "Y Thoăl Êban", "Lò Thị Quỳnh Âu", "Ngoéo Xoong",
     "BÍ THƯ CHI BỘ", "Đoàn Quốc Khoái", "Thào A Páo", "Giàng Seo Phử", "Đặng Ngọc Ẩn", "Ủy viên UBKT", "Ksor H'Bơ Khắp"],
)  # fmt: skip
def test_letters_of_today_are_not_taken_for_old_ones(new: str):
    assert not in_old_letters(new)
    assert not in_old_letters(new.upper())


def test_a_sheet_in_old_letters_is_refused_and_says_what_to_do():
    with pytest.raises(FileRefused, match="Unicode"):
        rows_of_text("Hä vµ tªn\tChøc vô\nNguyÔn V¨n Hïng\t§¶ng viªn", most_rows=9)


# ------------------------------------------------------------------ headings
def test_columns_are_found_in_any_order_under_a_title():
    rows = [
        ["DANH SÁCH ĐẢNG VIÊN"],
        [],
        ["Mã chi bộ", "STT", "SĐT", "HỌ TÊN"],
        ["PL-1", "1", "0912", "Lan"],
        [],
        ["", "2", "", "Hoa"],
    ]
    lines = lines_of(rows, COLUMNS)
    assert [(line.number, line.cells["name"], line.cells["code"], line.cells["place"]) for line in lines] == [
        (4, "Lan", "PL-1", ""),
        (6, "Hoa", "", ""),
    ]


def test_a_longer_heading_is_taken_when_no_whole_one_is_there():
    assert (
        lines_of([["Họ và tên khai sinh", "Chi bộ đang sinh hoạt"], ["Lan", "Đông"]], COLUMNS)[0].cells["place"]
        == "Đông"
    )


@pytest.mark.parametrize(
    ("heading", "said"), [(["a", "b"], "Không thấy dòng tên cột"), (["SĐT", "Mã"], "thiếu cột “Họ và tên”")]
)
def test_what_is_missing_is_said(heading: list[str], said: str):
    with pytest.raises(FileRefused, match=said):
        lines_of([heading, ["1", "2"]], COLUMNS)


def test_a_table_written_again_keeps_its_numbers():
    lines = lines_of([["Tiêu đề"], ["SĐT", "Họ tên"], ["", "Lan"], [], ["0912", 'Hoa "B"']], COLUMNS)
    again = lines_of(rows_of_text(as_pasted(rows_again(lines, COLUMNS)), most_rows=99), COLUMNS)
    assert again == lines
