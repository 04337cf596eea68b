"""Photos are drawn anew: upright, not too large, and silent about where they were taken."""

import io

import pytest
from PIL import Image, ImageFile
from PIL.PngImagePlugin import PngInfo

from portal.files.inspection.whole import Inspected, inspected
from portal.files.kinds import Kind
from portal.files.refusals import FileRefused
from tests.files import makers
from tests.files.makers import photo, photo_of_a_telephone, upload, zipped

SECRETS = (b"MayAnhBiMat", b"bi mat", b"Exif", b"GPS", b"ICC_PROFILE", b"http://ns.adobe.com/xap")


def taken(name: str, content: bytes) -> Inspected:
    return inspected(upload(name, content), makers.EVERY_KIND)


def written(kept: Inspected) -> bytes:
    return b"".join(kept.content.chunks())


def drawn(kept: Inspected) -> Image.Image:
    return Image.open(io.BytesIO(written(kept)))


def test_place_camera_comment_and_profile_are_gone():
    telephone = photo_of_a_telephone()
    assert Image.open(io.BytesIO(telephone)).getexif().get_ifd(0x8825)
    assert b"ghi chu bi mat" in telephone
    kept = taken("a.jpg", telephone)
    assert not drawn(kept).getexif()
    assert not any(secret in written(kept) for secret in SECRETS)


def test_texts_and_profiles_of_a_see_through_png_are_gone():
    said, out = PngInfo(), io.BytesIO()
    said.add_text("Author", "bi mat")
    Image.new("RGBA", (20, 20), (200, 0, 0, 100)).save(out, "PNG", pnginfo=said, icc_profile=b"ho so mau bi mat")
    kept = taken("a.png", out.getvalue())
    assert kept.kind is Kind.PNG
    assert drawn(kept).info == {}
    assert not any(secret in written(kept) for secret in SECRETS)


@pytest.mark.parametrize(("orientation", "left", "right"), [(1, "red", "blue"), (2, "blue", "red"), (3, "blue", "red")])
def test_a_photo_stands_upright(orientation: int, left: str, right: str):
    image = drawn(taken("a.jpg", photo_of_a_telephone(orientation)))
    assert image.size == (60, 40)
    assert (colour(image, 5, 20), colour(image, 55, 20)) == (left, right)


@pytest.mark.parametrize(("orientation", "top", "bottom"), [(6, "red", "blue"), (8, "blue", "red")])
def test_a_photo_of_a_telephone_held_upright_is_higher_than_wide(orientation: int, top: str, bottom: str):
    image = drawn(taken("a.jpg", photo_of_a_telephone(orientation)))
    assert image.size == (40, 60)
    assert (colour(image, 20, 5), colour(image, 20, 55)) == (top, bottom)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_large_photo_becomes_one_of_2400_points(kind: str):
    kept = taken("anh", photo(kind, size=(4_000, 1_000)))
    assert drawn(kept).size == (2_400, 600)
    assert (kept.kind, kept.name) == (Kind.JPEG, "anh.jpg")


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "RGB", "YCbCr"])
def test_photos_of_all_colours_are_taken(mode: str):
    assert drawn(taken("a", photo("JPEG" if mode in ("CMYK", "YCbCr") else "PNG", mode=mode))).mode == "RGB"


@pytest.mark.parametrize(("alpha", "kind"), [(255, Kind.JPEG), (100, Kind.PNG)])
def test_only_what_one_can_see_through_stays_a_png(alpha: int, kind: Kind):
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (200, 0, 0, alpha)).save(out, "PNG")
    assert taken("dau.png", out.getvalue()).kind is kind


def test_half_a_photo_is_refused_even_where_pillow_was_told_to_be_lenient(monkeypatch: pytest.MonkeyPatch):
    """WeasyPrint tells it so, for the whole process."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(FileRefused, match="hỏng"):
        taken("a.jpg", photo(size=(600, 400))[:1500])
    assert ImageFile.LOAD_TRUNCATED_IMAGES


def test_a_webp_may_be_a_quarter_as_large_for_it_takes_four_times_the_memory(settings):
    settings.FILES_MOST_PIXELS = 4_000_000
    assert taken("a.png", photo("PNG", size=(1_100, 1_000)))
    with pytest.raises(FileRefused, match="hơn 1 triệu điểm ảnh"):
        taken("a.webp", photo("WEBP", size=(1_100, 1_000)))


def test_what_is_tacked_on_to_a_photo_is_gone():
    kept = taken("a.jpg", photo() + b"<script>alert(1)</script>" + zipped({"A.class": b"1"}))
    assert b"<script>" not in written(kept)
    assert b"A.class" not in written(kept)


def colour(image: Image.Image, x: int, y: int) -> str:
    red, _, blue = image.getpixel((x, y))
    return "red" if red > blue else "blue"
