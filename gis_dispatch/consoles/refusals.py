"""Every error as one sentence: a problem document (RFC 9457) for programs, a page for people."""

import logging
import secrets
from typing import Any

from flask import Flask, g, jsonify, make_response, render_template, request
from flask_babel import gettext as translate
from flask_wtf.csrf import CSRFError, generate_csrf
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from gis_dispatch.assets import MissingAsset
from gis_dispatch.consoles.input_problems import sentences_of
from gis_dispatch.consoles.urls import safe_next
from gis_dispatch.errors import (
    BadInput,
    Conflict,
    Forbidden,
    NotFound,
    Refusal,
    TooLarge,
    TooOften,
    Unavailable,
    _,
)

log = logging.getLogger(__name__)

STATUS: tuple[tuple[type[Refusal], int], ...] = (
    (NotFound, 404),
    (Forbidden, 403),
    (BadInput, 422),
    (Unavailable, 503),
    (TooLarge, 413),
    (TooOften, 429),
    (Conflict, 409),
    (Refusal, 409),
)


# status: (code, title, sentence)
PROBLEMS: dict[int, tuple[str, str, str]] = {
    400: ("bad_request", _("Not understood"), _("This request cannot be understood.")),
    401: ("not_signed_in", _("Sign in first"), _("Sign in, or send a token that is valid.")),
    403: ("forbidden", _("Not permitted"), _("Your role does not permit this.")),
    404: ("not_found", _("Not found"), _("There is nothing at this address.")),
    405: ("method_not_allowed", _("Not possible here"), _("This address does not do that.")),
    406: ("not_acceptable", _("Not in this form"), _("This cannot be given in the form asked.")),
    409: ("conflict", _("Does not fit"), _("This does not fit what is already recorded.")),
    413: ("too_large", _("Too large"), _("What was sent is too large.")),
    415: ("unsupported_type", _("Wrong form"), _("Send this as JSON (application/json).")),
    422: ("invalid_input", _("Check what was entered"), _("Something entered cannot be used.")),
    429: (
        "too_many",
        _("Too many tries"),
        _("Too many tries. Wait a few minutes, then try again."),
    ),
    500: (
        "internal",
        _("Something failed here"),
        _("Something failed on our side. It was logged as {reference}; tell the administrator."),
    ),
    503: ("unavailable", _("Not available"), _("A part of the system cannot answer now.")),
}
STALE_FORM = _("This page was open for too long. Nothing was lost: send it again.")


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal, by its base class."""
    return next(status for base, status in STATUS if isinstance(refusal, base))


def install(app: Flask) -> None:
    """Answer every error in the form that was asked for."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(MissingAsset, _missing)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _failed)


def invalid_input(error: ValidationError) -> Response:
    """What flask-openapi3 answers when a request does not have the shape it needs."""
    problems = sentences_of(error)
    detail = " ".join(f"{p['field']}: {p['detail']}" for p in problems)
    return _answer(422, detail=detail, field=problems[0]["field"], errors=problems)


def _refused(refusal: Refusal) -> Response:
    status = status_of(refusal)
    field = refusal.field if isinstance(refusal, BadInput) else None
    answer = _answer(status, code=refusal.code, detail=refusal.sentence(translate), field=field)
    return say_when(refusal, answer)


def say_when(refusal: Refusal, answer: Response) -> Response:
    """Add after how many seconds to try again, where the refusal says so."""
    seconds = refusal.fields.get("retry_after_s")
    if seconds is not None:
        answer.headers["Retry-After"] = str(seconds)
    return answer


def _forged(error: CSRFError) -> Response:
    log.warning("refused a form: %s (%s %s)", error.description, request.method, request.path)
    # A fresh token goes along, so that a script can send the same form again. It is readable only
    # by pages of our own, which a forger is not.
    if request.path == "/sign-in":
        from gis_dispatch.consoles.auth import sign_in_page

        target = safe_next(request.form.get("next"))
        return make_response(sign_in_page(target=target, sentence=translate(STALE_FORM)), 403)
    return _answer(
        403, code="form_too_old", detail=translate(STALE_FORM), csrf_token=generate_csrf()
    )


def _missing(error: MissingAsset) -> Response:
    return _answer(404, detail=str(error))


def _http(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response(request.environ))
    usual = type(error).description
    detail = error.description if status in (401, 422) and error.description != usual else None
    response = _answer(status, detail=detail)
    for name, value in error.get_headers(request.environ):
        if name.lower() not in {"content-type", "content-length"}:
            response.headers[name] = value
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="GIS Dispatch"'
    return response


def _failed(error: Exception) -> Response:
    reference = secrets.token_hex(4)
    log.error("failure %s at %s %s", reference, request.method, request.path, exc_info=error)
    detail = translate(PROBLEMS[500][2]).format(reference=reference)
    return _answer(500, detail=detail, instance=f"urn:gis-dispatch:failure:{reference}")


def _answer(
    status: int, *, code: str | None = None, detail: str | None = None, **more: Any
) -> Response:
    usual_code, title, sentence = PROBLEMS.get(status, PROBLEMS[500 if status > 500 else 400])
    problem = {
        "type": f"about:blank#{code or usual_code}",
        "title": translate(title),
        "status": status,
        "detail": detail or translate(sentence),
        **{name: value for name, value in more.items() if value is not None},
    }
    if _asked_by_a_person():
        page = render_template("problem.html", problem=problem)
        return make_response(page, status)
    response = jsonify(problem)
    response.status_code = status
    response.content_type = "application/problem+json"
    return response


def _asked_by_a_person() -> bool:
    if request.path.startswith("/api/") or g.get("bearer"):
        return False
    return "text/html" in request.headers.get("Accept", "")
