"""Which layers there are for whom: those of the files, and those that were uploaded."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gis_dispatch.domain.people import CREW, DISPATCHER, Actor
from gis_dispatch.maps.layers import UPLOADED, Layer, StyleCase, list_layers
from gis_dispatch.maps.refusals import LayerNotYours, LayerUnknown
from gis_dispatch.ports import Reads

WHOLE_UP_TO = 2000
"""An uploaded layer of more features is served as tiles."""


def uploaded_layer(row: Mapping[str, Any]) -> Layer:
    """An uploaded layer as a file would describe it; another file of it is told by an event."""
    return Layer(
        id=f"{UPLOADED}{row['id']}",
        title_id=row["title_id"],
        title_en=row["title_en"],
        shape=row["shape"],
        query="layer_uploaded",
        served="tiles" if row["features"] > WHOLE_UP_TO else "geojson",
        state="uploaded_layer_state",
        refresh=row["refresh_s"] or "live",
        events=() if row["refresh_s"] else ("layer",),
        roles=tuple(row["roles"]),
        zoom=(row["zoom_from"], row["zoom_to"]),
        label=row["label"],
        styles=(
            StyleCase(
                name_id=row["title_id"],
                name_en=row["title_en"],
                colour=row["colour"],
                icon=row["icon"],
            ),
        ),
    )


def layers_for(reads: Reads, role: str) -> list[Layer]:
    """The layers that a role sees: those of the files first."""
    uploaded = [uploaded_layer(row) for row in reads.all("list_uploaded_layers")]
    return [layer for layer in (*list_layers(), *uploaded) if role in layer.roles]


def get_layer(reads: Reads, id: str, role: str) -> Layer:
    """The layer of this id for this role, or a refusal that says what would be right."""
    found = next((layer for layer in list_layers() if layer.id == id), None)
    if found is None and id.startswith(UPLOADED):
        rows = reads.all("list_uploaded_layers")
        found = next((uploaded_layer(row) for row in rows if id == f"{UPLOADED}{row['id']}"), None)
    if found is None:
        known = ", ".join(layer.id for layer in layers_for(reads, role))
        raise LayerUnknown(id=id, known=known)
    if role not in found.roles:
        raise LayerNotYours(id=id)
    return found


def viewing(layer: Layer, actor: Actor, today: datetime) -> Mapping[str, Any]:
    """What a layer's query may ask about who looks, and when the city's day began.

    A dispatcher without an agency, or a crew without a unit, sees nothing that is handed out.
    """
    given: dict[str, Any] = {
        "viewer_agency": (actor.agency_code or "") if actor.role == DISPATCHER else None,
        "viewer_only": actor.only_agency,
        "viewer_unit": (actor.unit_id or 0) if actor.role == CREW else None,
        "today": today,
    }
    if layer.id.startswith(UPLOADED):
        given["upload"] = int(layer.id.removeprefix(UPLOADED))
    return given
