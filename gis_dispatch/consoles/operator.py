"""The operator console: one page; everything on it is asked for under /api/v1."""

from flask import Blueprint, render_template

from gis_dispatch.consoles import roles

blueprint = Blueprint("operator", __name__)


@blueprint.get("/operator")
@roles.console("operator")
def console() -> str:
    """Take calls, place them on the map, hand them to the agencies."""
    return render_template("operator.html")
