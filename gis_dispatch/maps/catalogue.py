"""Which layers there are for whom: those of the files, and those that were uploaded."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gis_dispatch.domain.people import CREW, DISPATCHER, Actor
from gis_dispatch.maps.layers import UPLOADED, Layer, list_layers
from gis_dispatch.maps.refusals import LayerNotYours, LayerUnknown
from gis_dispatch.ports import Reads


def every_layer(_reads: Reads) -> list[Layer]:
    """All of them, files first."""
    return [*list_layers()]


def layers_for(reads: Reads, role: str) -> list[Layer]:
    """The layers that a role sees."""
    return [layer for layer in every_layer(reads) if role in layer.roles]


def get_layer(reads: Reads, id: str, role: str) -> Layer:
    """The layer of this id for this role, or a refusal that says what would be right."""
    for layer in every_layer(reads):
        if layer.id == id:
            if role not in layer.roles:
                raise LayerNotYours(id=id)
            return layer
    raise LayerUnknown(id=id, known=", ".join(layer.id for layer in layers_for(reads, role)))


def viewing(layer: Layer, actor: Actor, today: datetime) -> Mapping[str, Any]:
    """What a layer's query may ask about who looks, and when the city's day began.

    A dispatcher without an agency, or a crew without a unit, sees nothing that is handed out.
    """
    given: dict[str, Any] = {
        "viewer_agency": (actor.agency_code or "") if actor.role == DISPATCHER else None,
        "viewer_unit": (actor.unit_id or 0) if actor.role == CREW else None,
        "today": today,
    }
    if layer.id.startswith(UPLOADED):
        given["upload"] = int(layer.id.removeprefix(UPLOADED))
    return given
