"""Makes the Flask application: pages, the API with its OpenAPI document, and what guards both."""

import pkgutil
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from typing import Any

from flask import Blueprint
from flask_babel import gettext as translate
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI

from gis_dispatch import __version__, assets, consoles
from gis_dispatch.consoles import api, auth, i18n, refusals, security, static_files
from gis_dispatch.consoles.api.document import SECURITY_SCHEMES
from gis_dispatch.consoles.api.shapes import Problem
from gis_dispatch.consoles.context import (
    current_house,
    current_hub,
    current_principal,
    current_settings,
)
from gis_dispatch.consoles.joined import script_of
from gis_dispatch.consoles.json import JsonProvider
from gis_dispatch.consoles.modules import modules_of
from gis_dispatch.consoles.phone_door import Counting, PhoneDoor
from gis_dispatch.consoles.roles import may
from gis_dispatch.consoles.streaming.live import Hub
from gis_dispatch.domain.words import word
from gis_dispatch.errors import Unavailable
from gis_dispatch.maps.basemap_catalogue import Catalogue
from gis_dispatch.ports import House
from gis_dispatch.services.track_together import Together, Turns
from gis_dispatch.settings import Settings

API_PREFIX = "/api/v1"
LARGEST_UPLOAD_BYTES = 16 * 1024 * 1024
SIGNED_IN_FOR = timedelta(hours=12)  # a shift; every request begins it anew


def create_app(settings: Settings, house: House, hub: Hub, *, secret_key: str) -> OpenAPI:
    """The application, with nothing started: the hub begins to listen with the first stream."""
    web = assets.folder("web")
    app = OpenAPI(
        "gis_dispatch",
        info=Info(
            title="GIS Dispatch",
            version=__version__,
            description="Everything the consoles do, as JSON. Coordinates are (lon, lat), WGS 84.",
        ),
        security_schemes=SECURITY_SCHEMES,
        doc_ui=False,
        validation_error_model=Problem,
        validation_error_callback=refusals.invalid_input,
        template_folder=str(web / "templates"),
        static_folder=None,
    )
    app.json = JsonProvider(app)
    app.config.update(
        SECRET_KEY=secret_key,
        MAX_CONTENT_LENGTH=LARGEST_UPLOAD_BYTES,
        PERMANENT_SESSION_LIFETIME=SIGNED_IN_FOR,
        SESSION_COOKIE_NAME="gis_dispatch",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        WTF_CSRF_CHECK_DEFAULT=False,  # auth asks, after it knows whether a token was sent
        WTF_CSRF_TIME_LIMIT=None,  # a page stays open for a whole shift; it ends with the session
    )
    together = Together(house, settings.waiting_positions)
    counting = Counting(settings.phone_reports_per_s)
    basemaps = Catalogue(settings.home / "basemaps", settings.online_basemaps)
    app.extensions.update(
        house=house,
        settings=settings,
        live=hub,
        basemaps=basemaps,
        together=together,
        counting=counting,
        batches=Turns(settings.waiting_batches),
    )
    app.wsgi_app = PhoneDoor(app.wsgi_app, together, counting)  # type: ignore[method-assign]
    static_files.install(app, secure=settings.secure_cookies)
    security.install(app, secure=settings.secure_cookies, image_hosts=basemaps.hosts)
    refusals.install(app)
    auth.install(app)
    i18n.install(
        app,
        catalogues=web / "i18n",
        compiled=settings.home / "i18n",
        default=settings.locale,
        timezone=settings.timezone,
    )
    app.context_processor(_for_templates)
    for blueprint in blueprints():
        if isinstance(blueprint, APIBlueprint):
            app.register_api(blueprint)
        else:
            app.register_blueprint(blueprint)
    return app


def blueprints() -> Iterator[Blueprint]:
    """The `blueprint` of every module of this room and of its API: a new file is a new door."""
    # All are imported before any is given out: one file may add routes to another one's blueprint.
    modules = [
        import_module(f"{package.__name__}.{module.name}")
        for package in (consoles, api)
        for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name)
    ]
    for module in modules:
        found = getattr(module, "blueprint", None)
        if isinstance(found, Blueprint):
            yield found


def sample_place(house: House) -> str | None:
    """The place whose roads stand in for the city's own, while none of its own are loaded."""
    try:
        status = house.roads.status()
    except Unavailable:
        return None
    return status.place if status.sample else None


def _for_templates() -> dict[str, Any]:
    settings, principal = current_settings(), current_principal()
    return {
        "locale": i18n.current_locale(),
        "modules_of": modules_of,
        "script_of": script_of,
        "service_name": settings.service_name,
        "city": settings.city,
        "timezone": settings.timezone,
        "sample_city": sample_place(current_house()),
        "role_name": translate(word(principal.role)) if principal else None,
        "follows_events": principal is not None and may(principal.role, "events.read"),
        # The page follows the record from here on: nothing between it and its stream is missed.
        "last_event_id": current_hub().events.newest_id,
    }
