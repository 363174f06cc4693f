"""Reads a photo that a phone sends: checks what it is, and keeps the picture and nothing else.

It is drawn anew, so that nothing hidden in the file (place, owner, serial number, anything after
the picture) is kept. Where it was taken is said by the field page, which knows it better.
"""

from io import BytesIO

from PIL import Image, ImageOps

from gis_dispatch.domain.photo import Photo
from gis_dispatch.errors import BadInput

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 60_000_000
LARGEST_SIDE = 2048
SMALL_SIDE = 400
QUALITY = 82


class PhotoUnreadable(BadInput):
    """{field}: this is not a photo that can be read. Send a JPEG, PNG or WebP picture."""


class PhotoTooManyPixels(BadInput):
    """{field}: the picture is {width} × {height} pixels; at most {most} million can be read."""


def read_photo(body: bytes) -> Photo:
    """The photo as it is kept; whatever cannot be drawn is refused."""
    try:
        with Image.open(BytesIO(body), formats=FORMATS) as sent:
            if sent.width * sent.height > MOST_PIXELS:
                raise PhotoTooManyPixels(
                    field="file", width=sent.width, height=sent.height, most=MOST_PIXELS // 10**6
                )
            sent.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
            picture = ImageOps.exif_transpose(sent).convert("RGB")
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        raise PhotoUnreadable(field="file") from None
    picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.LANCZOS)
    small = picture.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    return Photo(picture.width, picture.height, _jpeg(picture), _jpeg(small))


def _jpeg(picture: Image.Image) -> bytes:
    # A picture made of pixels alone: what Pillow knows of the file would be written along.
    clean = Image.frombytes("RGB", picture.size, picture.tobytes())
    out = BytesIO()
    clean.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
