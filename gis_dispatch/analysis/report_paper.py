"""HTML onto paper: a PDF from our own fonts only, the same bytes every time."""

from typing import Any

from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from gis_dispatch import assets

FONT_SCHEME = "font:"
FONT_PACKAGE = "@fontsource-variable/inter"


class ForeignResource(FatalURLFetchingError):  # type: ignore[misc]  # WeasyPrint has no types
    """A printed page may use our own fonts and what it holds itself; nothing is fetched."""


class OwnFonts(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Answers font:<file> from the installed font package and refuses every other address."""

    def fetch(self, url: str, _headers: Any = None) -> Any:
        """The font's bytes."""
        if not url.startswith(FONT_SCHEME):
            raise ForeignResource(url)
        path = assets.vendor(FONT_PACKAGE, f"files/{url.removeprefix(FONT_SCHEME)}")
        return URLFetcherResponse(
            url, body=path.read_bytes(), headers={"Content-Type": "font/woff2"}
        )


def paper(html: str, identifier: str) -> bytes:
    """The PDF of a page; `identifier` is the checksum of what it shows."""
    made: bytes = HTML(string=html, url_fetcher=OwnFonts()).write_pdf(
        pdf_identifier=identifier[:32].encode()
    )
    return made
