"""HTML onto paper: a PDF from our own fonts only, the same bytes every time."""

from functools import cache
from io import BytesIO
from typing import Any

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # has no types
from fontTools.varLib.instancer import (  # type: ignore[import-untyped]  # has no types
    instantiateVariableFont,
)
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from gis_dispatch import assets

FONT_SCHEME = "font:"
FONT_PACKAGE = "@fontsource-variable/inter"


class ForeignResource(FatalURLFetchingError):  # type: ignore[misc]  # WeasyPrint has no types
    """A printed page may use our own fonts and what it holds itself; nothing is fetched."""


class OwnFonts(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Answers font:<script>-<weight> from the font package and refuses every other address."""

    def fetch(self, url: str, _headers: Any = None) -> Any:
        """The font's bytes."""
        if not url.startswith(FONT_SCHEME):
            raise ForeignResource(url)
        script, _dash, weight = url.removeprefix(FONT_SCHEME).rpartition("-")
        body = static_font(script, int(weight))
        return URLFetcherResponse(url, body=body, headers={"Content-Type": "font/ttf"})


@cache
def static_font(script: str, weight: int) -> bytes:
    """One weight of the variable font.

    WeasyPrint would cut it out itself, but stamps the time of doing so into the font, and two PDFs
    of the same month would differ.
    """
    file = assets.vendor(FONT_PACKAGE, f"files/inter-{script}-wght-normal.woff2")
    font = TTFont(file, recalcTimestamp=False)
    font.flavor = None
    instantiateVariableFont(font, {"wght": weight}, inplace=True)
    written = BytesIO()
    font.save(written)
    return written.getvalue()


def paper(html: str, identifier: str) -> bytes:
    """The PDF of a page; `identifier` is the checksum of what it shows."""
    made: bytes = HTML(string=html, url_fetcher=OwnFonts()).write_pdf(
        pdf_identifier=identifier[:32].encode()
    )
    return made
