"""The description of the API, for programs that read it."""

from typing import Any

from gis_dispatch.consoles.api.document import a_file, resource, served_document
from gis_dispatch.consoles.roles import public

blueprint = resource("openapi", "About")


@blueprint.get("/openapi.json", responses={200: a_file("application/json")})
@public
def openapi_document() -> dict[str, Any]:
    """Read this description (OpenAPI 3.1)."""
    return served_document()
