"""The wall: a big screen that nobody touches. Not paired yet, it shows the code it is paired by."""

from datetime import timedelta

from flask import Blueprint, current_app, make_response, render_template, request
from flask_limiter.util import get_remote_address
from limits import parse
from werkzeug.exceptions import Forbidden, TooManyRequests
from werkzeug.wrappers import Response

from gis_dispatch.consoles import auth
from gis_dispatch.consoles.context import current_house, current_principal, current_settings
from gis_dispatch.consoles.screens import screens_version
from gis_dispatch.services.pair_wall import Pairing, begin_pairing, find_pairing

KEPT_FOR = timedelta(days=400)
"""The longest a browser keeps a cookie; every opening of the page begins it anew."""
NEW_CODES = parse("20 per 10 minutes")

blueprint = Blueprint("wall", __name__)


@blueprint.get("/wall")
def wall() -> Response:
    """The board for whoever may read it, or the code of this display."""
    principal = current_principal()
    secret = request.cookies.get(auth.WALL_COOKIE)
    if principal is None:
        return _pairing_page(secret)
    if not principal.may("wall.read"):
        raise Forbidden
    page = make_response(render_template("wall.html", version=screens_version(current_app)))
    if principal.secret is not None and secret is not None:
        _keep(page, secret)
    return page


def _pairing_page(secret: str | None) -> Response:
    house = current_house()
    pairing = find_pairing(house, secret) if secret else None
    if pairing is None:
        pairing = _new_code()
    left_s = max(0.0, (pairing.expires_at - house.clock.now()).total_seconds())
    page = make_response(render_template("wall_pairing.html", code=pairing.code, left_s=left_s))
    _keep(page, pairing.secret)
    return page


def _new_code() -> Pairing:
    if not auth.limiter.limiter.hit(NEW_CODES, "wall", get_remote_address()):
        raise TooManyRequests
    return begin_pairing(current_house())


def _keep(page: Response, secret: str) -> None:
    page.set_cookie(
        auth.WALL_COOKIE, secret, max_age=KEPT_FOR, httponly=True, samesite="Strict",
        secure=current_settings().secure_cookies,
    )  # fmt: skip
