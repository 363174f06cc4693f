"""What an import says of the signs on its roads, and that it keeps them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gis_dispatch.domain.network_version import content_hash
from gis_dispatch.domain.roads import Start, Trip
from gis_dispatch.roads.sources import FileSource, read_roads
from tests.roads.files import signed_town
from tests.roads.installing import Installation, installed


@pytest.fixture
def installation(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with installed(database_url, tmp_path / "home") as opened:
        yield opened


def test_turn_bans_are_written_and_read_back_in_order(
    installation: Installation, town_file: Path
) -> None:
    signed = town_file.with_name("signed.osm")
    signed.write_text(signed_town(town_file.read_text()))
    before = read_roads(signed)
    assert len(before.network.turn_bans) == 6
    installation.take_in(FileSource(signed, "Kota Kecil"))
    version = installation.networks.current_version()
    assert version is not None
    _, after = installation.networks.read(version)
    assert list(after.turn_bans) == list(before.network.turn_bans)
    assert content_hash(after) == content_hash(before.network)
    assert content_hash(replace(after, turn_bans=after.turn_bans[1:])) != content_hash(after)


def test_an_import_tells_what_it_found_and_what_it_left_out(
    installation: Installation, town_file: Path
) -> None:
    signed = town_file.with_name("signed.osm")
    signed.write_text(signed_town(town_file.read_text()))
    survey = installation.take_in(FileSource(signed, "Kota Kecil"))
    counts = {
        "junctions": 7, "edges": 15, "turn_bans": 6, "restrictions": 2, "barriers": 1,
        "skipped": {"restriction_conditional": 1, "restriction_off_road": 1, "missing_node": 1},
        "lacks": [], "problem": None,
    }  # fmt: skip
    found = survey.findings
    assert found.as_counts(survey.network) == counts
    assert installation.last_import().items() >= counts.items()
    said = found.sentences(survey.network)
    assert said[0] == "6 banned turns, from 2 turn restrictions and 1 barriers"
    assert any("1 turn restrictions of certain hours" in sentence for sentence in said)


def test_an_imported_bollard_sends_a_car_round_and_lets_a_motorcycle_through(
    installation: Installation, town_file: Path
) -> None:
    town_file.write_text(signed_town(town_file.read_text()))
    installation.take_in(FileSource(town_file, "Kota Kecil"))
    lengths = {}
    for vehicle in ("car", "motorcycle"):
        start = Start(1, 108.984, 0.9015, vehicle)
        trip = installation.roads.trip_between(start, 108.984, 0.9005, [])
        assert isinstance(trip, Trip)
        lengths[vehicle] = trip.length_m
    # Half of Jalan Sudirman, or all the way round by the west.
    assert lengths["motorcycle"] == pytest.approx(110.6, abs=1)
    assert lengths["car"] == pytest.approx(55.3 + 445.3 + 221.1 + 445.3 + 55.3, abs=2)


def test_what_a_source_does_not_have_is_said(
    installation: Installation, town_graphml: Path
) -> None:
    survey = installation.take_in(FileSource(town_graphml, "Kota Kecil"))
    said = survey.findings.sentences(survey.network)
    assert "not in this source: turn restrictions (no left turn …)" in said
    assert "not in this source: barriers on roads (bollards, gates …)" in said
