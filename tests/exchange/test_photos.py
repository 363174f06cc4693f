"""Photos: what is no picture is refused, and of what is one only the picture is kept."""

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from gis_dispatch.exchange import photos
from gis_dispatch.exchange.photos import PhotoTooManyPixels, PhotoUnreadable, read_photo

PLACE = 34853  # of GPS in EXIF
TURNED = 274


def _file(form: str = "JPEG", size: tuple[int, int] = (640, 480), **more: object) -> bytes:
    out = BytesIO()
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    picture.save(out, form, **more)
    return out.getvalue()


def _opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_a_jpeg_and_a_small_one(form: str) -> None:
    photo = read_photo(_file(form))
    kept, small = _opened(photo.content), _opened(photo.small)
    assert (kept.format, kept.size) == ("JPEG", (photo.width, photo.height)) == ("JPEG", (640, 480))
    assert small.format == "JPEG" and max(small.size) == photos.SMALL_SIDE


def test_nothing_hidden_in_the_file_is_kept() -> None:
    exif = Image.Exif()
    exif[PLACE] = {2: (0.0, 54.0, 21.0), 4: (108.0, 59.0, 0.0)}
    exif[315] = "Nama Pemilik"
    sent = _file(exif=exif, comment=b"rahasia", icc_profile=b"profil") + b"sesudah gambar"
    assert b"Nama Pemilik" in sent and b"rahasia" in sent
    kept = read_photo(sent).content
    for word in (b"Nama Pemilik", b"rahasia", b"profil", b"sesudah", b"Exif"):
        assert word not in kept
    assert not _opened(kept).getexif()


def test_a_phone_held_upright_gives_an_upright_picture() -> None:
    exif = Image.Exif()
    exif[TURNED] = 6
    photo = read_photo(_file(size=(640, 480), exif=exif))
    assert (photo.width, photo.height) == (480, 640)


def test_a_large_picture_becomes_smaller() -> None:
    photo = read_photo(_file(size=(5000, 2500)))
    assert (photo.width, photo.height) == (2048, 1024)


@pytest.mark.parametrize(
    "body",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", _file("TIFF"), _file()[:400]],
    ids=["empty", "svg", "gif", "tiff", "half"],
)
def test_what_is_no_photo_is_refused(body: bytes) -> None:
    with pytest.raises(PhotoUnreadable):
        read_photo(body)


def test_a_small_file_with_very_many_pixels_is_refused_unread() -> None:
    out = BytesIO()
    Image.new("1", (9_000, 9_000)).save(out, "PNG")
    with pytest.raises(PhotoTooManyPixels):
        read_photo(out.getvalue())


@given(st.integers(0, 3000), st.binary(max_size=40))
def test_a_broken_file_is_a_photo_or_refused_and_nothing_else(at: int, by: bytes) -> None:
    whole = _file(size=(64, 48))
    broken = whole[:at] + by + whole[at + len(by) :]
    with suppress(PhotoUnreadable, PhotoTooManyPixels):
        assert read_photo(broken).content[:2] == b"\xff\xd8"
