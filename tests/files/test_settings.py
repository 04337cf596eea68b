"""Where files lie is said by the environment: a folder, or a bucket. The service behind a bucket is not tried here."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal import settings as of_the_portal

BUCKET = {
    "FILES_S3_BUCKET": "chibo",
    "FILES_S3_ENDPOINT": "https://s3.example.vn",
    "FILES_S3_KEY": "khoa",
    "FILES_S3_SECRET": "bi-mat",
}


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the dependency group "s3" were."""
    monkeypatch.setattr(of_the_portal, "find_spec", lambda name: name)


def given(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> dict:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return of_the_portal.files_storage()


def test_with_nothing_set_files_lie_in_a_private_folder(monkeypatch: pytest.MonkeyPatch):
    assert given(monkeypatch, {})["BACKEND"] == "portal.files.folder.PrivateFolder"


def test_a_bucket_is_taken_where_one_is_named(monkeypatch: pytest.MonkeyPatch, installed: None):
    storage = given(monkeypatch, BUCKET)
    assert storage["BACKEND"] == "storages.backends.s3.S3Storage"
    assert storage["OPTIONS"]["bucket_name"] == "chibo"
    assert storage["OPTIONS"]["endpoint_url"] == "https://s3.example.vn"
    assert (storage["OPTIONS"]["access_key"], storage["OPTIONS"]["secret_key"]) == ("khoa", "bi-mat")
    assert storage["OPTIONS"]["default_acl"] is None


def test_half_a_key_is_refused(monkeypatch: pytest.MonkeyPatch, installed: None):
    with pytest.raises(ImproperlyConfigured, match="belong together"):
        given(monkeypatch, BUCKET | {"FILES_S3_SECRET": ""})


def test_a_bucket_without_its_library_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(of_the_portal, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match="dependency group"):
        given(monkeypatch, BUCKET)
