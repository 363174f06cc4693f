"""Files of the pages, ours and third parties', answered before Flask, which alone costs more.

All are listed once, when the process begins: nothing else can be asked for, and a file that
changes later is served after a restart.
"""

from functools import partial
from typing import TYPE_CHECKING

from flask import Flask
from whitenoise import WhiteNoise

from gis_dispatch import assets
from gis_dispatch.consoles import security
from gis_dispatch.consoles.joined import joined_pages

if TYPE_CHECKING:
    from wsgiref.headers import Headers

# Addresses of third parties' files carry no version, so a day: after an upgrade nobody runs old
# scripts for longer.
VENDOR = "/vendor/"
VENDOR_KEPT = "public, max-age=86400"
ASKED_AGAIN = "no-cache"


def install(app: Flask, *, secure: bool) -> None:
    """In front of the application: what is a file is answered here."""
    files = WhiteNoise(
        app.wsgi_app,
        max_age=None,
        allow_all_origins=False,
        add_headers_function=partial(_add_headers, secure=secure),
    )
    web = assets.folder("web")
    files.add_files(str(web / "static"), prefix="static")
    for page in joined_pages():
        files.add_files(str(web / "joined" / page), prefix=f"joined/{page}")
    for name, path in assets.vendor_files():
        files.add_file_to_dictionary(VENDOR + name, str(path))
    app.wsgi_app = files  # type: ignore[method-assign] # as Flask's documentation has it


def _add_headers(headers: "Headers", path: str, url: str, *, secure: bool) -> None:  # noqa: ARG001
    headers["Cache-Control"] = VENDOR_KEPT if url.startswith(VENDOR) else ASKED_AGAIN
    for name, value in security.headers(secure=secure).items():
        headers[name] = value
