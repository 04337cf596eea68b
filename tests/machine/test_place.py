"""The folders of the servers are private, and a folder laid by somebody else is refused."""

import os
from pathlib import Path

import pytest

from portal.machine import system
from portal.machine.place import MachineError, Place
from portal.machine.servers import servers
from portal.machine.system import Need


def place(tmp_path: Path) -> Place:
    return Place("try", tmp_path / "home", tmp_path / "sockets", None)


def test_folders_are_mine_alone(tmp_path: Path):
    place(tmp_path).prepare()
    for folder in (tmp_path / "home", tmp_path / "home/log", tmp_path / "sockets"):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_a_link_in_the_place_of_the_socket_folder_is_refused(tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "sockets").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(MachineError):
        place(tmp_path).prepare()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can lay a folder for somebody else")
def test_a_folder_of_somebody_else_is_refused(tmp_path: Path):
    (tmp_path / "sockets").mkdir()
    os.chown(tmp_path / "sockets", 65534, 65534)
    with pytest.raises(MachineError):
        place(tmp_path).prepare()


def test_what_is_missing_is_said_with_the_command_to_type(monkeypatch: pytest.MonkeyPatch):
    """An ordinary user is told what to type; nothing is skipped in silence."""
    monkeypatch.setattr(system, "NEEDS", [Need("Pango", ("libpango-1.0-0",), lambda: False)])
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(MachineError, match="sudo apt-get install -y --no-install-recommends libpango"):
        system.provide()


def test_servers_that_are_given_are_used_and_none_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://db.example/portal")
    monkeypatch.setenv("REDIS_URL", "redis://broker.example/0")
    with servers(place(tmp_path)):
        assert os.environ["DATABASE_URL"] == "postgres://db.example/portal"
        assert not (tmp_path / "home/postgres").exists()
        assert not (tmp_path / "home/valkey").exists()
    assert os.environ["REDIS_URL"] == "redis://broker.example/0"
