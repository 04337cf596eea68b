"""A file is kept whole with its row, or not at all."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import IntegrityError, transaction
from weasyprint import HTML

from portal.access.permissions import Permission
from portal.accounts.models import Account
from portal.files import doors, shelf
from portal.files.folder import PrivateFolder
from portal.files.kinds import Kind
from portal.files.models import StoredFile
from portal.files.refusals import FileRefused
from portal.files.services.storing import hand_over, keep_made, store_file, throw_away
from portal.words.errors import NotAllowed
from tests.conftest import actor
from tests.files import makers
from tests.files.makers import on_disk, opendocument, pdf, photo, store, word

TAKEN = {
    Kind.PDF: ("Biên bản.pdf", pdf()),
    Kind.DOCX: ("Nghị quyết.docx", word()),
    Kind.XLSX: ("Danh sách.xlsx", word(main=makers.EXCEL)),
    Kind.ODT: ("Nghị quyết.odt", opendocument(Kind.ODT)),
    Kind.ODS: ("Danh sách.ods", opendocument(Kind.ODS)),
    Kind.TXT: ("Ghi chép.txt", "Đảng ủy xã, 100 % có mặt\r\n".encode()),
    Kind.CSV: ("Danh sách.csv", "\ufeffhọ;tên\r\n".encode()),
}


class Mishap(Exception):
    """Something else goes wrong in the same transaction."""


def mishap() -> None:
    raise Mishap


def store_and_fail(by: Account, folder: Path) -> None:
    before = len(on_disk(folder))
    with transaction.atomic():
        store("c.pdf", pdf(), by=actor(by))
        assert len(on_disk(folder)) == before + 1
        raise Mishap


@pytest.mark.parametrize("kind", TAKEN)
def test_papers_are_kept_byte_for_byte(thinh: Account, folder: Path, kind: Kind):
    name, content = TAKEN[kind]
    file = store(name, content, by=actor(thinh))
    assert (file.kind, file.name, file.size) == (kind, name, len(content))
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert [path.read_bytes() for path in on_disk(folder)] == [content]


def test_what_the_portal_made_is_kept_as_it_is(thinh: Account, folder: Path):
    """A paper that carries its tables, which would be refused of a stranger; an archive, which nobody may bring."""
    carries = pdf(b"<< /Type /Catalog /Names << /EmbeddedFiles 2 0 R >> >>")
    with pytest.raises(FileRefused):
        store("Báo cáo.pdf", carries, by=actor(thinh))
    file = keep_made(ContentFile(carries), kind=Kind.PDF, name="Báo cáo.pdf", by=actor(thinh), door="")
    assert [path.read_bytes() for path in on_disk(folder)] == [carries]
    assert file.sha256 == hashlib.sha256(carries).hexdigest()
    archive = keep_made(ContentFile(b"PK"), kind=Kind.ZIP, name="Tất cả", by=actor(thinh), door="")
    assert archive.name == "Tất cả.zip"


def test_a_photo_is_kept_as_it_was_drawn_anew(thinh: Account, folder: Path):
    file = store("Ảnh.webp", photo("WEBP"), by=actor(thinh))
    kept = on_disk(folder)[0].read_bytes()
    assert (file.kind, file.name, file.size) == (Kind.JPEG, "Ảnh.jpg", len(kept))
    assert file.sha256 == hashlib.sha256(kept).hexdigest()


def test_a_real_pdf_of_ours_is_taken(thinh: Account):
    paper = HTML(string="<h1>Biên bản họp chi bộ</h1>").write_pdf()
    assert store("Biên bản.pdf", paper, by=actor(thinh)).kind == Kind.PDF


def test_nobody_else_on_the_machine_reads_it_and_its_place_tells_nothing(thinh: Account, folder: Path):
    file = store("Biên bản mật.pdf", pdf(), by=actor(thinh))
    path = folder / file.path
    assert path.stat().st_mode & 0o777 == 0o600
    assert {parent.stat().st_mode & 0o777 for parent in [path.parent, path.parent.parent]} == {0o700}
    assert "mật" not in file.path


def test_a_large_upload_is_copied_and_stays_where_it_was(thinh: Account, folder: Path):
    upload = TemporaryUploadedFile("a.pdf", "", 0, None)
    upload.write(pdf())
    upload.size = len(pdf())
    file = store_file(upload, kinds=[Kind.PDF], by=actor(thinh))
    assert Path(upload.temporary_file_path()).exists()
    assert (folder / file.path).read_bytes() == pdf()


def test_a_transaction_that_rolls_back_takes_the_file_with_it(thinh: Account, folder: Path):
    with pytest.raises(Mishap):
        store_and_fail(thinh, folder)
    assert on_disk(folder) == []


def test_what_a_part_that_rolls_back_stored_is_gone_and_the_rest_stays(thinh: Account, folder: Path):
    with transaction.atomic():
        kept = store("a.pdf", pdf(), by=actor(thinh))
        with pytest.raises(Mishap):
            store_and_fail(thinh, folder)
    assert [path.name for path in on_disk(folder)] == [Path(kept.path).name]


def test_a_file_that_was_committed_stays_even_if_another_hook_fails_after(committed: None, folder: Path):
    thinh = Account(username="thinh", full_name="Lò Văn Thịnh")
    thinh.save()

    def store_behind_a_bad_hook() -> None:
        with transaction.atomic():
            transaction.on_commit(mishap)
            store("a.pdf", pdf(), by=actor(thinh))

    with pytest.raises(Mishap):
        store_behind_a_bad_hook()
    assert [folder / file.path for file in StoredFile.everything.all()] == on_disk(folder) != []


def test_a_file_is_gone_with_its_transaction_on_a_real_commit_too(committed: None, folder: Path):
    thinh = Account(username="thinh", full_name="Lò Văn Thịnh")
    thinh.save()
    with pytest.raises(Mishap):
        store_and_fail(thinh, folder)
    assert on_disk(folder) == []
    store("b.pdf", pdf(), by=actor(thinh))
    assert len(on_disk(folder)) == 1


def test_a_disk_that_fails_leaves_no_row_and_no_half_file(
    thinh: Account, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("portal.files.folder.os.replace", full)
    with pytest.raises(OSError, match="No space"):
        store("a.pdf", pdf(), by=actor(thinh))
    assert on_disk(folder) == []
    assert StoredFile.everything.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"kind": "webp"},
        {"kind": "exe"},
        {"size": 0},
        {"sha256": "x"},
        {"path": "stored/../../etc/passwd"},
    ],
    ids=str,
)
def test_the_database_refuses_what_no_file_is(thinh: Account, wrong: dict[str, object]):
    file = store("a.pdf", pdf(), by=actor(thinh))
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.everything.filter(pk=file.pk).update(**wrong)


def test_ones_own_files_are_within_reach_until_an_app_takes_them_over(
    thinh: Account, khoi: Account, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(doors, "_doors", {"papers": lambda actor, file: True})
    own, lost = store("a.pdf", pdf(), by=actor(thinh)), store("b.pdf", pdf(), by=actor(thinh), door="gone")
    store("c.pdf", pdf(), by=actor(thinh), door="papers")
    store("d.pdf", pdf(), by=actor(khoi))
    reached = StoredFile.objects.allowed(actor(thinh), Permission.READ_HELP).latest_first()
    assert set(reached) == {own, lost}


def test_an_uploaded_file_is_handed_over_once_and_by_its_uploader(thinh: Account, khoi: Account):
    file = store("a.pdf", pdf(), by=actor(thinh))
    with pytest.raises(NotAllowed):
        hand_over(file, door="papers", by=actor(khoi))
    assert hand_over(file, door="papers", by=actor(thinh)).door == "papers"
    with pytest.raises(NotAllowed):
        hand_over(file, door="others", by=actor(thinh))


def test_thrown_away_is_gone_from_the_disk_after_the_commit(committed: None, folder: Path):
    thinh = Account(username="thinh", full_name="Lò Văn Thịnh")
    thinh.save()
    file = store("a.pdf", pdf(), by=actor(thinh))
    with transaction.atomic():
        throw_away(file, by=actor(thinh))
        assert len(on_disk(folder)) == 1
    assert on_disk(folder) == []
    assert not StoredFile.everything.exists()


def test_a_stranger_throws_nothing_away(thinh: Account, khoi: Account):
    file = store("a.pdf", pdf(), by=actor(thinh))
    with pytest.raises(NotAllowed):
        throw_away(file, by=actor(khoi))


def test_the_store_may_be_another(thinh: Account, settings):
    """What stores is a setting: here, Django's store in memory."""
    settings.STORAGES = settings.STORAGES | {"files": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    file = store("a.pdf", pdf(), by=actor(thinh))
    assert not isinstance(storages["files"], PrivateFolder)
    assert shelf.open_file(file.path).read() == pdf()
