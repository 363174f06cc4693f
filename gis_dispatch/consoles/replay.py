"""The page of replays: what is on it is asked for under /api/v1/replay."""

from flask import Blueprint, render_template

from gis_dispatch.consoles import roles

blueprint = Blueprint("replay", __name__)


@blueprint.get("/replay")
@roles.console("replay")
def console() -> str:
    """A slider over an hour, a day or an incident, as it was known then."""
    return render_template("replay.html")
