"""Roads from a file, a place or the sample city, made the current ones."""

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from gis_dispatch import assets
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.road_findings import Survey
from gis_dispatch.ports import House
from gis_dispatch.roads.sources import FileSource
from gis_dispatch.services.import_roads import Progress, RoadEngine, RoadSource, import_roads
from gis_dispatch.services.prune_networks import prune_networks
from gis_dispatch.settings import Settings
from gis_dispatch.store import PostgresStore
from gis_dispatch.store.networks import PostgresNetworks

SAMPLE_CITY = "Göteborg (sample city)"


def of_file(path: Path, name: str | None) -> RoadSource:
    """A file's roads; the place is called as it is said, or as the file is."""
    return FileSource(path, place=name or path.name.split(".")[0])


def of_place(place: str, settings: Settings) -> RoadSource:
    """A place of OpenStreetMap, from the servers the settings name."""
    # Only now: OSMnx takes a second to import, and most starts and commands never need it.
    from gis_dispatch.roads.read_place import PlaceSource

    return PlaceSource(place, settings.overpass_url, settings.nominatim_url, settings.osm_timeout_s)


def of_sample_city() -> RoadSource:
    """The network that npm brought along."""
    return FileSource(assets.sample_network(), place=SAMPLE_CITY, sample=True)


def load_roads(house: House, actor: Actor, source: RoadSource, tell: Progress) -> Survey:
    """Import a source into an open house; a running server notices by itself."""
    # wiring builds the house on these two; importing is more than their ports promise.
    networks = _networks(house)
    engine = cast(RoadEngine, house.roads)
    return import_roads(house, actor, source, networks=networks, engine=engine, progress=tell)


def prune_roads(house: House) -> Sequence[str]:
    """Remove the earlier networks that nobody needs; their versions."""
    return prune_networks(house, _networks(house))


def _networks(house: House) -> PostgresNetworks:
    return PostgresNetworks(cast(PostgresStore, house.store))
