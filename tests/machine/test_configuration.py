"""Half a configuration refuses to start, and says what is missing."""

import os
import subprocess
import sys

import pytest

from portal import settings
from tests.house.check import CHECKOUT, PRODUCTION

WEB = [sys.executable, "-c", "import portal.wsgi"]
WORKER = [sys.executable, "-m", "celery", "-A", "portal", "worker", "--pool", "solo"]


def start(command: list[str], **env: str | None) -> subprocess.CompletedProcess:
    clean = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "PORTAL_VAR")}
    given = {name: value for name, value in (PRODUCTION | env).items() if value is not None}
    return subprocess.run(command, cwd=CHECKOUT, env=clean | given, capture_output=True, text=True, timeout=120)


def test_the_whole_configuration_starts():
    done = start(WEB)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("process", [WEB, WORKER], ids=["web", "worker"])
@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"])
def test_half_a_configuration_does_not(process: list[str], missing: str):
    done = start(process, **{missing: None})
    assert done.returncode not in (0, None)
    assert f"{missing} is not set. Set {missing} in the environment" in done.stderr


@pytest.mark.parametrize("switch", ["PORTAL_DEBUG", "PORTAL_DEMO"])
def test_what_belongs_to_a_laptop_does_not_start_in_production(switch: str):
    done = start(WEB, **{switch: "1"})
    assert done.returncode != 0
    assert switch in done.stderr


def test_a_switch_that_is_neither_on_nor_off_is_refused():
    done = start(WEB, PORTAL_PRODUCTION="maybe")
    assert "write 1 or 0" in done.stderr


def test_a_secret_may_stand_in_a_file(tmp_path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "secret").write_text("from a file\n")
    monkeypatch.setenv("SOME_SECRET_FILE", str(tmp_path / "secret"))
    assert settings.env_secret("SOME_SECRET") == "from a file"


@pytest.mark.parametrize(
    ("url", "host", "name", "user"),
    [
        ("postgres://anna:s%40@db.example:6000/chibo", "db.example", "chibo", "anna"),
        ("postgres:///chibo?host=/run/db&user=anna", "/run/db", "chibo", "anna"),
        ("postgres://anna@/chibo?host=/run/db", "/run/db", "chibo", "anna"),
    ],
)
def test_addresses_of_databases(url: str, host: str, name: str, user: str):
    read = settings.database(url)
    assert (read["HOST"], read["NAME"], read["USER"]) == (host, name, user)


def test_no_other_engine():
    from django.core.exceptions import ImproperlyConfigured

    with pytest.raises(ImproperlyConfigured, match="PostgreSQL only"):
        settings.database("sqlite:///portal.db")


def test_a_key_for_signing_that_does_not_open_does_not_start(tmp_path):
    done = start(WEB, SIGNING_FILE=str(tmp_path / "khoa.p12"))
    assert done.returncode != 0
    assert "Look at SIGNING_FILE" in done.stderr
