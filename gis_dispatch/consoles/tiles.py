"""Vector tiles of the basemaps, at /tiles/<basemap>/<z>/<x>/<y>.mvt."""

from flask import Blueprint, Response, current_app

from gis_dispatch.consoles.context import current_house
from gis_dispatch.consoles.kept_answers import put_body, unchanged
from gis_dispatch.consoles.roles import needs
from gis_dispatch.maps.basemap_catalogue import Catalogue
from gis_dispatch.maps.basemaps import get_basemap
from gis_dispatch.maps.tile_files import MIME_TYPES
from gis_dispatch.maps.tiles import TileShelf, require_on_map

# A browser asks again after a minute, and is told "not changed" without a tile being made.
MAX_AGE_S = 60
FILE_MAX_AGE_S = 3600  # its address names the file's state
MIME_TYPE = "application/vnd.mapbox-vector-tile"

blueprint = Blueprint("tiles", __name__)


def tile_shelf() -> TileShelf:
    """The tiles that this process remembers."""
    shelf = current_app.extensions.get("tiles")
    if not isinstance(shelf, TileShelf):
        shelf = current_app.extensions["tiles"] = TileShelf(current_house().store.reads)
    return shelf


def basemap_catalogue() -> Catalogue:
    """What basemaps this installation has."""
    catalogue = current_app.extensions["basemaps"]
    assert isinstance(catalogue, Catalogue)  # noqa: S101 - for the types
    return catalogue


@blueprint.get("/tiles/files/<id>/<int:z>/<int:x>/<int:y>")
@needs("layers.read")
def file_tile(id: str, z: int, x: int, y: int) -> Response:
    """One tile of a file of tiles; where it has none, the answer is empty."""
    file = basemap_catalogue().file(id)
    response, known = unchanged(
        MIME_TYPES[file.format], file.version, f"max-age={FILE_MAX_AGE_S}", vary="Cookie"
    )
    if known:
        return response
    body = file.tile(z, x, y)
    if body is None:
        response.status_code = 204
    else:
        response.set_data(body)
    return response


@blueprint.get("/tiles/<basemap_id>/<int:z>/<int:x>/<int:y>.mvt")
@needs("layers.read")
def tile(basemap_id: str, z: int, x: int, y: int) -> Response:
    """One tile; the ETag names the state of the data, so an import is seen within a minute."""
    basemap = get_basemap(basemap_id)
    require_on_map(basemap, z, x, y)
    shelf = tile_shelf()
    version = shelf.version(basemap)
    response, known = unchanged(MIME_TYPE, version, f"max-age={MAX_AGE_S}")
    return response if known else put_body(response, shelf.tile(basemap, version, z, x, y).body)
