"""Be Vietnam Pro cut down to what Vietnamese needs, and a companion with digits of one width for columns of numbers."""

from io import BytesIO
from pathlib import Path

import fontpkg_be_vietnam_pro
from fontTools import subset
from fontTools.ttLib import TTFont

WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold"}
_FILES = Path(fontpkg_be_vietnam_pro.ROOT) / "files"
_SOURCES = {weight: _FILES / f"BeVietnamPro-{style}.ttf" for weight, style in WEIGHTS.items()}
FONT_SOURCES = list(_SOURCES.values())

# Latin, Latin-1, the letters of Vietnamese (composed, and its marks alone), general punctuation, đồng, euro, minus.
_RANGES = [(0x20, 0x7E), (0xA0, 0xFF), (0x102, 0x103), (0x110, 0x111), (0x128, 0x129), (0x168, 0x169)]
_RANGES += [(0x1A0, 0x1A1), (0x1AF, 0x1B0), (0x300, 0x303), (0x309, 0x309), (0x323, 0x323), (0x1EA0, 0x1EF9)]
_RANGES += [(0x2000, 0x206F), (0x20AB, 0x20AC), (0x2212, 0x2212)]
LETTERS = [code for first, last in _RANGES for code in range(first, last + 1)]
DIGITS = range(ord("0"), ord("9") + 1)
DIGIT_WIDTH = 690  # of 1000: the widest digit of the three weights, with its air


def make_fonts(folder: Path) -> None:
    for weight, source in _SOURCES.items():
        _save(_cut(source, LETTERS), folder / f"be-vietnam-pro-{weight}.woff2")
        _save(_of_one_width(_cut(source, DIGITS, features=[])), folder / f"portal-tab-digits-{weight}.woff2")


def _cut(source: Path, letters: list[int] | range, features: list[str] | None = None) -> TTFont:
    options = subset.Options()
    options.hinting = False  # screens of today smooth letters themselves
    if features is not None:
        options.layout_features = features
    font = TTFont(source)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    cutter.subset(font)
    return font


def _of_one_width(font: TTFont) -> TTFont:
    """Each digit in the middle of the same width. Under a name of its own: it is no longer the designer's font."""
    names, outlines, widths = font.getBestCmap(), font["glyf"], font["hmtx"]
    for digit in DIGITS:
        name = names[digit]
        outlines[name].coordinates.translate((round((DIGIT_WIDTH - widths[name][0]) / 2), 0))
        outlines[name].recalcBounds(outlines)
        widths[name] = (DIGIT_WIDTH, outlines[name].xMin)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = "PortalTabDigits" if record.nameID == 6 else "Portal Tab Digits"
    return font


def _save(font: TTFont, path: Path) -> None:
    font.flavor = "woff2"
    font["head"].modified = font["head"].created  # the same sources give the same bytes, so the same hashed name
    font.recalcTimestamp = False
    packed = BytesIO()
    font.save(packed)
    draft = path.with_suffix(".part")
    draft.write_bytes(packed.getvalue())
    draft.replace(path)
