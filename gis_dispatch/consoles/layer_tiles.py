"""Vector tiles of layers, at /tiles/layers/<id>/<z>/<x>/<y>.mvt."""

from datetime import datetime

from flask import Blueprint, Response, current_app

from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.kept_answers import put_body, unchanged
from gis_dispatch.consoles.roles import needs
from gis_dispatch.consoles.tiles import MIME_TYPE
from gis_dispatch.maps.catalogue import get_layer, viewing
from gis_dispatch.maps.layer_shelf import LayerShelf, Version, require_tile

ASK_AGAIN = "no-cache"
"""Asked again each time, and told "not changed" without anything being made."""

blueprint = Blueprint("layer_tiles", __name__)


def layer_shelf() -> LayerShelf:
    """What this process remembers of layers."""
    shelf = current_app.extensions.get("layer_shelf")
    if not isinstance(shelf, LayerShelf):
        shelf = current_app.extensions["layer_shelf"] = LayerShelf(current_house().store.reads)
    return shelf


def version_for_viewer(id: str) -> Version:
    """The layer as it is now for who is asking."""
    house, actor = current_house(), current_actor()
    layer = get_layer(house.store.reads, id, actor.role)
    now = house.clock.now().astimezone(house.timezone)
    midnight = datetime(now.year, now.month, now.day, tzinfo=house.timezone)
    return layer_shelf().version(layer, viewing(layer, actor, midnight))


@blueprint.get("/tiles/layers/<id>/<int:z>/<int:x>/<int:y>.mvt")
@needs("layers.read")
def tile(id: str, z: int, x: int, y: int) -> Response:
    """One tile of a layer; its ETag names the state of the data, of the file and of the viewer."""
    version = version_for_viewer(id)
    require_tile(version.layer, z, x, y)
    response, known = unchanged(MIME_TYPE, version.tag, ASK_AGAIN)
    return response if known else put_body(response, layer_shelf().tile(version, z, x, y))
