"""Pictures people send: decoded, checked and drawn anew; nothing of the sent file is kept but what it shows."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
LONGEST_SIDE = 1600
"""Pixels kept: enough to see a broken zip, a quarter of a phone's photo."""
MOST_PIXELS = 50_000_000


class UnreadableImage(Exception):
    """Not a picture of an allowed format, or too many pixels to open safely."""


def cleaned(data: bytes) -> tuple[str, bytes]:
    """Media type and bytes of the picture without metadata, at most LONGEST_SIDE a side; first frame only.

    Raises UnreadableImage. Burns a core for up to a second.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise UnreadableImage("too many pixels")
                image.thumbnail((LONGEST_SIDE * 2, LONGEST_SIDE * 2))  # decodes JPEG at a reduced scale
                upright = ImageOps.exif_transpose(image)
                upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                has_alpha = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
                plain = upright.convert("RGBA" if has_alpha else "RGB")
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombWarning,
    ) as error:
        raise UnreadableImage(str(error)) from error
    except Image.DecompressionBombError as error:
        raise UnreadableImage(str(error)) from error
    fresh = Image.new(plain.mode, plain.size)
    fresh.paste(plain)
    out = io.BytesIO()
    if has_alpha:
        fresh.save(out, "PNG")
        return "image/png", out.getvalue()
    fresh.save(out, "JPEG", quality=85)
    return "image/jpeg", out.getvalue()
