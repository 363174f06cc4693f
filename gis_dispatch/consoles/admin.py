"""The administrator's console: one page; everything on it is asked for under /api/v1."""

from flask import Blueprint, render_template

from gis_dispatch.consoles import roles

blueprint = Blueprint("admin", __name__)


@blueprint.get("/admin")
@roles.console("admin")
def console() -> str:
    """Keep users, agencies, kinds, plans, stations, units, phones and tokens."""
    return render_template("admin.html")
