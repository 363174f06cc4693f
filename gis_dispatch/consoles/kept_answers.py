"""Answers that a browser keeps: an ETag for their state, a body as compressed as it takes it."""

import gzip

from flask import Response, request


def unchanged(
    mimetype: str, tag: str, keep: str, vary: str = "Accept-Encoding, Cookie"
) -> tuple[Response, bool]:
    """The answer's head, and whether the browser has its body already; `keep` is for how long."""
    response = Response(mimetype=mimetype)
    response.set_etag(tag)
    response.headers["Cache-Control"] = f"private, {keep}"
    response.headers["Vary"] = vary
    known = request.if_none_match.contains(tag)
    if known:
        response.status_code = 304
    return response, known


def put_body(response: Response, compressed: bytes) -> Response:
    """The body, as compressed as the browser takes it."""
    if request.accept_encodings["gzip"]:
        response.headers["Content-Encoding"] = "gzip"
        response.set_data(compressed)
    else:
        response.set_data(gzip.decompress(compressed))
    return response
