"""Names come from anywhere: what is kept of them is a name, in Vietnamese letters, that ends in what the file is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.files import names
from portal.files.kinds import Kind
from portal.files.refusals import FileRefused

AGREED = "Biên bản họp chi bộ thôn Nà Pài.pdf"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (AGREED, AGREED),
        (unicodedata.normalize("NFD", AGREED), AGREED),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Hoa\\Biên bản.PDF", "Biên bản.pdf"),
        ("..", "tep.pdf"),
        ("", "tep.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie- x=1.pdf"),
        ("bao\u202efdp.exe.pdf", "baofdp.exe.pdf"),
        ("trống\u200b\ufeff rỗng\u00a0\u3000.pdf", "trống rỗng.pdf"),
        ('a"b<c>d|e?f*.pdf', "a-b-c-d-e-f-.pdf"),
        ("Công văn số 12-CV.ĐU", "Công văn số 12-CV.ĐU.pdf"),
        ("Tháng 12.2025", "Tháng 12.2025.pdf"),
        ("\U0001f680.pdf", "\U0001f680.pdf"),
    ],
)
def test_a_name_is_cleaned(given: str, kept: str):
    assert names.cleaned(given, Kind.PDF) == kept


def test_a_long_name_is_cut_and_keeps_its_ending():
    kept = names.cleaned("ế" * 500 + ".jpeg", Kind.JPEG)
    assert len(kept) == names.LONGEST
    assert kept.endswith("ế.jpg")


@pytest.mark.parametrize("given", ["a.PDF", "a.pdf", "a", "a.", "12-CV.ĐU", "12.2025"])
def test_a_name_that_says_nothing_else_agrees(given: str):
    names.must_agree(given, Kind.PDF)


@pytest.mark.parametrize("given", ["a.jpg", "a.pdf.exe", "a.JPG ", "a.j\u200bpg", "a.mp4"])
def test_a_name_that_says_something_else_is_refused(given: str):
    with pytest.raises(FileRefused, match="đừng chỉ đổi đuôi tên"):
        names.must_agree(given, Kind.PDF)


@given(st.text(max_size=300), st.sampled_from(list(Kind)))
def test_whatever_the_name_what_is_kept_is_one(given: str, kind: Kind):
    kept = names.cleaned(given, kind)
    assert kept.endswith("." + kind.facts.extensions[0])
    assert len(kept) <= names.LONGEST
    assert kept == unicodedata.normalize("NFC", kept)
    assert kept[0] not in ". "
    assert not set(kept) & set('/\\<>:"|?*')
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in kept)
