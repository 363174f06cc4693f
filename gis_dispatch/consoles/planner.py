"""The planner console: one page; everything on it is asked for under /api/v1."""

from flask import Blueprint, render_template

from gis_dispatch.consoles import roles
from gis_dispatch.consoles.report_pages import cell_text

blueprint = Blueprint("planner", __name__)
blueprint.add_app_template_filter(cell_text, "cell")


@blueprint.get("/planner")
@roles.console("planner")
def console() -> str:
    """Where and when it happens, how fast we were, and the month's report."""
    return render_template("planner.html")
