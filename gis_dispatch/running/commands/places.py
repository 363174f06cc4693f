"""The gazetteer: names to search for, and where they are."""

import click

from gis_dispatch.running.commands.common import Commands, answer, as_json
from gis_dispatch.running.commands.house import open_house


@click.group("places", cls=Commands)
def places() -> None:
    """Names of streets, stations, villages and landmarks, as the operator searches them.

    \b
    Example:
      gis-dispatch places search "diponegoro"
    """


@places.command("search")
@click.argument("text")
@click.option("--limit", type=click.IntRange(1, 50), default=10, show_default=True)
@as_json
def search(text: str, limit: int, json_wanted: bool) -> None:
    """Search as the operator's screen does, to see what it would find.

    \b
    Example:
      gis-dispatch places search "jl diponegoro"
    """
    with open_house() as house:
        found = house.geocoder.search(text, limit=limit)
    rows = [
        {"name": one.name, "kind": one.kind, "lon": one.lon, "lat": one.lat, "detail": one.detail}
        for one in found
    ]
    lines = [f"{row['name']} ({row['kind']})  {row['lon']:.5f}, {row['lat']:.5f}" for row in rows]
    answer({"items": rows}, json_wanted, "\n".join(lines) or "Nothing was found.")
