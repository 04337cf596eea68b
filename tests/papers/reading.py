"""A PDF as its reader finds it: the text in its order, and each line with its place, size and face."""

import re
import subprocess
import tempfile
from dataclasses import dataclass

from lxml import etree

PER_POINT = 3  # of pdftohtml's pixels, at the largest zoom that it knows
MM = 25.4 / 72


@dataclass(frozen=True)
class Line:
    """Millimetres from the upper left corner; `size` in points."""

    page: int
    left: float
    top: float
    width: float
    height: float
    size: float
    face: str
    words: str

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def middle(self) -> float:
        return self.left + self.width / 2

    @property
    def is_bold(self) -> bool:
        return "Bold" in self.face

    @property
    def is_italic(self) -> bool:
        return "Italic" in self.face


def text_in(pdf: bytes, *options: str) -> str:
    return _run(["pdftotext", *options, "-", "-"], pdf).decode()


def flat(pdf: bytes) -> str:
    """All words, in the order in which they stand in the file, however they are broken into lines."""
    return " ".join(text_in(pdf, "-raw").split())


def lines_of(pdf: bytes) -> list[Line]:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        command = [
            "pdftohtml",
            "-xml",
            "-i",
            "-hidden",
            "-nomerge",
            "-fontfullname",
            "-stdout",
            "-zoom",
            str(PER_POINT),
            file.name,
        ]
        found = _run(command, b"")
    return list(_lines(etree.fromstring(found)))


def _lines(tree):
    fonts = {}
    for page in tree.iter("page"):
        fonts |= {font.get("id"): font for font in page.iter("fontspec")}
        for row in page.iter("text"):
            font = fonts[row.get("font")]
            left, top, width, height = (
                float(row.get(name)) / PER_POINT * MM for name in ("left", "top", "width", "height")
            )
            size, words = float(font.get("size")) / PER_POINT, "".join(row.itertext())
            yield Line(int(page.get("number")), left, top, width, height, size, font.get("family"), words)


def fonts_in(pdf: bytes) -> list[tuple[str, bool]]:
    """Name and whether it is embedded."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        rows = _run(["pdffonts", file.name], b"").decode().splitlines()[2:]
    return [(row.split()[0], re.split(r"\s+", row.strip())[-5] == "yes") for row in rows]


def facts_of(pdf: bytes) -> dict[str, str]:
    rows = _run(["pdfinfo", "-"], pdf).decode().splitlines()
    return {name.strip(): said.strip() for name, _, said in (row.partition(":") for row in rows)}


def _run(command, given: bytes) -> bytes:
    return subprocess.run(command, input=given, capture_output=True, check=True).stdout
