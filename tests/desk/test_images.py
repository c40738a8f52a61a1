"""Nothing but the picture survives of what a customer uploads."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from bot.desk.images import LONGEST_SIDE, UnreadableImage, cleaned


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_where_and_with_what_a_photo_was_taken_is_gone():
    exif = Image.Exif()
    exif[0x010F] = "PhoneMaker"
    exif.get_ifd(0x8825)[1] = "N"
    data = encoded(Image.new("RGB", (40, 20), "red"), "JPEG", exif=exif, comment=b"secret")
    assert b"PhoneMaker" in data
    kind, clean = cleaned(data)
    assert kind == "image/jpeg" and not opened(clean).getexif()
    assert b"PhoneMaker" not in clean and b"secret" not in clean


def test_bytes_hidden_behind_the_picture_are_gone():
    _, clean = cleaned(encoded(Image.new("RGB", (9, 9)), "PNG") + b"<script>alert(1)</script>")
    assert b"script" not in clean


def test_a_photo_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    _, clean = cleaned(encoded(Image.new("RGB", (40, 20)), "JPEG", exif=exif))
    assert opened(clean).size == (20, 40)


def test_a_large_photo_is_made_smaller():
    _, clean = cleaned(encoded(Image.new("RGB", (4000, 1000)), "JPEG"))
    assert max(opened(clean).size) == LONGEST_SIDE


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "JPEG"])
def test_the_usual_formats_are_taken(kind: str):
    media_type, clean = cleaned(encoded(Image.new("RGB", (9, 9), "blue"), kind))
    assert media_type == "image/jpeg" and opened(clean).size == (9, 9)


def test_transparency_stays():
    media_type, clean = cleaned(encoded(Image.new("RGBA", (9, 9), (0, 0, 0, 0)), "PNG"))
    assert media_type == "image/png" and opened(clean).getpixel((0, 0))[3] == 0


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        encoded(Image.new("RGB", (9, 9)), "TIFF"),
        encoded(Image.new("RGB", (9, 9)), "BMP"),
        encoded(Image.new("RGB", (300, 300)), "PNG")[:200],
    ],
    ids=["empty", "header only", "svg", "tiff", "bmp", "cut off"],
)
def test_everything_else_is_refused(data: bytes):
    with pytest.raises(UnreadableImage):
        cleaned(data)


def test_a_small_file_that_unfolds_into_a_huge_picture_is_refused():
    bomb = encoded(Image.new("1", (12_000, 12_000)), "PNG")
    assert len(bomb) < 100_000
    with pytest.raises(UnreadableImage):
        cleaned(bomb)
