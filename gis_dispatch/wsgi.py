"""The application for a WSGI server: `gis_dispatch.wsgi:create_app()`."""

from flask import Flask

from gis_dispatch import wiring
from gis_dispatch.settings import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """The application of one worker process; settings come from the environment."""
    return wiring.build_app(settings or Settings())
