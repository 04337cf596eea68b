"""Signed by a key in a file; looked at by poppler's own program, and by the list of what a paper to be kept must have."""

import subprocess
import tempfile
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest

from portal.papers.binding import Attached, Part, bound
from portal.papers.drawing import Sheet, drawn_at_once
from portal.papers.keys import NotSigned, opened_key
from portal.papers.pdf import html_of
from portal.papers.signing import Said, signed
from tests.papers.archival import faults_of
from tests.papers.authority import PASSWORD, SIGNER, make_key
from tests.papers.reading import flat
from tests.papers.samples import OFFICIAL, of_everything

SAID = Said("Ban hành Báo cáo số 12-BC/TU", "Thanh Bình")


@pytest.fixture(scope="module")
def paper() -> bytes:
    drawn = drawn_at_once(Sheet(html_of(of_everything()), OFFICIAL))
    return bound([Part(drawn)], attached=[Attached("so-lieu.json", b"{}", "application/json", "Số liệu")])


@pytest.fixture
def key(settings, tmp_path: Path) -> Path:
    return use(settings, make_key(tmp_path))


def use(settings, file: Path, password: str = PASSWORD) -> Path:
    settings.SIGNING_FILE, settings.SIGNING_PASSWORD = str(file), password
    return file


def told_of(content: bytes) -> str:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        return subprocess.run(["pdfsig", file.name], capture_output=True, text=True, check=False).stdout


def listed(name: str) -> str:
    return subprocess.run(["pdfdetach", "-list", name], capture_output=True, text=True, check=True).stdout


def test_valid_over_the_whole_document(key: Path, paper: bytes):
    said = told_of(signed(paper, SAID))
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert f"Common Name: {SIGNER}" in said


def test_what_was_said_stands_as_it_was(key: Path, paper: bytes):
    out = signed(paper, SAID)
    assert faults_of(out) == []
    assert flat(out) == flat(paper)
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(out)
        file.flush()
        assert "so-lieu.json" in listed(file.name)


def test_one_byte_changed_is_seen(key: Path, paper: bytes):
    out = bytearray(signed(paper, SAID))
    place = out.index(b"stream") + 40
    out[place] ^= 1
    assert "Signature is Valid" not in told_of(bytes(out))


def test_bound_with_others_it_is_no_signature_any_more(key: Path, paper: bytes):
    whole = bound([Part(signed(paper, SAID)), Part(signed(paper, SAID), "Lần nữa")])
    assert "does not contain any signatures" in told_of(whole)
    assert [fault for fault in faults_of(whole) if not fault.startswith("two heads")] == []  # the same paper twice


def test_without_a_key_it_stays_as_it_is(paper: bytes):
    assert signed(paper, SAID) == paper


def test_a_key_that_has_run_out_signs_nothing(settings, tmp_path: Path, paper: bytes):
    long_ago = datetime.now(UTC) - timedelta(days=30)
    use(settings, make_key(tmp_path, since=long_ago, lasts=timedelta(days=29)))
    with pytest.raises(NotSigned, match="holds from"):
        signed(paper, SAID)


@pytest.mark.parametrize("content", [b"", b"no key at all"])
def test_a_file_that_is_no_key_is_said(settings, tmp_path: Path, content: bytes):
    use(settings, tmp_path / "khoa.p12").write_bytes(content)
    with pytest.raises(NotSigned, match=r"khoa\.p12"), opened_key():
        pass


def test_a_wrong_password_and_a_missing_file_are_said(settings, key: Path, tmp_path: Path):
    use(settings, key, "sai")
    with pytest.raises(NotSigned), opened_key():
        pass
    use(settings, tmp_path / "khong-co.p12")
    with pytest.raises(NotSigned, match="khong-co"), opened_key():
        pass


@pytest.mark.skipif(find_spec("pkcs11") is not None, reason="the group “token” is installed here")
def test_a_token_needs_its_library(settings, paper: bytes):
    settings.SIGNING_TOKEN = "/usr/lib/khong-co.so"
    with pytest.raises(NotSigned, match="group"):
        signed(paper, SAID)
