"""The dispatcher's page; everything on it comes from the API."""

from flask import Blueprint, render_template

from gis_dispatch.consoles.roles import console

blueprint = Blueprint("dispatcher", __name__)


@blueprint.get("/dispatcher")
@console("dispatcher")
def page() -> str:
    """One agency's desk."""
    return render_template("dispatcher.html")
