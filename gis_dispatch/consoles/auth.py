"""Signing in and out, and finding out who is asking: a session cookie or a bearer token."""

from contextlib import suppress

from flask import Blueprint, Flask, current_app, g, redirect, render_template, request, session
from flask_babel import gettext as _
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, current_user, login_user, logout_user
from flask_wtf.csrf import CSRFProtect
from limits import parse
from werkzeug.exceptions import TooManyRequests, Unauthorized
from werkzeug.wrappers import Response

from gis_dispatch.consoles.context import Principal, current_house, current_principal
from gis_dispatch.consoles.roles import enforce
from gis_dispatch.consoles.urls import safe_next
from gis_dispatch.services import sign_in as service
from gis_dispatch.services.pair_wall import find_wall
from gis_dispatch.services.sign_up_device import SubscriptionNotFound, sign_off_device

blueprint = Blueprint("auth", __name__)

WALL_COOKIE = "gis_dispatch_wall"
"""The secret of a display on the wall, or of one that waits to be paired."""

PUSH_DEVICE = "push_subscription"
"""Where a session keeps the device that signed up in it to be told: it ends with the session."""

csrf = CSRFProtect()
# Counted in the memory of each worker process: with two workers the true limit is up to twice this.
limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=True)
login = LoginManager()

# One control room often shares one address, so the limit per address is wide, per name narrow.
PER_ADDRESS = "60 per 5 minutes"
PER_NAME = "8 per 5 minutes"
WRONG_TOKENS = parse("30 per 5 minutes")

# Devices and other computers knock here without a session, so there is nothing to forge.
MACHINE_DOORS = frozenset({"phones", "try_out"})


def install(app: Flask) -> None:
    """Sessions, tokens, forgery protection and limits, in the order in which they are asked."""
    # Without Flask-Login's own context processor: it would ask the database again while the page
    # is being made that says that the database does not answer.
    login.init_app(app, add_context_processor=False)
    app.context_processor(lambda: {"current_user": current_principal()})
    csrf.init_app(app)
    limiter.init_app(app)
    app.before_request(_find_principal)
    app.before_request(_refuse_forgery)
    app.before_request(_enforce_permission)


@login.user_loader  # type: ignore[untyped-decorator]
def _load(session_id: str) -> Principal | None:
    number, separator, version = session_id.partition(":")
    if not (separator and number.isdecimal() and version.isdecimal()):
        return None
    account = service.find_account(current_house(), int(number), int(version))
    return principal_of(account) if account else None


def principal_of(account: service.Account) -> Principal:
    """A person's account as the one who is asking."""
    return Principal(
        actor=account.actor,
        username=account.username,
        display_name=account.display_name,
        locale=account.locale,
        session_version=account.session_version,
    )


def still_valid(principal: Principal) -> bool:
    """Whether a long answer may go on: same password, role and use as at its start."""
    if principal.secret is not None:
        return service.find_token(current_house(), principal.secret) is not None
    user_id, version = principal.actor.user_id, principal.session_version
    if user_id is None or version is None:
        return True
    return service.find_account(current_house(), user_id, version) is not None


def _find_principal() -> None:
    g.principal, g.bearer = None, False
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        # With a token the cookie is not looked at, so a forged request gains nothing from it.
        g.bearer = True
        g.principal = _by_token(secret.strip())
    elif current_user.is_authenticated:
        # The person, not the proxy: a stream goes on after the request has ended.
        g.principal = current_user._get_current_object()  # noqa: SLF001
    elif WALL_COOKIE in request.cookies:
        g.principal = _by_wall(request.cookies[WALL_COOKIE])


def _by_wall(secret: str) -> Principal | None:
    """A paired display. It only ever reads, so there is nothing to forge in its name."""
    wall = find_wall(current_house(), secret)
    if wall is None:
        return None
    return Principal(
        actor=wall.actor,
        username=f"wall-{wall.id}",
        display_name=wall.name,
        locale=None,
        secret=secret,
    )


def _by_token(secret: str) -> Principal:
    token = service.find_token(current_house(), secret)
    if token is None:
        # Only the wrong ones are slowed down: behind one proxy everybody has one address, and a
        # program with an old token must not shut out the telephone system.
        if not limiter.limiter.hit(WRONG_TOKENS, "token", get_remote_address()):
            raise TooManyRequests
        raise Unauthorized(_("This token is not known, or was revoked."))
    return Principal(
        actor=token.actor,
        username=token.label,
        display_name=token.label,
        locale=None,
        secret=secret,
    )


def _refuse_forgery() -> None:
    writes = request.method in current_app.config["WTF_CSRF_METHODS"]
    if writes and not g.bearer and request.blueprint not in MACHINE_DOORS:
        csrf.protect()


def _enforce_permission() -> Response | None:
    view = current_app.view_functions.get(request.endpoint or "")
    principal = current_principal()
    asked = request.full_path.rstrip("?")
    return enforce(view, asked, principal.role if principal else None)


def _name_tried() -> str:
    return request.form.get("username", "").strip().lower()


def _failed(response: Response) -> bool:
    return response.status_code == 403


@blueprint.route("/sign-in", methods=["GET", "POST"])
@limiter.limit(PER_ADDRESS, methods=["POST"], deduct_when=_failed)
@limiter.limit(PER_NAME, methods=["POST"], key_func=_name_tried, deduct_when=_failed)
def sign_in() -> Response | str | tuple[str, int]:
    """The sign-in page; a wrong password keeps the name that was typed."""
    principal = current_principal()
    target = safe_next(request.values.get("next"))
    if request.method == "GET":
        return redirect(target) if principal else sign_in_page(target=target)
    try:
        account = service.verify_password(
            current_house(), request.form.get("username", ""), request.form.get("password", "")
        )
    except service.WrongNameOrPassword as refusal:
        return sign_in_page(target=target, sentence=refusal.sentence(_)), 403
    chosen = session.get("locale")
    session.clear()  # a session begun by somebody else must not live on in this one
    if chosen:
        session["locale"] = chosen
    login_user(principal_of(account))
    session.permanent = True
    return redirect(target)


def sign_in_page(*, target: str, sentence: str | None = None) -> str:
    """The form, with what was typed before except the password."""
    return render_template(
        "sign_in.html",
        target=target,
        sentence=sentence,
        username=request.form.get("username", ""),
    )


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session in this browser; its device is told no more."""
    principal, device = current_principal(), session.get(PUSH_DEVICE)
    if principal is not None and device is not None:
        with suppress(SubscriptionNotFound):
            sign_off_device(current_house(), principal.actor, device)
    chosen = session.get("locale")
    logout_user()
    session.clear()
    if chosen:
        session["locale"] = chosen
    return redirect("/sign-in")


@blueprint.get("/")
def home() -> Response:
    """Send everybody to the page they work on."""
    principal = current_principal()
    return redirect(principal.home if principal else "/sign-in")
