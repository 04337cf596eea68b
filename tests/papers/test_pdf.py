"""What a PDF says, carries and refuses."""

import logging
import socket
import unicodedata
from io import BytesIO

import pytest
from weasyprint import HTML

from portal.files import shelf
from portal.papers.content import Book, Column, Table, Text
from portal.papers.fetching import NotOurs, OnlyOurs
from portal.papers.pdf import css_of, html_of, pdf_of, printed
from tests.papers.reading import facts_of, flat, fonts_in, lines_of, text_in
from tests.papers.samples import HEADING, OFFICIAL, TONES, VOWELS, a_paper, of_everything

NASTY = [
    "<script>alert(1)</script>", "<img src=http://127.0.0.1:9/a.png>", "<img src=file:///etc/passwd>",
    '"><style>@import url(http://127.0.0.1:9/x.css)</style>', "<link rel=attachment href=file:///etc/hosts>",
    "url(data:text/css,*{display:none})", "{{ 7 * 7 }}{% include 'base.html' %}", "&lt;b&gt; & ' \"",
]  # fmt: skip


def test_everything_stands_in_its_order():
    said = flat(pdf_of(of_everything(), OFFICIAL))
    parts = [
        "ĐẢNG BỘ XÃ PHÚ LƯƠNG", "CHI BỘ THÔN ĐÔNG", "*", "Số 01-NQ/CB", "DỰ THẢO", "NGHỊ QUYẾT", "về nhiệm vụ tháng 3",
        "----", "Kính gửi: Đảng ủy xã", "I. MỞ ĐẦU", "Thời gian: Dòng một.", "Dòng hai.", "1. Việc", "- Ý một", "- Ý hai",
        "Bảng 1. Việc", "TT", "Sửa cầu", "1.200", "Dọn kênh", "Cộng", "1.500", "Ghi chú.", "a) Nhỏ", "Cuối.",
    ]  # fmt: skip
    places = [said.index(part) for part in parts]
    assert places == sorted(places)
    assert {"T/M CHI BỘ", "BÍ THƯ", "Lò Văn Thịnh", "Nơi nhận:"} <= {
        line.words.strip() for line in lines_of_everything()
    }


def lines_of_everything():
    return lines_of(pdf_of(of_everything(), OFFICIAL))


def test_all_vietnamese_letters_are_embedded():
    letters = unicodedata.normalize("NFC", " ".join(vowel + tone for vowel in VOWELS for tone in TONES)) + " đ"
    letters += " " + letters.upper()
    pdf = pdf_of(a_paper(Text(letters, lead=letters)), OFFICIAL)
    assert set(letters.split()) <= set(flat(pdf).split())
    fonts = fonts_in(pdf)
    assert fonts
    assert all(embedded for _, embedded in fonts)
    assert all("Liberation-Serif" in name for name, _ in fonts)


def test_what_people_typed_is_text_and_nothing_else():
    """Also where it stands in the heading, in a table, in the title of the file."""
    table = Table((Column("A"), Column("B")), tuple((word, word) for word in NASTY))
    pdf = pdf_of(
        a_paper(Text("\n".join(NASTY)), table, type=NASTY[0], abstract=NASTY[3], recipients=tuple(NASTY)), OFFICIAL
    )
    said = "".join(text_in(pdf).split())
    for word in NASTY:
        assert said.count("".join(word.split())) >= 2, word
    assert "root:" not in said
    assert NASTY[0] in facts_of(pdf)["Title"]


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture):
    """Not even where markup did get into the page: in HTML, in CSS, by any scheme."""

    def never(*_: object, **__: object) -> None:
        raise AssertionError("a paper went out")

    monkeypatch.setattr(socket.socket, "connect", never)
    addresses = ["http://127.0.0.1:9/a.png", "https://a.example/a", "file:///etc/passwd", "data:image/png;base64,AAAA",
                 "ftp://a.example/a", "//a.example/a", "/etc/passwd", "private:stored/00/" + "0" * 32 + ".png",
                 "static:../portal/settings.py", "static:css/../../portal/settings.py"]  # fmt: skip
    page = "".join(
        f'<img src="{one}"><object data="{one}"></object><link rel=stylesheet href="{one}"><link rel=attachment href="{one}">'
        f'<style>@import url("{one}"); @font-face {{ font-family: x; src: url("{one}") }} p {{ background: url("{one}") }}</style>'
        for one in addresses
    )  # fmt: skip
    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        pdf = printed(f"<html lang=vi><body><p style='font-family: x'>Chữ</p>{page}", OFFICIAL)
    assert flat(pdf) == "Chữ"
    for one in addresses:
        with pytest.raises(NotOurs):
            OnlyOurs().fetch(one)


def test_our_own_files_are_served(monkeypatch: pytest.MonkeyPatch):
    sheet = OnlyOurs().fetch("static:css/papers/paper.css")
    assert b".head__issuer" in sheet.read()
    sheet.close()
    path = "stored/aa/" + "a" * 32 + ".png"
    monkeypatch.setattr(shelf, "open_file", lambda asked: {path: BytesIO(b"drawn")}[asked])
    own = OnlyOurs([path]).fetch(f"private:{path}")
    assert own.content_type == "image/png"
    own.close()


def test_the_file_says_what_it_is():
    pdf = pdf_of(of_everything(), OFFICIAL)
    facts = facts_of(pdf)
    assert facts["Title"] == "Nghị quyết về nhiệm vụ tháng 3"
    assert facts["Author"] == "Chi bộ thôn Đông"
    assert b"/Lang (vi)" in HTML(string=html_of(of_everything())).write_pdf(uncompressed_pdf=True)
    assert facts["Page size"].startswith("595.276 x 841.89")
    assert pdf == pdf_of(of_everything(), OFFICIAL)  # the same content, the same file


def test_the_head_of_a_long_table_repeats():
    rows = tuple((str(number), f"Người {number}") for number in range(1, 90))
    pdf = pdf_of(a_paper(Table((Column("TT", 12), Column("Họ và tên")), rows, tall=True)), OFFICIAL)
    heads = [line.page for line in lines_of(pdf) if line.words.strip() == "Họ và tên"]
    assert heads == list(range(1, int(facts_of(pdf)["Pages"]) + 1))
    assert len(heads) >= 3


def test_a_book_has_contents_with_pages_and_bookmarks():
    papers = tuple(a_paper(Text(f"Nội dung {number}."), abstract=f"việc thứ {number}") for number in (1, 2, 3))
    pdf = pdf_of(Book(HEADING, "Sổ nghị quyết", "năm 2026", papers), OFFICIAL)
    lines = lines_of(pdf)
    contents = [line.words.strip() for line in lines if line.page == 2]
    assert [word for word in contents if word.isdigit()] == ["3", "4", "5", "2"]  # of the three papers, and its own
    assert [line.page for line in lines if line.words.startswith("Nội dung")] == [3, 4, 5]
    raw = HTML(string=html_of(Book(HEADING, "Sổ nghị quyết", "năm 2026", papers))).write_pdf(uncompressed_pdf=True)
    assert raw.count(b"/Title") >= 5 + 1


def test_a_book_of_nothing_says_so():
    assert "Chưa có." in flat(pdf_of(Book(HEADING, "Sổ", "năm 2026", (), "Chưa có."), OFFICIAL))


def test_the_style_sheet_holds_no_comma_of_our_language():
    """12,5pt would be thrown away by the reader of the sheet."""
    assert "12.0pt" in css_of(OFFICIAL) or "12pt" in css_of(OFFICIAL)
    assert ",5pt" not in css_of(OFFICIAL)
