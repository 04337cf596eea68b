"""`make check`: everything that can be found wrong without running the portal. Each line is a command anyone can type."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]

# Production settings as docs/deploy.md describes them, with invented values.
PRODUCTION = {
    "PORTAL_PRODUCTION": "1",
    "SECRET_KEY": "check-only-" + "k3J9x_" * 10,
    "ALLOWED_HOSTS": "chibo.example.vn",
    "DATABASE_URL": "postgres://portal@database.invalid/portal",
    "REDIS_URL": "redis://broker.invalid:6379/0",
}
CHECKS: dict[str, tuple[list[str], dict[str, str]]] = {
    "ruff lint": ([str(BIN / "ruff"), "check", "."], {}),
    "ruff format": ([str(BIN / "ruff"), "format", "--check", "--quiet", "."], {}),
    "floors and rooms": ([str(BIN / "lint-imports")], {}),
    "types on the seams": (
        [sys.executable, "-m", "mypy"],
        {"DATABASE_URL": "postgres:///types", "REDIS_URL": "redis://types"},
    ),
    "migrations are made": ([*MANAGE, "makemigrations", "--check", "--dry-run"], {}),
    "production settings": ([*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    "template lint": ([str(BIN / "djlint"), "templates", "--lint", "--quiet"], {}),
    "templates are used": ([sys.executable, "-m", "tests.house.templates"], {}),
}


def main() -> int:
    subprocess.run(
        [*MANAGE, "assets"], cwd=CHECKOUT, env=os.environ | PRODUCTION, check=True
    )  # settings name their folder
    with ThreadPoolExecutor(max_workers=2) as pool:
        failed = [name for name, passed in zip(CHECKS, pool.map(_run, CHECKS), strict=True) if not passed]
    print("\n" + (f"make check: {', '.join(failed)}" if failed else f"make check: {len(CHECKS)} passed"))
    return 1 if failed else 0


def _run(name: str) -> bool:
    command, extra = CHECKS[name]
    started = time.monotonic()
    done = subprocess.run(command, cwd=CHECKOUT, env=os.environ | extra, capture_output=True, text=True)
    seconds = time.monotonic() - started
    report = "" if done.returncode == 0 else f"\n{done.stdout}{done.stderr}"
    print(f"{'ok' if done.returncode == 0 else 'FAILED':7}{name} ({seconds:.1f} s){report}", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
