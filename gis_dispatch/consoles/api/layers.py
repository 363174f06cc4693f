"""Map layers and basemaps as their files describe them, and each layer's features as GeoJSON."""

from typing import Any

from flask import jsonify
from flask_babel import gettext as translate
from pydantic import BaseModel, Field, field_validator
from werkzeug.wrappers import Response

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes import Query, Shape
from gis_dispatch.consoles.context import current_house, current_viewer
from gis_dispatch.consoles.json import dumps
from gis_dispatch.consoles.kept_answers import put_body, unchanged
from gis_dispatch.consoles.layer_tiles import ASK_AGAIN, layer_shelf, version_for_viewer
from gis_dispatch.consoles.roles import needs
from gis_dispatch.consoles.tiles import basemap_catalogue
from gis_dispatch.domain.land import CONTENTS
from gis_dispatch.maps.catalogue import layers_for
from gis_dispatch.maps.mercator import Bbox

blueprint = resource("layers", "Map layers")


class LayerPath(BaseModel):
    """Which layer."""

    id: str = Field(description="The layer's file name without .toml.")


class BboxQuery(Query):
    """Which part of the layer."""

    bbox: str | None = Field(
        default=None, description="west,south,east,north in degrees; without it, everything."
    )

    @field_validator("bbox")
    @classmethod
    def _four_numbers(cls, written: str | None) -> str | None:
        if written is not None:
            parse_bbox(written)
        return written

    def box(self) -> Bbox | None:
        """The four numbers, if any were given."""
        return parse_bbox(self.bbox) if self.bbox is not None else None


def parse_bbox(written: str) -> Bbox:
    """west,south,east,north as numbers, or ValueError saying what would be right."""
    try:
        west, south, east, north = (float(part) for part in written.split(","))
    except ValueError as wrong:
        raise ValueError("give four numbers: west,south,east,north") from wrong
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError("give degrees, west below east and south below north")
    return west, south, east, north


class Layers(Shape):
    """What can be drawn."""

    items: list[dict[str, Any]] = Field(description="The layers that your role sees.")
    basemaps: list[dict[str, Any]]
    problems: list[str] = Field(description="Map files that cannot be shown, and why.")


class FeatureCollection(Shape):
    """A GeoJSON FeatureCollection (RFC 7946)."""

    type: str = "FeatureCollection"
    features: list[dict[str, Any]]


@blueprint.get("/layers", responses={200: Layers})
@needs("layers.read")
def list_layers() -> Response:
    """Layers for your role and the basemaps, as their files describe them."""
    roads = current_house().store.reads.find("current_road_attribution")
    catalogue = basemap_catalogue()
    basemaps = [basemap.model_dump(mode="json") for basemap in catalogue.basemaps()]
    for basemap in basemaps:
        if basemap["kind"] == "vector" and roads:
            basemap["attribution"] = roads["attribution"] or basemap["attribution"]
            basemap["licence"] = roads["licence"] or basemap["licence"]
            basemap["lacks"] = [what for what in CONTENTS if not roads["land"].get(what)]
    layers = layers_for(current_house().store.reads, current_viewer().role)
    items = [layer.model_dump(mode="json") for layer in layers]
    problems = [problem.sentence(translate) for problem in catalogue.problems()]
    return jsonify(items=items, basemaps=basemaps, problems=problems)


@blueprint.get("/layers/<id>", responses={200: FeatureCollection})
@needs("layers.read")
def read_layer(path: LayerPath, query: BboxQuery) -> Response:
    """One layer's features now, as GeoJSON."""
    version = version_for_viewer(path.id)
    response, known = unchanged("application/geo+json", version.tag, ASK_AGAIN)
    if known:
        return response
    return put_body(response, layer_shelf().features(version, query.box(), dumps))
