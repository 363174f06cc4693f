"""Searching by name on real tables: beginnings, misspellings, abbreviations, nearness."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from gis_dispatch.geocoding import Gazetteer
from gis_dispatch.geocoding.refusals import PlusCodeUnknown
from gis_dispatch.store import PostgresStore, open_store

BOUNDS = (108.87, 0.74, 109.18, 1.02)
PLACES = (
    ("Jalan Diponegoro", "street", 108.985, 0.906),
    ("Jalan Pangeran Diponegoro", "street", 109.10, 0.80),
    ("Jl. Alianyang", "street", 108.980, 0.900),
    ("Gang Melati", "street", 108.990, 0.910),
    ("Gang Melati", "street", 109.050, 0.850),
    ("Masjid Raya", "landmark", 108.986, 0.907),
    ("Första Långgatan", "street", 108.970, 0.890),
    ("Singkawang", "district", 108.985, 0.907),
)


@pytest.fixture
def store(database_url: str) -> Iterator[PostgresStore]:
    store = open_store(database_url)
    with store.engine.begin() as connection:
        for name, kind, lon, lat in PLACES:
            connection.execute(
                text(
                    "INSERT INTO places (name, kind, point, source)"
                    " VALUES (:name, :kind, ST_SetSRID(ST_MakePoint(:lon, :lat), 4326), 'test')"
                ),
                {"name": name, "kind": kind, "lon": lon, "lat": lat},
            )
    yield store
    store.close()


@pytest.fixture
def gazetteer(store: PostgresStore) -> Gazetteer:
    return Gazetteer(store.reads, lambda: BOUNDS)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("diponegoro", "Jalan Diponegoro"),
        ("jl diponegoro", "Jalan Diponegoro"),
        ("Jln. Diponegoro", "Jalan Diponegoro"),
        ("dipo", "Jalan Diponegoro"),
        ("diponogoro", "Jalan Diponegoro"),
        ("jalan alianyang", "Jl. Alianyang"),
        ("jalan aliyanyang", "Jl. Alianyang"),
        ("gg. melati", "Gang Melati"),
        ("forsta langgatan", "Första Långgatan"),
        ("mesjid raya", "Masjid Raya"),
    ],
)
def test_a_name_is_found_as_people_type_it(gazetteer: Gazetteer, typed: str, first: str) -> None:
    found = gazetteer.search(typed)
    assert found, typed
    assert found[0].name == first
    assert found[0].method == "gazetteer"


def test_of_two_streets_of_one_name_the_nearer_comes_first(gazetteer: Gazetteer) -> None:
    near = gazetteer.search("gang melati", near=(109.05, 0.85))
    assert [round(place.lon, 3) for place in near[:2]] == [109.05, 108.99]
    far = gazetteer.search("gang melati", near=(108.98, 0.91))
    assert [round(place.lon, 3) for place in far[:2]] == [108.99, 109.05]


def test_nothing_like_it_finds_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.search("xyzzy") == []
    assert gazetteer.search(" ") == []
    assert gazetteer.search("j") == []
    assert gazetteer.search("%_'; --") == []


def test_no_more_than_asked_for(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.search("jalan", limit=2)) == 2


def test_a_station_is_found_by_its_name_at_once(gazetteer: Gazetteer, store: PostgresStore) -> None:
    with store.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO agencies (code, name, short_name) VALUES ('x', 'Instansi X', 'X');"
                "INSERT INTO stations (name, kind, agency_code, point) VALUES"
                " ('Pos Roban', 'fire_station', 'x',"
                " ST_SetSRID(ST_MakePoint(108.99, 0.9), 4326))"
            )
        )
    (found,) = gazetteer.search("pos roban")
    assert (found.kind, found.detail) == ("station", "Instansi X")


def test_coordinates_links_and_codes_say_how_the_place_was_found(gazetteer: Gazetteer) -> None:
    (typed,) = gazetteer.search("0.906, 108.987")
    assert (typed.lon, typed.lat, typed.method) == (108.987, 0.906, "coordinates")
    (linked,) = gazetteer.search("https://maps.google.com/?q=0.906,108.987")
    assert (linked.lon, linked.lat, linked.method) == (108.987, 0.906, "link")
    (whole,) = gazetteer.search("6PGCWX4P+CR")
    (short,) = gazetteer.search("WX4P+CR Singkawang")
    (near,) = gazetteer.search("WX4P+CR", near=(108.98, 0.9))
    assert (whole.lon, whole.lat) == (short.lon, short.lat) == (near.lon, near.lat)
    assert whole.method == "plus_code"


def test_half_a_code_is_refused() -> None:
    with pytest.raises(PlusCodeUnknown, match="whole plus code"):
        Gazetteer(_Silent(), lambda: None).search("WX4P+CR")


class _Silent:
    """A store in which nothing is found."""

    def one(self, query: str, /, **parameters: object) -> dict[str, object]:
        raise AssertionError(query)

    def find(self, query: str, /, **parameters: object) -> None:
        return None

    def all(self, query: str, /, **parameters: object) -> list[dict[str, object]]:
        return []

    def value(self, query: str, /, **parameters: object) -> None:
        return None


def test_an_address_is_the_nearest_street_and_its_village(
    gazetteer: Gazetteer, store: PostgresStore
) -> None:
    with store.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO road_networks VALUES"
                " ('v', 's', 'p', 'a', 'l', false, now(), 2, 1, true, 'x');"
                "INSERT INTO road_edges (version, id, from_junction, to_junction, name, class,"
                " length_m, speed_kph, geom) VALUES ('v', 0, 0, 1, 'Jalan Diponegoro', 'primary',"
                " 222, 50, ST_GeomFromText('LINESTRING(108.98 0.9, 108.982 0.9)', 4326));"
                "INSERT INTO districts (code, name) VALUES ('61.72.01', 'Tengah');"
                "INSERT INTO villages (code, district_code, name, geom) VALUES ('61.72.01.1001',"
                " '61.72.01', 'Pasiran', ST_Multi(ST_MakeEnvelope(108.9, 0.8, 109, 1, 4326)))"
            )
        )
    assert gazetteer.address_at(108.981, 0.9005) == "Jalan Diponegoro, Pasiran"
    assert gazetteer.address_at(108.981, 0.9050) == "Pasiran"
    assert gazetteer.address_at(100.0, 0.9) is None
