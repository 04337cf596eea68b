"""What is not taken: said in clear words, and nothing of it is kept, neither on the disk nor in the database."""

import time
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.accounts.models import Account
from portal.files.inspection import office
from portal.files.inspection.whole import inspected
from portal.files.kinds import IMAGES, PAPERS, Kind
from portal.files.models import StoredFile
from portal.files.refusals import FileRefused
from portal.files.services.storing import store_file
from tests.conftest import actor
from tests.files import makers
from tests.files.makers import opendocument, photo, upload, word, zipped

SCRIPT = b"<script>alert(1)</script>"
JAR = zipped({"META-INF/MANIFEST.MF": b"Main-Class: A", "A.class": b"\xca\xfe\xba\xbe"})
MEGABYTE = 1024 * 1024

# what it is: (its name, its content, a word of the sentence)
AWKWARD: dict[str, tuple[str, bytes, str]] = {
    "an empty file": ("a.pdf", b"", "không có gì bên trong"),
    "an SVG with a script": ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>", "SVG"),
    "an SVG named .png": ("a.png", b"<?xml version='1.0'?><svg>" + SCRIPT + b"</svg>", "SVG"),
    "an SVG behind a long comment": ("a.svg", b"<!--" + b"x" * 5_000 + b"--><svg/>", "HTML"),
    "a web page": ("a.html", b"<!doctype html><p>" + SCRIPT, "HTML"),
    "a web page named .txt": ("a.txt", b"\xef\xbb\xbf \n<html>" + SCRIPT, "HTML"),
    "a script in a text": ("a.txt", b"Xin chao " + SCRIPT, "HTML"),
    "a PDF named .jpg": ("anh.jpg", makers.pdf(), "Tên tệp ghi “.jpg” nhưng bên trong là PDF"),
    "a photo named .pdf": ("a.pdf", photo(), "bên trong là ảnh JPG"),
    "a photo named .png": ("a.png", photo(), "bên trong là ảnh JPG"),
    "a Word file named .xlsx": ("a.xlsx", word(), "bên trong là Word"),
    "a text named .pdf": ("a.pdf", "Biên bản".encode(), "bên trong là văn bản thuần"),
    "a program": ("a.pdf", b"MZ\x90\x00" + bytes(200), "Không nhận ra"),
    "a program with two endings": ("hoa-don.pdf.exe", b"\x7fELF" + bytes(200), "Không nhận ra"),
    "text in an old alphabet": ("a.txt", "Đảng bộ".encode("utf-16"), "UTF-8"),
    "a table in an old alphabet": ("a.csv", "họ;tên".encode("cp1258", "replace") + b"\xff\xfe", "UTF-8"),
    "a text with control characters": ("a.txt", b"a\x1b[2Jb", "Không nhận ra"),
    "a GIF": ("a.gif", photo("GIF"), "Ảnh kiểu này"),
    "a TIFF": ("a.tif", photo("TIFF"), "Ảnh kiểu này"),
    "a photo of an iPhone": ("a.heic", b"\0\0\0\x24ftypheic" + bytes(200), "HEIC"),
    "a Word file of before 2007": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".doc, .xls"),
    # photos
    "half a photo": ("a.jpg", photo(size=(600, 400))[:1500], "hỏng"),
    "a photo of nothing but its head": ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(50), "hỏng"),
    "a PNG with a broken inside": ("a.png", photo("PNG")[:40] + bytes(60), "hỏng"),
    "a WebP with a broken inside": ("a.webp", b"RIFF\x40\0\0\0WEBPVP8 " + bytes(60), "hỏng"),
    "a picture of 100 million pixels": ("a.png", makers.huge_picture(10_000), "50 triệu điểm ảnh"),
    "a picture of 4 000 million pixels": ("a.png", makers.huge_picture(65_000), "50 triệu điểm ảnh"),
    # two in one
    "a PDF behind a photo": ("a.pdf", b"\xff\xd8\xff" + makers.pdf(), "bên trong là ảnh JPG"),
    "a PDF behind something": ("a.pdf", b"GIF89a" + makers.pdf(), "phần lạ ở đầu"),
    "a PDF before a JAR": ("a.pdf", makers.pdf(after=b"\n" + JAR), "phần lạ"),
    "a PDF around a JAR": ("a.pdf", makers.pdf(b"", after=b"\n" + zipped({"A.class": b"1"}, comment=b"%%EOF")), "phần lạ"),
    "a PDF that is a web page too": ("a.pdf", b"%PDF-1.4\n<html>" + SCRIPT + makers.pdf(), "phần lạ"),
    "a PDF without an end": ("a.pdf", makers.pdf()[:40], "hỏng"),
    "a PDF with a tail": ("a.pdf", makers.pdf(after=b"\n" + SCRIPT), "phần lạ"),
    "a Word file behind something": ("a.docx", zipped({"a": b"1"}) + word(), "hỏng"),
    "a Word file behind a hidden member": ("a.docx", word(before=b"PK\x03\x04" + SCRIPT), "hỏng"),
    "a Word file that promises a comment": ("a.docx", word()[:-2] + b"\x05\0", "hỏng"),
    "a Word file with two tables of contents": ("a.docx", makers.with_a_second_end(word()), "hỏng"),
    "a Word file before something": ("a.docx", word() + SCRIPT, "hỏng"),
    "a Word file with a web page in its comment": ("a.docx", word(comment=SCRIPT), "hỏng"),
    "a Word file that is a JAR too": ("a.docx", word({"META-INF/MANIFEST.MF": b"Main-Class: A"}), "mã chạy được"),
    # what runs
    "a PDF that runs a script": ("a.pdf", makers.pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>"), "mã chạy được"),
    "a PDF that runs a script written by numbers": ("a.pdf", makers.pdf(b"<< /S /J#61vaScript >>"), "mã chạy được"),
    "a PDF with a script by reference": ("a.pdf", makers.pdf(b"<< /S /Rendition /JS 12 0 R >>"), "mã chạy được"),
    "a PDF that starts a program": ("a.pdf", makers.pdf(b"<< /S /Launch /F (cmd.exe) >>"), "mã chạy được"),
    "a PDF with a file in it": ("a.pdf", makers.pdf(b"<< /Type /EmbeddedFile >>"), "tệp khác giấu bên trong"),
    "a PDF with a packed script": ("a.pdf", makers.pdf(makers.packed_object(b"<</S/JavaScript>>")), "mã chạy được"),
    "a PDF with a packed bomb": ("a.pdf", makers.pdf(makers.packed_object(bytes(60 * MEGABYTE))), "nén quá mức"),
    "a Word file with macros": ("a.docx", word({"word/vbaProject.bin": b"\xd0\xcf"}), "macro"),
    "a .docm named .docx": ("a.docx", word(main=makers.WORD_WITH_MACROS), "macro"),
    "a Writer file with macros": ("a.odt", opendocument(Kind.ODT, {"Basic/Standard/Module1.xml": b"<m/>"}), "macro"),
    # office files that are none
    "a ZIP": ("a.zip", zipped({"a.txt": b"a"}), "hỏng"),
    "a ZIP named .docx": ("a.docx", zipped({"a.txt": b"a"}), "hỏng"),
    "half a Word file": ("a.docx", word()[:-30], "hỏng"),
    "the first bytes of a ZIP": ("a.docx", b"PK\x03\x04", "hỏng"),
    "a Word file that is an Excel file too": ("a.docx", word(main=makers.WORD + '"/><b a="' + makers.EXCEL), "hỏng"),
    "an OpenDocument drawing": ("a.odt", zipped({"mimetype": b"application/vnd.oasis.opendocument.graphics"}), "hỏng"),
    "a member that leads out": ("a.docx", word({"../../etc/passwd": b"x"}), "hỏng"),
    "a member with a root": ("a.docx", word({"/etc/passwd": b"x"}), "hỏng"),
    "a member with a drive": ("a.docx", word({"C:\\x": b"x"}), "hỏng"),
    "a member packed the unusual way": ("a.docx", word(packing=zipfile.ZIP_LZMA), "hỏng"),
    "a zip bomb": ("a.docx", word({"word/media/1": bytes(100 * MEGABYTE)}), "nén quá mức"),
    "too many members": ("a.docx", word({f"word/{n}": b"" for n in range(office.MOST_MEMBERS)}), "nén quá mức"),
}  # fmt: skip


@pytest.mark.parametrize("awkward", AWKWARD)
def test_is_refused_in_words_and_leaves_nothing(thinh: Account, folder: Path, awkward: str):
    name, content, said = AWKWARD[awkward]
    with pytest.raises(FileRefused, match=said) as refusal:
        makers.store(name, content, by=actor(thinh), field="paper")
    assert refusal.value.field == "paper"
    assert makers.on_disk(folder) == []
    assert StoredFile.everything.count() == 0


def test_a_photo_of_100_mb_is_refused_before_it_is_read(thinh: Account, folder: Path):
    heavy = makers.sparse("anh.jpg", photo(), 100 * MEGABYTE)
    tracemalloc.start()
    with pytest.raises(FileRefused, match="nặng 100 MB, lớn quá: tối đa 25 MB"):
        store_file(heavy, kinds=IMAGES, by=actor(thinh))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MEGABYTE / 4
    assert makers.on_disk(folder) == []


@pytest.mark.parametrize(("size", "name"), [(21 * MEGABYTE, "a.pdf"), (26 * MEGABYTE, "a.jpg")])
def test_where_papers_and_photos_are_taken_each_has_its_limit(thinh: Account, size: int, name: str):
    heavy = makers.sparse(name, makers.pdf() if name == "a.pdf" else photo(), size)
    with pytest.raises(FileRefused, match="tài liệu tối đa 20 MB, ảnh tối đa 25 MB"):
        store_file(heavy, kinds=PAPERS | IMAGES, by=actor(thinh))


@pytest.mark.parametrize("bomb", ["a zip bomb", "a picture of 4 000 million pixels"])
def test_a_bomb_is_seen_without_being_unpacked(db: None, bomb: str):
    name, content, _ = AWKWARD[bomb]
    tracemalloc.start()
    with pytest.raises(FileRefused):
        inspected(upload(name, content), makers.EVERY_KIND)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * MEGABYTE


def test_members_that_share_their_bytes_gain_nothing(db: None):
    """The table of contents names one member many times under many names: small file, large promise."""
    once = zipped({"[Content_Types].xml": b"x", "a": bytes(30 * MEGABYTE)})
    start = int.from_bytes(once[-6:-2], "little")
    entry = once[start:-22][-47:]
    many = b"".join(entry[:-1] + bytes([letter]) for letter in range(97, 107))
    end = b"PK\x05\x06" + bytes(4) + (11).to_bytes(2, "little") * 2 + (len(many) + 65).to_bytes(4, "little")
    content = once[:start] + once[start:-22][:65] + many + end + start.to_bytes(4, "little") + bytes(2)
    with pytest.raises(FileRefused, match="nén quá mức"):
        inspected(upload("a.docx", content), makers.EVERY_KIND)


def test_a_table_of_contents_that_belies_its_count_is_not_read(db: None):
    many = bytearray(word({f"word/{n:060}": b"" for n in range(20_000)}))
    many[-14:-10] = b"\x02\0\x02\0"
    tracemalloc.start()
    with pytest.raises(FileRefused, match="nén quá mức"):
        inspected(upload("a.docx", bytes(many)), makers.EVERY_KIND)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * len(many)


def test_a_kind_that_is_not_taken_here_is_refused_with_what_is(thinh: Account):
    with pytest.raises(FileRefused, match=r"không nhận ảnh JPG. Hãy chọn tệp PDF, Word \(.docx\) hoặc"):
        store_file(upload("a.jpg", photo()), kinds=PAPERS, by=actor(thinh))


@pytest.mark.parametrize(
    "inside",
    [
        b"/ObjStm stream\n" * 400_000,
        b"/ObjStm" * 900_000,
        b"/J#53" * 900_000,
        # each holds all that follow, and then endless empty blocks
        b"/ObjStm stream\n\x78\x9c\0\x11\0\xee\xff" * 1_000 + b"x" * 17 + b"\0\0\0\xff\xff" * 3_000_000,
    ],
    ids=["beginnings", "names", "escapes", "blocks"],
)
def test_a_hostile_pdf_costs_little_time(inside: bytes):
    """Endless beginnings of object streams: their end is looked for once, and their number is limited."""
    paper = upload("a.pdf", makers.pdf(inside))
    started = time.process_time()
    with suppress(FileRefused):
        inspected(paper, makers.EVERY_KIND)
    assert time.process_time() - started < 5


GOOD = {"a.pdf": makers.pdf(makers.packed_object(b"<</Type/Catalog>>")), "a.docx": word(), "a.jpg": photo(),
        "a.png": photo("PNG"), "a.webp": photo("WEBP"), "a.ods": opendocument(Kind.ODS)}  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(GOOD)), st.data())
def test_whatever_is_done_to_a_file_it_is_taken_or_refused_in_words(name: str, data: st.DataObject):
    content = bytearray(GOOD[name])
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=6))
        content = content or bytearray(b"x")
    with suppress(FileRefused):
        inspected(upload(name, bytes(content)), makers.EVERY_KIND)
