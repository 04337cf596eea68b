"""What cannot come from PyPI: Pango for PDFs, Chromium for the browser tests, a Times-like typeface, a PDF reader."""

import ctypes.util
import os
import shutil
import struct
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from portal.machine.place import MachineError

TIMES_LIKE = ("LiberationSerif-Regular.ttf", "Tinos-Regular.ttf", "times.ttf", "Times New Roman.ttf")
FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".fonts",
    Path("/Library/Fonts"),
)


@dataclass(frozen=True)
class Need:
    what: str
    debian_packages: tuple[str, ...]
    is_here: Callable[[], bool]


def _library(name: str) -> Callable[[], bool]:
    return lambda: ctypes.util.find_library(name) is not None


def _program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def _times_like() -> bool:
    found = (path for folder in FONT_FOLDERS if folder.exists() for name in TIMES_LIKE for path in folder.rglob(name))
    return any(_writes_vietnamese(path) for path in found)


def _writes_vietnamese(path: Path) -> bool:
    """Whether the face says so: the Vietnamese code page in its table OS/2. Liberation 1 has no ư, no ơ and no ế."""
    font = path.read_bytes()
    (count,) = struct.unpack_from(">H", font, 4)
    tables = {font[at : at + 4]: struct.unpack_from(">L", font, at + 8)[0] for at in range(12, 12 + 16 * count, 16)}
    (code_pages,) = struct.unpack_from(">L", font, tables[b"OS/2"] + 78)
    return bool(code_pages & 1 << 8)


NEEDS = [
    Need("Pango", ("libpango-1.0-0", "libpangoft2-1.0-0"), _library("pangoft2-1.0")),
    Need("HarfBuzz", ("libharfbuzz-subset0",), _library("harfbuzz-subset")),
    Need("Chromium", ("chromium",), _program("chromium")),
    Need("phông chữ kiểu Times", ("fonts-liberation2",), _times_like),
    Need("Poppler", ("poppler-utils",), _program("pdftotext")),
]


def provide() -> None:
    """Installs what is missing when it may, else stops with the one command to type. Nothing is skipped in silence."""
    missing = [need for need in NEEDS if not need.is_here()]
    if not missing:
        return
    packages = [package for need in missing for package in need.debian_packages]
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    names = ", ".join(need.what for need in missing)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise MachineError(f"Máy còn thiếu: {names}. Hãy chạy:\n\n    sudo {' '.join(install)}\n\nrồi chạy lại.")
    print(f"Đang cài {names} …", flush=True)
    _quietly(["apt-get", "update", "-qq"])
    if _quietly(install) or not all(need.is_here() for need in missing):
        raise MachineError(f"Chưa cài được {names}. Hãy thử: {' '.join(install)}")


def _quietly(command: list[str]) -> int:
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=env, stdout=subprocess.DEVNULL).returncode
