"""The crew's page, for a phone held in one hand; everything on it comes from the API."""

from flask import Blueprint, render_template

from gis_dispatch.consoles.roles import console

blueprint = Blueprint("field", __name__)


@blueprint.get("/field")
@console("field")
def page() -> str:
    """One crew's assignment."""
    return render_template("field.html")
