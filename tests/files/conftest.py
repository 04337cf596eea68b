from pathlib import Path

import pytest
from django.conf import LazySettings


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    """Each test has a store of its own."""
    store = tmp_path / "store"
    private = {"BACKEND": "portal.files.folder.PrivateFolder", "OPTIONS": {"location": store}}
    settings.STORAGES = settings.STORAGES | {"files": private}
    return store
