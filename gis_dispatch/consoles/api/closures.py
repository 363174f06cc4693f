"""Road closures as GeoJSON: drawn, counted in every ranking at once, and lifted again."""

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes import IdPath
from gis_dispatch.consoles.api.shapes_units import Closure, ClosureQuery, Closures, NewClosure
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row
from gis_dispatch.services.close_road import close_road
from gis_dispatch.services.lift_closure import lift_closure

blueprint = resource("closures", "Road closures")


def feature(row: Row) -> Row:
    """One closure as a GeoJSON feature."""
    properties = {name: value for name, value in row.items() if name != "geometry"}
    return {
        "type": "Feature",
        "id": row["id"],
        "geometry": row["geometry"],
        "properties": properties,
    }


def closure_answer(id: int) -> Row:
    """One closure, read back."""
    return feature(current_house().store.reads.one("get_closure", id=id))


@blueprint.get("/closures", responses={200: Closures})
@needs("closures.read")
def list_closures(query: ClosureQuery) -> Row:
    """List road closures: active now, coming, or all."""
    state = "all" if query.active is False else query.state
    rows = current_house().store.reads.all("list_closures", state=state)
    return {"type": "FeatureCollection", "features": [feature(row) for row in rows]}


@blueprint.post("/closures", responses={201: Closure})
@needs("closures.make")
def close(body: NewClosure) -> tuple[Row, int]:
    """Close or slow the roads under a drawing."""
    closure = close_road(
        current_house(),
        current_actor(),
        geometry=body.geometry.model_dump(),
        **body.properties.model_dump(),
    )
    return closure_answer(closure.id), 201


@blueprint.post("/closures/<int:id>/lift", responses={200: Closure})
@needs("closures.make")
def lift(path: IdPath) -> Row:
    """Open the roads again."""
    lift_closure(current_house(), current_actor(), path.id)
    return closure_answer(path.id)
