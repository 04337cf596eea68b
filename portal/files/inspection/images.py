"""Photos are drawn anew: upright, of a size for screens and paper, without place, time, camera or anything tacked on."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.files.base import File
from PIL import Image, ImageFile, ImageOps

from portal.files.kinds import Kind
from portal.files.refusals import FileRefused
from portal.words.quantities import number

QUALITY = 85
WEBP_TAKES_TIMES = 4  # the memory of another picture of its size: measured, 15 bytes a point
_READ = ("JPEG", "PNG", "WEBP")
_BROKEN = "Ảnh này hỏng hoặc không phải ảnh. Hãy mở xem lại, chụp hoặc lưu lại rồi chọn lại."
_ONE_AT_A_TIME = threading.Lock()


def drawn_anew(upload: File) -> tuple[Kind, File]:
    """JPEG, or PNG where one can see through it."""
    upload.seek(0)
    try:
        with _in_turn_and_strictly(), Image.open(upload, formats=_READ) as opened:
            _must_not_be_huge(opened)
            return _written(_upright(opened))
    except FileRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as huge:
        raise FileRefused(_too_large(settings.FILES_MOST_PIXELS)) from huge
    except Exception as broken:  # decoders raise whatever they stumble over: OSError, SyntaxError, struct.error …
        raise FileRefused(_BROKEN) from broken


@contextmanager
def _in_turn_and_strictly() -> Iterator[None]:
    """A large picture takes 260 MB while it is drawn: the threads of a process take turns.

    And half a picture is none, though WeasyPrint, wherever it is loaded, tells Pillow to fill up with grey.
    """
    with _ONE_AT_A_TIME:
        before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def _must_not_be_huge(opened: Image.Image) -> None:
    """The header is read, not one pixel: a small file may promise a picture that fills the memory."""
    most = settings.FILES_MOST_PIXELS // (WEBP_TAKES_TIMES if opened.format == "WEBP" else 1)
    if opened.width * opened.height > most:
        raise FileRefused(_too_large(most))


def _too_large(most: int) -> str:
    return f"Ảnh lớn quá: hơn {number(most // 1_000_000)} triệu điểm ảnh. Hãy chụp hoặc lưu lại ở cỡ nhỏ hơn."


def _upright(opened: Image.Image) -> Image.Image:
    side = settings.FILES_LONGEST_SIDE
    opened.draft(None, (side, side))  # a JPEG is decoded at half, a quarter … of its size where that is enough
    mode = "RGBA" if opened.has_transparency_data else "RGB"
    image = opened if opened.mode == mode else opened.convert(mode)
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    return ImageOps.exif_transpose(image)


def _written(image: Image.Image) -> tuple[Kind, File]:
    see_through = image.mode == "RGBA" and image.getchannel("A").getextrema()[0] < 255  # type: ignore[operator]
    kind = Kind.PNG if see_through else Kind.JPEG
    image = image if see_through else image.convert("RGB")
    image.info = {}  # some formats would take comments, profiles and sizes along from here
    out = io.BytesIO()
    image.save(out, format=kind.upper(), quality=QUALITY, optimize=True)
    return kind, File(out)
