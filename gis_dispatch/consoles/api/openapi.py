"""The description of the API, for programs that read it."""

from flask import Response

from gis_dispatch.consoles.api.document import a_file, resource, served_document
from gis_dispatch.consoles.roles import public

blueprint = resource("openapi", "About")


@blueprint.get("/openapi.json", responses={200: a_file("application/json")})
@public
def openapi_document() -> Response:
    """Read this description (OpenAPI 3.1)."""
    return Response(served_document(), mimetype="application/json")
