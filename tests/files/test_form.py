"""The field that chooses a file: what it says, and what it refuses before anything is stored."""

import pytest
from lxml import html

from portal.accounts.models import Account
from portal.files.forms import StoredFileField
from portal.files.kinds import IMAGES, PAPERS, Kind
from portal.files.models import StoredFile
from portal.files.services.storing import store_file
from portal.ui.forms import PortalForm, refusals_in
from tests.conftest import actor
from tests.files import makers
from tests.files.makers import pdf, photo, upload, word


class PaperForm(PortalForm):
    paper = StoredFileField(label="Văn bản đính kèm", kinds=PAPERS)
    photo = StoredFileField(label="Ảnh", kinds=IMAGES, required=False)


def sent(**files: object) -> PaperForm:
    return PaperForm({}, files)


def test_it_says_what_is_taken_and_how_large():
    page = html.fromstring(str(PaperForm()))
    said = " ".join(page.text_content().split())
    assert "PDF, Word (.docx) hoặc văn bản LibreOffice (.odt); tối đa 20 MB." in said
    assert "Ảnh JPG, ảnh PNG hoặc ảnh WebP; tối đa 25 MB." in said
    assert page.xpath("//input[@name='photo']/@accept") == [
        ".jpg,.jpeg,.jfif,.png,.webp,image/jpeg,image/png,image/webp"
    ]


def test_a_good_file_passes_and_is_stored(thinh: Account):
    form = sent(paper=upload("Biên bản.pdf", pdf()))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["photo"] is None
    file = store_file(form.cleaned_data["paper"], kinds=PAPERS, by=actor(thinh), field="paper")
    assert file.kind == Kind.PDF


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (None, "Chưa chọn văn bản đính kèm."),
        (("a.pdf", b""), "Tệp này không có gì bên trong"),
        (("a.pdf", photo()), "không nhận ảnh JPG"),
        (("a.docx", pdf()), "Tên tệp ghi “.docx” nhưng bên trong là PDF"),
        (("a.svg", b"<svg/>"), "Ảnh SVG"),
    ],
)
def test_a_wrong_file_is_refused_beside_the_field(chosen: tuple[str, bytes] | None, said: str):
    form = sent(**({"paper": upload(*chosen)} if chosen else {}))
    assert said in form.errors["paper"][0]


def test_a_photo_of_100_mb_is_refused_beside_the_field():
    form = sent(paper=upload("a.pdf", pdf()), photo=makers.sparse("a.jpg", photo(), 100 * 1024 * 1024))
    assert "nặng 100 MB" in form.errors["photo"][0]


def test_what_only_the_service_sees_is_said_beside_the_field_too(thinh: Account):
    form = sent(paper=upload("a.pdf", pdf(b"<< /S /JavaScript >>")))
    assert form.is_valid()
    with refusals_in(form):
        store_file(form.cleaned_data["paper"], kinds=PAPERS, by=actor(thinh), field="paper")
    assert "mã chạy được" in form.errors["paper"][0]
    assert StoredFile.everything.count() == 0


def test_a_macro_is_seen_by_the_form():
    assert "macro" in sent(paper=upload("a.docx", word({"word/vbaProject.bin": b"x"}))).errors["paper"][0]
