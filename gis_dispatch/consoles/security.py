"""What every answer says to the browser: run only our own scripts, frame nothing, leak nothing."""

from collections.abc import Callable, Sequence

from flask import Flask
from werkzeug.wrappers import Response

# No 'unsafe-inline' and no foreign host. Leaflet positions elements through the CSSOM, which a
# content security policy does not restrict; its markers may be data: images.
DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "media-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self' blob:",
    "frame-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def policy(image_hosts: Sequence[str] = ()) -> str:
    """The content security policy; pictures, and only they, may come from these hosts too."""
    pictures = " ".join([DIRECTIVES["img-src"], *(f"https://{host}" for host in image_hosts)])
    return "; ".join(f"{name} {what}" for name, what in {**DIRECTIVES, "img-src": pictures}.items())


HEADERS = {
    "Content-Security-Policy": policy(),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
KEPT_NOWHERE = frozenset({"text/html", "application/json", "application/problem+json"})
ONE_YEAR_S = 31_536_000


def headers(*, secure: bool) -> dict[str, str]:
    """What every answer says, whatever it is."""
    transport = {"Strict-Transport-Security": f"max-age={ONE_YEAR_S}"} if secure else {}
    return {**HEADERS, **transport}


def install(app: Flask, *, secure: bool, image_hosts: Callable[[], Sequence[str]]) -> None:
    """Add the headers to every answer; a view may have set a stricter one of its own."""
    always = headers(secure=secure)

    def add_headers(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.headers.setdefault("Content-Security-Policy", policy(image_hosts()))
        for name, value in always.items():
            response.headers.setdefault(name, value)
        if response.mimetype in KEPT_NOWHERE:
            # Names and numbers of callers must not stay behind in a shared computer's browser.
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    app.after_request(add_headers)
