"""The page of a change of shifts: what who comes next must know, to hand over and to take over."""

from flask import Blueprint, render_template

from gis_dispatch.consoles import roles

blueprint = Blueprint("handover", __name__)


@blueprint.get("/handover")
@roles.console("handover")
def console() -> str:
    """Open, late, promised, out of service; the chat of the shift; the hand-overs before."""
    return render_template("handover.html")
