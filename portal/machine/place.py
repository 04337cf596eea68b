"""Where the servers of one checkout live, and as whom they run.

An ordinary user: everything in the checkout's own var/. Root: PostgreSQL refuses to run as root, and the checkout may lie
in a closed folder that must stay closed. So the servers get a system user of their own, copies of their programs and their
data under /var/lib, and nothing of the checkout is opened to anybody.
"""

import fcntl
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
SYSTEM_USER = "chibo-portal"
SYSTEM_HOME = Path("/var/lib") / SYSTEM_USER


class MachineError(Exception):
    """Something about this machine stands in the way; the sentence says what to do."""


@dataclass(frozen=True)
class Place:
    name: str  # "run", "test", "bench": each has servers of its own, so they never touch each other
    home: Path
    sockets: Path
    user: str | None  # the servers run as this system user; None: as myself

    @classmethod
    def of_this_checkout(cls, name: str) -> "Place":
        if os.geteuid() == 0:
            return cls(name, SYSTEM_HOME / _mark() / name, Path("/run") / f"chibo-{_mark()}-{name}", SYSTEM_USER)
        return cls(
            name, CHECKOUT / "var" / name, Path(tempfile.gettempdir()) / f"chibo-{_mark()}-{name}-{os.geteuid()}", None
        )

    @property
    def log(self) -> Path:
        return self.home / "log"

    def prepare(self) -> None:
        if self.user and not _exists(self.user):
            subprocess.run(
                ["useradd", "--system", "--no-create-home", "--home-dir", str(SYSTEM_HOME)]
                + ["--shell", "/usr/sbin/nologin", "--user-group", self.user],
                check=True,
            )
        if self.user:
            SYSTEM_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
        for folder in (self.home, self.log, self.sockets):
            self.private(folder)

    def programs(self, name: str, parts: list[Path]) -> Path:
        """The folder that holds the servers' programs: as installed, or a copy that the system user can reach."""
        if self.user is None:
            return parts[0].parent
        copy = SYSTEM_HOME / "programs" / name
        if not copy.exists():
            making = copy.with_name(f"{name}.{os.getpid()}")
            for part in parts:
                shutil.copytree(part, making / part.name, symlinks=True)
            subprocess.run(["chmod", "-R", "u=rwX,go=rX", str(making), str(SYSTEM_HOME / "programs")], check=True)
            making.rename(copy)
        return copy

    @contextmanager
    def held(self) -> Iterator[bool]:
        """True: the servers are mine to start and stop. False: another process of this checkout has them up."""
        CHECKOUT.joinpath("var").mkdir(exist_ok=True)
        with open(CHECKOUT / "var" / f"{self.name}.lock", "w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    def private(self, folder: Path) -> None:
        """Mine alone; a folder of that name laid by somebody else is refused, not used."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        uid = pwd.getpwnam(self.user).pw_uid if self.user else os.geteuid()
        found = folder.lstat()
        if found.st_uid not in (uid, os.geteuid()) or folder.is_symlink():
            raise MachineError(f"{folder} thuộc về người dùng khác. Hãy xóa thư mục đó rồi chạy lại.")
        if self.user:
            shutil.chown(folder, self.user, self.user)
        folder.chmod(0o700)


def forget() -> None:
    """Removes what this checkout made: data, assets, logs. Not while it runs."""
    with ExitStack() as stack:
        for name in ("run", "test", "bench"):
            place = Place.of_this_checkout(name)
            if not stack.enter_context(place.held()):
                raise MachineError("Cổng hoặc bộ kiểm thử đang chạy. Dừng lại rồi mới dọn.")
            shutil.rmtree(place.home, ignore_errors=True)
            shutil.rmtree(place.sockets, ignore_errors=True)
        shutil.rmtree(CHECKOUT / "var")


def package_folder(package: str) -> Path:
    """Where a package lies, without importing it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise MachineError(f"Thiếu gói {package}. Chạy `make run`, hoặc đặt DATABASE_URL và REDIS_URL.")
    return Path(spec.origin).resolve().parent


def _mark() -> str:
    """A short name for this checkout, drawn once: a fresh clone in an old folder does not find the old one's data."""
    written = CHECKOUT / "var" / "mark"
    try:
        return written.read_text().strip()
    except FileNotFoundError:
        written.parent.mkdir(exist_ok=True)
        with suppress(FileExistsError), open(written, "x") as new:
            new.write(secrets.token_hex(5))
        return written.read_text().strip()


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True
