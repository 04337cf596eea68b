"""At night the disk and the rows are compared."""

import os
import time
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import Account
from portal.files import shelf
from portal.files.services.cleaning import clean_up
from portal.files.tasks import clean_up_files
from tests.conftest import actor
from tests.files.makers import on_disk, pdf, store

TWO_DAYS = 2 * 24 * 3600


def orphan(folder: Path, name: str, age: int) -> Path:
    path = folder / "stored" / "ab" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    os.utime(path, (time.time() - age,) * 2)
    return path


@pytest.mark.parametrize("name", ["ab" * 16 + ".pdf", "ab" * 16 + ".pdf.part"])
def test_a_file_of_no_row_goes_after_a_day(db: None, folder: Path, name: str):
    old = orphan(folder, name, TWO_DAYS)
    young = orphan(folder, "young" + name, 3600)
    assert clean_up().removed == [f"stored/ab/{name}"]
    assert (old.exists(), young.exists()) == (False, True)


def test_files_of_rows_stay_however_old(thinh: Account, folder: Path):
    file = store("a.pdf", pdf(), by=actor(thinh))
    os.utime(folder / file.path, (time.time() - 400 * TWO_DAYS,) * 2)
    cleaned = clean_up()
    assert (cleaned.removed, cleaned.vanished) == ([], [])
    assert len(on_disk(folder)) == 1


def test_a_row_whose_file_is_gone_is_reported_and_kept(thinh: Account, folder: Path, caplog: pytest.LogCaptureFixture):
    file = store("a.pdf", pdf(), by=actor(thinh))
    (folder / file.path).unlink()
    assert clean_up().vanished == [file]
    clean_up_files()
    assert "files vanished from the store" in caplog.text
    file.refresh_from_db()


def test_what_does_not_lie_in_the_store_is_left_alone(db: None, folder: Path):
    other = folder / "other" / "a.pdf"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"x")
    os.utime(other, (0, 0))
    assert clean_up().removed == []
    assert other.exists()


def test_one_query_a_folder_however_many_files(thinh: Account):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            clean_up()
        return len(queries)

    store("a.txt", b"chao", by=actor(thinh))
    before = cost()
    for _ in range(20):
        store("a.txt", b"chao", by=actor(thinh))
    assert before == cost() == len(shelf.FOLDERS)
