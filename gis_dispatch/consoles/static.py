"""Third-party browser parts from node_modules, by the allow-list in `assets`."""

from flask import Blueprint, send_file
from werkzeug.wrappers import Response

from gis_dispatch import assets

# Addresses carry no version, so a day: after an upgrade nobody runs old scripts for longer.
MAX_AGE_S = 86_400

blueprint = Blueprint("assets", __name__)


@blueprint.get("/vendor/<path:path>")
def vendor(path: str) -> Response:
    """One file of one package; a scoped package has a slash in its name."""
    parts = path.split("/")
    width = 2 if path.startswith("@") else 1
    file = assets.vendor("/".join(parts[:width]), "/".join(parts[width:]))
    response = send_file(file, max_age=MAX_AGE_S, conditional=True)
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE_S}"
    return response
