"""The one way a file leaves the portal."""

import uuid
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import Account
from portal.files import doors, traces
from portal.files.models import StoredFile
from tests.conftest import actor, make_account
from tests.files.makers import pdf, photo, store

NAME = "Biên bản “họp” chi bộ.pdf"


@pytest.fixture
def paper(thinh: Account) -> StoredFile:
    return store(NAME, pdf(), by=actor(thinh))


def path(file: StoredFile) -> str:
    return f"/tep/{file.pk}/"


def test_its_uploader_gets_it_whole(as_thinh: Client, paper: StoredFile):
    answer = as_thinh.get(path(paper))
    assert answer.status_code == 200
    assert answer.getvalue() == pdf()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Length"] == str(len(pdf()))


def test_it_is_saved_not_run_not_sniffed_not_cached(as_thinh: Client, paper: StoredFile):
    answer = as_thinh.get(path(paper))
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(NAME)}"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("name", "content", "shown", "policy"),
    [
        ("a.pdf", pdf(), "inline", "object-src 'self'"),
        ("a.jpg", photo(), "inline", "sandbox"),
        ("a.txt", b"chao", "attachment", "sandbox"),
        ("a.csv", b"a;b", "attachment", "sandbox"),
    ],
)
def test_only_photos_and_pdfs_are_shown_in_the_browser(
    as_thinh: Client, thinh: Account, name: str, content: bytes, shown: str, policy: str
):
    answer = as_thinh.get(path(store(name, content, by=actor(thinh))), {"xem": "1"})
    assert answer["Content-Disposition"].startswith(f"{shown};")
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert policy in answer["Content-Security-Policy"]
    assert "script" not in answer["Content-Security-Policy"]


def test_to_a_stranger_it_is_not_there_like_one_that_never_was(as_khoi: Client, paper: StoredFile):
    foreign, never = as_khoi.get(path(paper)), as_khoi.get(f"/tep/{uuid.uuid4()}/")
    assert (foreign.status_code, never.status_code) == (404, 404)
    assert "Không tìm thấy" in foreign.content.decode()


def test_signed_out_one_is_asked_to_sign_in(client: Client, paper: StoredFile):
    assert client.get(path(paper)).status_code == 302


def test_behind_its_door_the_app_decides_for_the_uploader_too(
    as_thinh: Client, as_khoi: Client, thinh: Account, khoi: Account, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(doors, "_doors", {})
    doors.open_door("papers", lambda actor, file: actor.account == khoi)
    paper = store("a.pdf", pdf(), by=actor(thinh), door="papers")
    assert (as_thinh.get(path(paper)).status_code, as_khoi.get(path(paper)).status_code) == (404, 200)


def test_a_door_has_one_keeper(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(doors, "_doors", {})
    doors.open_door("papers", nobody)
    doors.open_door("papers", nobody)  # the same app, ready again
    with pytest.raises(doors.DoorTaken):
        doors.open_door("papers", lambda actor, file: True)
    with pytest.raises(doors.DoorTaken):
        doors.open_door("", nobody)


def test_a_door_that_nobody_registered_is_the_uploaders(as_thinh: Client, as_khoi: Client, thinh: Account):
    paper = store("a.pdf", pdf(), by=actor(thinh), door="app.that.went")
    assert (as_thinh.get(path(paper)).status_code, as_khoi.get(path(paper)).status_code) == (200, 404)


def test_every_download_is_told_and_no_refusal_is(
    as_thinh: Client, as_khoi: Client, thinh: Account, paper: StoredFile, monkeypatch: pytest.MonkeyPatch
):
    told: list[tuple[Account, StoredFile]] = []
    monkeypatch.setattr(traces, "_listeners", [])
    traces.tell_of_downloads(lambda actor, file: told.append((actor.account, file)))
    as_thinh.get(path(paper))
    as_thinh.head(path(paper))
    as_khoi.get(path(paper))
    assert told == [(thinh, paper)]


def test_a_file_that_vanished_from_the_disk_is_a_page_that_says_so(as_thinh: Client, paper: StoredFile, folder: Path):
    (folder / paper.path).unlink()
    answer = as_thinh.get(path(paper))
    assert answer.status_code == 404
    assert "Không tìm thấy" in answer.content.decode()


def test_a_part_is_asked_for_and_the_whole_is_given(as_thinh: Client, paper: StoredFile):
    answer = as_thinh.get(path(paper), headers={"Range": "bytes=2-5"})
    assert (answer.status_code, answer.getvalue(), answer["Accept-Ranges"]) == (200, pdf(), "none")


def test_the_head_alone_says_the_same(as_thinh: Client, paper: StoredFile):
    answer = as_thinh.head(path(paper))
    assert (answer.status_code, answer.getvalue(), answer["Content-Length"]) == (200, b"", str(len(pdf())))


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_it_is_only_read(as_thinh: Client, paper: StoredFile, method: str):
    assert getattr(as_thinh, method)(path(paper)).status_code == 405


@pytest.mark.parametrize("address", ["/tep/1/", "/tep/../", "/tep/stored/aa/", "/tep/" + "9" * 400 + "/"])
def test_what_is_no_number_of_a_file_is_not_there(as_thinh: Client, address: str):
    assert as_thinh.get(address).status_code == 404


@pytest.mark.parametrize("prefix", ["/_tep", "/_tep/"])
def test_behind_a_proxy_the_proxy_sends_it(as_thinh: Client, as_khoi: Client, paper: StoredFile, settings, prefix: str):
    settings.FILES_ACCEL, settings.FILES_ACCEL_HEADER = prefix, "X-Accel-Redirect"
    answer = as_thinh.get(path(paper))
    assert (answer.content, answer["X-Accel-Redirect"]) == (b"", f"/_tep/{paper.path}")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/pdf"
    assert "X-Accel-Redirect" not in as_khoi.get(path(paper))


def test_a_download_costs_the_same_queries_however_many_files_there_are(as_thinh: Client, thinh: Account):
    def cost(count: int) -> int:
        newest = [store("a.txt", b"chao", by=actor(thinh)) for _ in range(count)][-1]
        with CaptureQueriesContext(connection) as queries:
            as_thinh.get(path(newest))
        return len(queries)

    assert cost(1) == cost(10)


def test_only_people_have_files(db: None):
    """An account that files belong to is not deleted from under them."""
    hoa = make_account(username="hoa", full_name="Nông Thị Hoa")
    store("a.txt", b"chao", by=actor(hoa))
    with pytest.raises(ProtectedError):
        hoa.delete()


def nobody(*_: object) -> bool:
    return False
