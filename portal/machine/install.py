"""Makes .venv and installs one lock into it. Run by any Python 3.11 or newer, before anything is installed."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
VENV = CHECKOUT / ".venv"
LOCKS = ["requirements.txt", "requirements-local.txt", "requirements-dev.txt"]  # each holds those before it


def main(wanted: str) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036  this file is what asks
        print(f"Cần Python 3.11 trở lên; đây là {sys.version.split()[0]}. Ví dụ: make run PYTHON=python3.12")
        return 1
    if any(_installed(lock) for lock in LOCKS[LOCKS.index(wanted) :]):
        return 0
    if not (VENV / "bin" / "python").exists() and not _make_venv():
        return 1
    print("Đang cài thư viện (lần đầu mất khoảng nửa phút) …", flush=True)
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    if subprocess.run([*pip, "--require-hashes", "--requirement", str(CHECKOUT / wanted)]).returncode:
        print("Chưa cài được thư viện; xem các dòng ở trên.")
        return 1
    _stamp(wanted).write_text(_fingerprint(wanted))
    return 0


def _make_venv() -> bool:
    command = [sys.executable, "-m", "venv", str(VENV)]
    if subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
        return True
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"  # Debian keeps it apart
    if os.geteuid() == 0 and subprocess.run(["apt-get", "install", "-y", "-qq", package]).returncode == 0:
        return subprocess.run([*command, "--clear"]).returncode == 0
    print(f"Python này thiếu mô-đun venv. Hãy chạy:\n\n    sudo apt-get install {package}\n\nrồi chạy lại.")
    return False


def _installed(lock: str) -> bool:
    return _stamp(lock).exists() and _stamp(lock).read_text() == _fingerprint(lock)


def _stamp(lock: str) -> Path:
    return VENV / f"{lock}.installed"


def _fingerprint(lock: str) -> str:
    return hashlib.sha256((CHECKOUT / lock).read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
