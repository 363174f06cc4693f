"""Rankings on real roads: kept, worked out again and explained, whatever is imported since."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner

from gis_dispatch.cli import main
from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House
from gis_dispatch.roads.opening import open_roads
from gis_dispatch.roads.refusals import ProfileOutdated
from gis_dispatch.roads.sources import FileSource
from gis_dispatch.services.close_road import close_road
from gis_dispatch.services.explain_ranking import explain_ranking
from gis_dispatch.services.import_roads import import_roads
from gis_dispatch.services.keep_recommendation import sealed
from gis_dispatch.services.lift_closure import lift_closure
from gis_dispatch.services.rank_units import rank_units
from gis_dispatch.services.ranking_documents import canonical, sha256_of
from gis_dispatch.services.recommendation_refusals import (
    RecommendationRoadsGone,
    RecommendationRoadsReplaced,
)
from gis_dispatch.services.replay_recommendation import replay_recommendation
from gis_dispatch.store import PostgresStore
from gis_dispatch.store.networks import PostgresNetworks
from tests.story import Story
from tests.town import CENTRE, People

# Code is compiled once for all tests, and before anybody imports numba.
os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(__file__).parents[2] / ".local" / "numba"))

ADMIN = Actor(None, "test", "administrator", source="import")
STEP = 0.005
SIDE = range(-6, 8)


def grid(path: Path, highway: str) -> Path:
    """Streets every 550 m around the centre, from the western station to the eastern one."""
    west, south = CENTRE
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6">']
    for x in SIDE:
        for y in SIDE:
            at = f'lat="{south + y * STEP:.6f}" lon="{west + x * STEP:.6f}"'
            lines.append(f'<node id="{number(x, y)}" {at}/>')
    for way, fixed in enumerate(SIDE, 1):
        for along, id in (("x", way), ("y", way + 100)):
            refs = [number(n, fixed) if along == "x" else number(fixed, n) for n in SIDE]
            lines.append(f'<way id="{id}">')
            lines += [f'<nd ref="{ref}"/>' for ref in refs]
            lines.append(f'<tag k="highway" v="{highway}"/>')
            lines.append(f'<tag k="name" v="Jalan {along}{fixed}"/></way>')
    path.write_text("\n".join([*lines, "</osm>"]), encoding="utf-8")
    return path


def number(x: int, y: int) -> int:
    return (x + 10) * 100 + (y + 10)


def on_roads(house: House, home: Path) -> House:
    """The same house on the roads that its database keeps, compiled in a folder."""
    networks = PostgresNetworks(cast(PostgresStore, house.store))
    return replace(house, roads=open_roads(home, networks))


@pytest.fixture
def paved(town: House, tmp_path: Path) -> House:
    """The town, on real roads."""
    return on_roads(town, tmp_path / "home")


@pytest.fixture
def streets(story: Story, paved: House) -> Story:
    return replace(story, house=paved)


def take_in(house: House, file: Path) -> None:
    networks = PostgresNetworks(cast(PostgresStore, house.store))
    roads = cast(Any, house.roads)
    import_roads(
        house,
        ADMIN,
        FileSource(file, "Kota"),
        networks=networks,
        engine=roads,
        progress=lambda *_: None,
    )


def wall(west: float, east: float) -> dict[str, Any]:
    """Water across every street west of the centre, from north to south."""
    lon, lat = CENTRE
    ring = [(lon + west, lat - 1), (lon + east, lat - 1), (lon + east, lat + 1)]
    ring += [(lon + west, lat + 1), ring[0]]
    return {"type": "Polygon", "coordinates": [[list(point) for point in ring]]}


def test_a_ranking_is_worked_out_again_on_the_roads_of_its_time(
    streets: Story, paved: House, people: People, tmp_path: Path
) -> None:
    take_in(paved, grid(tmp_path / "old.osm", "residential"))
    incident = streets.incident()
    before = rank_units(paved, people.damkar, incident.id)
    assert [line["unit"]["call_sign"] for line in before["ranked"]] == ["DMK-1", "DMK-2"]
    flood = close_road(paved, people.damkar, geometry=wall(-0.007, -0.006), reason="banjir").id
    ranking = rank_units(paved, people.damkar, incident.id, routes=1)
    id = ranking["recommendation_id"]
    assert [line["unit"]["call_sign"] for line in ranking["ranked"]] == ["DMK-2"]
    [cut_off] = [line for line in ranking["left_out"] if line["unit"]["id"] == 1]
    assert cut_off["code"] == "cut_off_by_closures"
    assert "ditutup sejak 09:00 (banjir)" in cut_off["reason_id"]

    lift_closure(paved, people.damkar, flood)
    explained = explain_ranking(paved, id, 1)
    assert explained["rank"] is None
    assert explained["free"]["rank"] == 1
    assert explained["free"]["total_time_s"] == before["ranked"][0]["total_time_s"]
    assert [line["closure_id"] for line in explained["without"]] == [flood]
    explained = explain_ranking(paved, id, 2)
    assert explained["route"] == ranking["ranked"][0]["route"]
    assert explained["reason_en"] == ranking["ranked"][0]["reason_en"]

    take_in(paved, grid(tmp_path / "new.osm", "primary"))
    assert paved.roads.status().version != ranking["network"]["version"]
    found = replay_recommendation(paved, id)
    assert found["differences"] == []
    assert found["same"] is True
    # Another machine compiles the same roads from the same tables.
    assert replay_recommendation(on_roads(paved, tmp_path / "elsewhere"), id)["same"] is True
    # The page does not wait until a whole city is compiled again.
    with pytest.raises(RecommendationRoadsReplaced):
        explain_ranking(paved, id, 1)


def test_an_incident_in_the_water_is_reached_on_foot(
    streets: Story, paved: House, people: People, tmp_path: Path
) -> None:
    take_in(paved, grid(tmp_path / "old.osm", "residential"))
    close_road(paved, people.damkar, geometry=wall(-0.001, 0.001), reason="banjir")
    ranking = rank_units(paved, people.damkar, streets.incident().id)
    for line in ranking["ranked"]:
        assert 100 < line["foot_m"] < 125
        walked = line["turnout_s"] + line["driving_time_s"] + line["foot_time_s"]
        assert line["total_time_s"] == pytest.approx(walked, abs=0.2)
        assert "ditempuh jalan kaki" in line["reason_id"]
        assert "(banjir)" in line["reason_id"]
    assert replay_recommendation(paved, ranking["recommendation_id"])["same"] is True


def test_roads_that_are_gone_are_refused_with_a_sentence(
    streets: Story, paved: House, people: People, tmp_path: Path
) -> None:
    take_in(paved, grid(tmp_path / "old.osm", "residential"))
    id = rank_units(paved, people.damkar, streets.incident().id)["recommendation_id"]
    with cast(PostgresStore, paved.store).engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM road_networks")
    elsewhere = on_roads(paved, tmp_path / "elsewhere")
    with pytest.raises(RecommendationRoadsGone, match="its road network"):
        replay_recommendation(elsewhere, id)


def test_profiles_of_an_earlier_version_are_refused_with_a_sentence(
    streets: Story, paved: House, people: People, tmp_path: Path
) -> None:
    take_in(paved, grid(tmp_path / "old.osm", "residential"))
    id = rank_units(paved, people.damkar, streets.incident().id)["recommendation_id"]
    facts = {name: dict(told) for name, told in paved.roads.profile_facts().items()}
    del facts["engine"]["foot_speed_kph"]
    text = canonical(facts)
    with paved.store.transaction() as tx:
        tx.run("keep_document", sha256=sha256_of(text), content=text, at=paved.clock.now())
    with cast(PostgresStore, paved.store).engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE recommendations SET inputs = CAST(inputs AS jsonb)"
            f" || jsonb_build_object('profiles_sha256', '{sha256_of(text)}')"
        )
    for ask in (lambda: replay_recommendation(paved, id), lambda: explain_ranking(paved, id, 1)):
        with pytest.raises(ProfileOutdated, match='"engine" was kept by another version'):
            ask()


def test_the_command_says_whether_it_comes_out_the_same(
    streets: Story, paved: House, people: People, tmp_path: Path,
    database_url: str, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    take_in(paved, grid(tmp_path / "old.osm", "residential"))
    id = rank_units(paved, people.damkar, streets.incident().id)["recommendation_id"]
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("GIS_DISPATCH_HOME", str(tmp_path / "home"))
    done = CliRunner().invoke(main, ["replay", str(id)])
    assert done.exit_code == 0, done.output
    kept = paved.store.reads.one("find_recommendation", id=id)
    assert "comes out the same, byte for byte" in done.output
    assert kept["sha256"] in done.output

    # As if another engine had answered: what it said is kept whole, with its own seal.
    result = kept["result"]
    result["ranked"][0]["driving_time_s"] += 1
    inputs = {**kept["inputs"], "engine": "dijkstra 1"}
    seal = sealed(canonical(inputs), canonical(result))
    with cast(PostgresStore, paved.store).engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE recommendations SET inputs = %s, result = %s, sha256 = %s WHERE id = %s",
            (canonical(inputs), canonical(result), seal, id),
        )
    done = CliRunner().invoke(main, ["replay", str(id), "--json"])
    assert done.exit_code == 1
    told = {line["path"]: line for line in json.loads(done.output)["differences"]}
    assert told.keys() == {"engine", "result.ranked[0].driving_time_s"}
    assert told["engine"]["then"] == "dijkstra 1"
    done = CliRunner().invoke(main, ["replay", str(id)])
    assert done.exit_code == 1
    assert 'then  "dijkstra 1"' in done.output
    done = CliRunner().invoke(main, ["replay", "999"])
    assert (done.exit_code, done.output) == (1, "Error: There is no recommendation 999.\n")
