"""What the current request has at hand: the house, the settings, and who is asking."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import current_app, g
from werkzeug.exceptions import Unauthorized

from gis_dispatch.consoles.roles import HOMES, may, permissions_of
from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House
from gis_dispatch.settings import Settings

if TYPE_CHECKING:
    from gis_dispatch.consoles.streaming.live import Hub


@dataclass(frozen=True)
class Principal:
    """Who is asking, as pages and resources need it."""

    actor: Actor
    username: str
    display_name: str
    locale: str | None
    session_version: int | None = None
    """None for a program with a token."""
    secret: str | None = field(default=None, repr=False)
    """The token of a program; kept for as long as its request lasts."""

    # What Flask-Login asks of a user.
    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """What the session keeps: the account and the version of its password and role."""
        return f"{self.actor.user_id}:{self.session_version}"

    @property
    def role(self) -> str:
        """The role, as in the permission table."""
        return self.actor.role

    @property
    def home(self) -> str:
        """The page this person works on."""
        return HOMES.get(self.actor.role, "/")

    @property
    def permissions(self) -> list[str]:
        """Everything this role may do."""
        return permissions_of(self.actor.role)

    def may(self, permission: str) -> bool:
        """Whether this role has a permission."""
        return may(self.actor.role, permission)


def current_house() -> House:
    """The house that answers this request."""
    house: House = current_app.extensions["house"]
    return house


def current_settings() -> Settings:
    """The settings of this installation."""
    settings: Settings = current_app.extensions["settings"]
    return settings


def current_hub() -> "Hub":
    """What this process knows of events as they happen."""
    hub: Hub = current_app.extensions["live"]
    return hub


def current_principal() -> Principal | None:
    """Who is asking, or None before signing in."""
    principal: Principal | None = g.get("principal")
    return principal


def current_viewer() -> Principal:
    """Who is asking; nobody is refused."""
    principal = current_principal()
    if principal is None:
        raise Unauthorized
    return principal


def current_actor() -> Actor:
    """Who is asking, as use cases know them."""
    return current_viewer().actor
