"""The road network that travel times come from."""

from dataclasses import asdict

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes_units import Roads
from gis_dispatch.consoles.context import current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row

blueprint = resource("roads", "Roads")


@blueprint.get("/roads", responses={200: Roads})
@needs("roads.read")
def roads() -> Row:
    """Say which road network is loaded, how large it is, and where it is from."""
    return asdict(current_house().roads.status())
