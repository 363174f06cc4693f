"""Map layers: files of facts that can be checked before they are shown."""

import click

from gis_dispatch.maps.layers import list_layers
from gis_dispatch.running.commands.common import Commands, answer, as_json, table


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
