"""Map layers: files of facts that can be checked before they are shown."""

from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import click

from gis_dispatch import assets
from gis_dispatch.consoles.roles import PERMISSIONS
from gis_dispatch.errors import Refusal
from gis_dispatch.maps.basemaps import basemap_files
from gis_dispatch.maps.checking import Installation, check_files
from gis_dispatch.maps.layers import layer_files, list_layers
from gis_dispatch.ports import Reads
from gis_dispatch.running.commands.common import Commands, answer, as_json, table, warn
from gis_dispatch.running.commands.house import open_house
from gis_dispatch.store.queries import named_queries


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
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@as_json
def check(files: tuple[Path, ...], json_wanted: bool) -> None:
    """Tell everything that is wrong with layer and basemap files, by file and key.

    Without FILE, those of this installation. What a query returns is asked of the database.

    \b
    Example:
      gis-dispatch layers check layers/hydrants.toml
    """
    paths = list(files) or [*layer_files(), *basemap_files()]
    with ExitStack() as stack:
        reads, why = _reads(stack)
        queries = named_queries(assets.folder("sql") / "queries").parameters
        found = check_files(paths, Installation(queries, PERMISSIONS["layers.read"], reads))
    lines = [f"{one.file}: {one.key}: {one.problem}" for one in found]
    told = {"files": len(paths), "problems": [asdict(one) for one in found], "not_asked": why}
    answer(told, json_wanted, "\n".join(lines) or f"{len(paths)} files, nothing wrong.")
    if why is not None:
        warn(f"The database could not be asked what the queries return: {why}")
    if found:
        raise SystemExit(1)


def _reads(stack: ExitStack) -> tuple[Reads | None, str | None]:
    """The database's answers, or why there are none."""
    try:
        return stack.enter_context(open_house()).store.reads, None
    except (Refusal, OSError) as unreachable:
        return None, str(unreachable)
