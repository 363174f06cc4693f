"""Languages: which one a viewer gets, the catalogues behind gettext, and the one for scripts."""

import os
import tempfile
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    g,
    has_request_context,
    jsonify,
    redirect,
    request,
    session,
)
from flask_babel import Babel, gettext
from werkzeug.wrappers import Response

from gis_dispatch.consoles.context import current_house, current_principal, current_settings
from gis_dispatch.consoles.urls import safe_next
from gis_dispatch.services import sign_in

LOCALES = ("id", "en")

blueprint = Blueprint("i18n", __name__)


def install(app: Flask, *, catalogues: Path, compiled: Path, default: str, timezone: str) -> None:
    """Compile the catalogues that are there and let Flask-Babel choose by `current_locale`."""
    for locale in LOCALES:
        compile_catalogue(catalogues, compiled, locale)
    app.config["CATALOGUES"] = catalogues
    app.config["BABEL_DEFAULT_LOCALE"] = default
    app.config["BABEL_DEFAULT_TIMEZONE"] = timezone
    Babel(
        app,
        default_translation_directories=str(compiled),
        locale_selector=current_locale,
    )


def current_locale() -> str:
    """The language chosen here, or the account's, or what a program asks for, or the city's."""
    if not has_request_context():
        return current_settings().locale
    chosen = session.get("locale")
    if chosen in LOCALES:
        return str(chosen)
    principal = current_principal()
    if principal is not None and principal.locale in LOCALES:
        return str(principal.locale)
    if getattr(g, "bearer", False):
        asked = request.accept_languages.best_match(LOCALES)
        if asked:
            return asked
    return current_settings().locale


def compile_catalogue(catalogues: Path, compiled: Path, locale: str) -> bool:
    """Turn one .po into the .mo that gettext reads; False when the language has none yet."""
    source = _po_file(catalogues, locale)
    if not source.is_file():
        return False
    target = compiled / locale / "LC_MESSAGES" / "messages.mo"
    if target.is_file() and target.stat().st_mtime >= source.stat().st_mtime:
        return True
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as po:
        catalogue = read_po(po, locale=locale)
    # Several workers start at once: each writes its own file, and the last rename wins.
    handle, temporary = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as mo:
        write_mo(mo, catalogue)
    Path(temporary).replace(target)
    return True


@cache
def script_catalogue(catalogues: Path, locale: str, _changed_ns: int) -> dict[str, str]:
    """Every translated sentence of one language, for scripts; read again when the file changes."""
    with _po_file(catalogues, locale).open("rb") as po:
        catalogue = read_po(po, locale=locale)
    return {
        message.id: message.string
        for message in catalogue
        if message.id and not message.fuzzy
        if isinstance(message.id, str) and isinstance(message.string, str) and message.string
    }


def _po_file(catalogues: Path, locale: str) -> Path:
    return catalogues / locale / "LC_MESSAGES" / "messages.po"


@blueprint.get("/i18n/<locale>.json")
def catalogue_for_scripts(locale: str) -> Response:
    """The sentences of one language; an untranslated one is shown as it is, in English."""
    if locale not in LOCALES:
        abort(404)
    catalogues = current_app.config["CATALOGUES"]
    source = _po_file(catalogues, locale)
    entries = (
        script_catalogue(catalogues, locale, source.stat().st_mtime_ns) if source.is_file() else {}
    )
    response = jsonify(entries)
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache"
    return response.make_conditional(request)


@blueprint.post("/language")
def choose_language() -> Response:
    """Keep the language a person chose, for this browser and for the account."""
    locale = request.form.get("locale", "")
    if locale not in LOCALES:
        abort(422, gettext("Choose one of the languages offered."))
    session["locale"] = locale
    principal = current_principal()
    if principal is not None and principal.actor.user_id is not None:
        sign_in.set_locale(current_house(), principal.actor.user_id, locale)
    return redirect(safe_next(request.form.get("next")))
