"""The road network: import one, say which one is in use, remove those nobody needs."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from gis_dispatch.ports import House
from gis_dispatch.running.commands.common import AT_THE_MACHINE, Commands, answer, as_json
from gis_dispatch.running.commands.house import open_house
from gis_dispatch.running.progress import Progress
from gis_dispatch.running.road_sources import (
    load_roads,
    of_file,
    of_place,
    of_sample_city,
    prune_roads,
)
from gis_dispatch.services.import_found_stations import import_found_stations
from gis_dispatch.settings import Settings


@click.group("roads", cls=Commands)
def roads() -> None:
    """The road network that every travel time is worked out on.

    \b
    Example:
      gis-dispatch roads status
    """


@roads.command("import")
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--place", default=None, help="Download this place's roads from OpenStreetMap.")
@click.option("--sample", is_flag=True, help="Go back to the sample city that came along.")
@click.option("--name", default=None, help="What to call the place of a FILE; its name if unsaid.")
@as_json
def import_(
    file: Path | None, place: str | None, sample: bool, name: str | None, json_wanted: bool
) -> None:
    """Replace the road network by FILE or by a place of OpenStreetMap: whole, or not at all.

    FILE may be .osm, .osm.gz, .osm.bz2, .osm.pbf, an OSMnx .graphml, or GeoJSON of OSM ways. A
    running server uses the new roads within seconds. Fire stations, hospitals and police posts
    that OpenStreetMap knows there, and you do not have yet, are added to your stations. The
    answer tells how many turns are banned, by which restrictions and barriers, what was left out
    and why, and what the source does not have. Earlier networks stay while a kept recommendation
    was made on them.

    \b
    Example:
      gis-dispatch roads import singkawang.osm.pbf --name "Kota Singkawang"
      gis-dispatch roads import --place "Singkawang, Kalimantan Barat, Indonesia"
      gis-dispatch roads import --sample
    """
    if [file is not None, place is not None, sample].count(True) != 1:
        raise click.UsageError("Give one of these: a FILE, --place or --sample.")
    progress = Progress()

    def say(share: float, sentence: str) -> None:
        progress.say(f"  {share:4.0%}  {sentence}")

    if sample:
        source = of_sample_city()
    elif place:
        source = of_place(place, Settings())
    else:
        source = of_file(file or Path(), name)
    with open_house() as house:
        survey = load_roads(house, AT_THE_MACHINE, source, say)
        added = import_found_stations(house, AT_THE_MACHINE, survey.stations)
        if survey.stations:
            progress.say(f"  {len(survey.stations)} stations in OpenStreetMap, {added} of them new")
        if not sample and house.store.reads.value("api_has_sample"):
            progress.say("  The sample city's stations and units are still there: see /admin.")
        _answer_status(house, json_wanted, survey.sentences(), survey.as_counts())


@roads.command("prune")
@as_json
def prune(json_wanted: bool) -> None:
    """Remove earlier road networks on which no kept recommendation was made.

    An import does so too, but for the network it replaces.

    \b
    Example:
      gis-dispatch roads prune
    """
    with open_house() as house:
        removed = list(prune_roads(house))
        earlier, said = _earlier(house)
    lines = [f"removed {version}" for version in removed] or ["There was nothing to remove."]
    answer({"removed": removed, "earlier": earlier}, json_wanted, "\n".join([*lines, *said]))


@roads.command("status")
@as_json
def status(json_wanted: bool) -> None:
    """Say which network is in use, where it is from, and how many earlier ones are kept.

    \b
    Example:
      gis-dispatch roads status --json
    """
    with open_house() as house:
        _answer_status(house, json_wanted)


def _answer_status(
    house: House, json_wanted: bool,
    said: Sequence[str] = (), imported: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    now = house.roads.status()
    sample = " (a sample city: these are not your roads)" if now.sample else ""
    size = f"{now.junction_count:,} junctions, {now.edge_count:,} road directions"
    lines = [
        f"{now.place}{sample}",
        f"{size}, version {now.version}",
        f"from {now.source}, {now.attribution}",
        *said,
    ]
    earlier, kept = _earlier(house)
    lines += kept
    more = {"imported": imported} if imported else {}
    answer({**asdict(now), "earlier": earlier, **more}, json_wanted, "\n".join(lines))


def _earlier(house: House) -> tuple[dict[str, int], list[str]]:
    """The earlier networks that are kept; and a sentence on them, if there are any."""
    found = house.store.reads.find("earlier_road_networks") or {"networks": 0, "bytes": 0}
    number, size = int(found["networks"]), int(found["bytes"])
    many = "1 earlier network is" if number == 1 else f"{number} earlier networks are"
    told = f"{many} kept, about {size / 1e6:,.0f} MB"
    return {"networks": number, "bytes": size}, [told] if number else []
