"""Where the files of defaults lie."""

from pathlib import Path

DEFAULTS = Path(__file__).resolve().parent.parent / "defaults"
