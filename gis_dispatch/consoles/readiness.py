"""The page of checks before a shift and of who is on which unit; all of it comes from the API."""

from flask import Blueprint, render_template

from gis_dispatch.consoles.roles import console

blueprint = Blueprint("readiness_page", __name__)


@blueprint.get("/readiness")
@console("readiness")
def page() -> str:
    """One agency's units, crews and shifts."""
    return render_template("readiness.html")
