"""Where roads come from: a file of one of the kinds we read, or a place in OpenStreetMap."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gis_dispatch.domain.network import FoundStation, Network
from gis_dispatch.domain.road_findings import FoundRoads, Survey
from gis_dispatch.roads.read_beside import read_beside
from gis_dispatch.roads.read_geojson import read_geojson
from gis_dispatch.roads.read_graphml import read_graphml
from gis_dispatch.roads.read_osm import read_osm
from gis_dispatch.roads.refusals import RoadFileEmpty, RoadFileMissing, RoadFileUnknown

Progress = Callable[[float, str], None]

ATTRIBUTION = "© OpenStreetMap contributors"
LICENCE = "ODbL 1.0"

_OSM_ENDINGS = (".osm", ".osm.gz", ".osm.bz2", ".osm.pbf", ".pbf")
_READERS: tuple[tuple[tuple[str, ...], Callable[[Path], FoundRoads]], ...] = (
    (_OSM_ENDINGS, read_osm),
    ((".graphml",), read_graphml),
    ((".geojson", ".json"), read_geojson),
)


@dataclass(frozen=True)
class FileSource:
    """Roads from a file."""

    path: Path
    place: str
    sample: bool = False
    attribution: str = ATTRIBUTION
    licence: str = LICENCE

    @property
    def source(self) -> str:
        """Its name; not where it lies."""
        return self.path.name

    def read(self, progress: Progress) -> Survey:
        """Roads, and what lies beside them where the file has it."""
        progress(0.0, f"Reading {self.path.name}")
        roads = read_roads(self.path)
        network = roads.network
        if not is_osm_file(self.path):
            progress(1.0, f"{network.junction_count:,} junctions")
            return Survey(network, findings=roads.findings, land=roads.land)
        progress(0.6, f"{network.junction_count:,} junctions; looking beside the roads")
        beside = read_beside(self.path)
        marks, stations = tuple(beside.landmarks), tuple(beside.stations)
        progress(1.0, f"{len(marks):,} landmarks, {len(stations):,} stations")
        return Survey(network, marks, stations, roads.findings, beside.finder.land(network.bounds))


def is_osm_file(path: Path) -> bool:
    """Whether a file's name says that it holds OpenStreetMap's own data."""
    return path.name.lower().endswith(_OSM_ENDINGS)


def read_network(path: Path) -> Network:
    """The network of a file of any kind we read, whole or refused."""
    return read_roads(path).network


def read_roads(path: Path) -> FoundRoads:
    """The network of a file, and what is to be said about it."""
    if not path.is_file():
        raise RoadFileMissing(field="file", file=str(path))
    name = path.name.lower()
    for endings, reader in _READERS:
        if name.endswith(endings):
            roads = reader(path)
            if roads.network.edge_count == 0:
                raise RoadFileEmpty(field="file", file=path.name)
            return roads
    raise RoadFileUnknown(field="file", file=path.name)


def read_stations(path: Path) -> list[FoundStation]:
    """The stations of the emergency services that an OSM file knows."""
    if not path.is_file():
        raise RoadFileMissing(field="file", file=str(path))
    if not is_osm_file(path):
        raise RoadFileUnknown(field="file", file=path.name)
    return read_beside(path).stations
