"""Map layers: files of facts that can be checked before they are shown."""

from typing import Any

import click

from gis_dispatch.maps.geojson import layer_features
from gis_dispatch.maps.layers import Layer, list_layers
from gis_dispatch.ports import House
from gis_dispatch.running.commands.common import Commands, answer, as_json, table
from gis_dispatch.running.commands.house import open_house


@click.group("layers", cls=Commands)
def layers() -> None:
    """Map layers, one file each in layers/.

    \b
    Example:
      gis-dispatch layers list
    """


@layers.command("list")
@as_json
def list_(json_wanted: bool) -> None:
    """List the layers and who sees them.

    \b
    Example:
      gis-dispatch layers list --json
    """
    rows = [layer.model_dump(mode="json") for layer in list_layers()]
    shown = [{**row, "roles": ", ".join(row["roles"])} for row in rows]
    columns = ("id", "title_en", "shape", "query", "refresh", "roles")
    answer({"items": rows}, json_wanted, table(shown, columns))


@layers.command("check")
@as_json
def check(json_wanted: bool) -> None:
    """Run every layer's query and check that it returns what the drawing uses.

    \b
    Example:
      gis-dispatch layers check
    """
    with open_house() as house:
        rows = [_checked(house, layer) for layer in list_layers()]
    answer({"items": rows}, json_wanted, table(rows, ("id", "features", "problem")))
    if any(row["problem"] for row in rows):
        raise SystemExit(1)


def _checked(house: House, layer: Layer) -> dict[str, Any]:
    features = layer_features(house.store.reads, layer, None, {})["features"]
    missing: set[str] = set()
    for feature in features:
        missing |= layer.used_properties() - feature["properties"].keys()
    names = ", ".join(sorted(missing))
    problem = f"the query {layer.query} does not return: {names}" if missing else None
    return {"id": layer.id, "features": len(features), "problem": problem}
