"""What set-up makes out of sources that are in the repository or in packages: the style sheet in one piece, the fonts."""

import hashlib
import os
import posixpath
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from portal.ui.fonts import FONT_SOURCES, make_fonts

STYLES = Path(__file__).resolve().parents[2] / "static" / "css"
_IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);')
_URL = re.compile(r'url\("([^"]+)"\)')


def build_assets(into: Path) -> None:
    """Make what is missing or older than its sources; at once done when nothing changed."""
    here = Path(__file__).parent
    _made(into, "fonts", [*FONT_SOURCES, here / "fonts.py"], make_fonts)
    _made(into, "css", [*sorted(STYLES.rglob("*.css")), Path(__file__)], _write_style_sheet)


def style_sheet() -> str:
    """main.css with its imports in their layers, addresses right from css/, without comments and needless space."""
    main = (STYLES / "main.css").read_text()
    return shortened(_IMPORT.sub(lambda found: f"@layer {found[2]} {{{_source(found[1])}}}", main))


def shortened(css: str) -> str:
    """Comments and space only: what is left reads the same to a browser."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};]) ?", r"\1", css).replace(";}", "}").replace(", ", ",").replace(": ", ":").strip()


def _source(name: str) -> str:
    folder = posixpath.dirname(name)

    def moved(found: re.Match[str]) -> str:
        return f'url("{posixpath.normpath(posixpath.join(folder, found[1]))}")'

    return _URL.sub(moved, (STYLES / name).read_text())


def _write_style_sheet(folder: Path) -> None:
    write_whole(folder / "portal.css", style_sheet().encode())


def _made(into: Path, name: str, sources: Iterable[Path], make: Callable[[Path], None]) -> None:
    """The stamp is the hash of the sources, and is written last: a set-up that was cut off begins again."""
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.name.encode() + source.read_bytes())
    stamp = into / f".{name}"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    (into / name).mkdir(parents=True, exist_ok=True)
    make(into / name)
    write_whole(stamp, digest.hexdigest().encode())


def write_whole(path: Path, content: bytes) -> None:
    """Nobody ever reads half a file, also when two processes set up at once."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)
