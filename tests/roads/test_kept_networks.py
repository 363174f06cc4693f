"""Earlier networks stay for as long as a kept recommendation was made on them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gis_dispatch.roads.sources import FileSource, read_network
from tests.roads.installing import Installation, installed


@pytest.fixture
def installation(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with installed(database_url, tmp_path / "home") as opened:
        yield opened


def _version_of(installation: Installation, file: Path) -> str:
    installation.take_in(FileSource(file, file.stem))
    version = installation.networks.current_version()
    assert version is not None
    return version


def _renamed(file: Path, name: str) -> Path:
    """The same roads but for the name of one street: another version."""
    other = file.with_name(f"{name}.osm")
    other.write_text(file.read_text().replace("Jalan Sudirman", f"Jalan {name}"))
    return other


def _kept(installation: Installation) -> set[str]:
    with installation.store.engine.connect() as connection:
        return set(connection.exec_driver_sql("SELECT version FROM road_networks").scalars())


def _recommend(installation: Installation, version: str) -> None:
    with installation.store.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO recommendations (made_at, inputs, result, sha256, network_version)"
            " VALUES (now(), '{}', '{}', 'x', %(version)s)",
            {"version": version},
        )


def test_a_network_stays_while_a_recommendation_was_made_on_it(
    installation: Installation, town_file: Path
) -> None:
    first = _version_of(installation, town_file)
    _recommend(installation, first)
    second = _version_of(installation, _renamed(town_file, "Dua"))
    third = _version_of(installation, _renamed(town_file, "Tiga"))
    # The one just replaced may still be answering in another process.
    assert _kept(installation) == {first, second, third}
    fourth = _version_of(installation, _renamed(town_file, "Empat"))
    assert _kept(installation) == {first, third, fourth}
    header, network = installation.networks.read(first)
    assert (header.version, header.place) == (first, "town")
    assert network.edge_count == read_network(town_file).edge_count
    assert installation.last_import()["removed"] == [second]


def test_networks_that_nobody_needs_can_be_removed_at_once(
    installation: Installation, town_file: Path
) -> None:
    first = _version_of(installation, town_file)
    second = _version_of(installation, _renamed(town_file, "Dua"))
    with installation.store.transaction() as tx:
        assert installation.networks.prune(tx) == [first]
    assert _kept(installation) == {second}
    _recommend(installation, second)
    third = _version_of(installation, _renamed(town_file, "Tiga"))
    with installation.store.transaction() as tx:
        assert installation.networks.prune(tx) == []
    assert _kept(installation) == {second, third}
    assert installation.count(f"road_edges WHERE version = '{first}'") == 0


def test_an_earlier_network_may_become_current_again(
    installation: Installation, town_file: Path
) -> None:
    first = _version_of(installation, town_file)
    _recommend(installation, first)
    second = _version_of(installation, _renamed(town_file, "Dua"))
    assert _version_of(installation, town_file) == first
    assert _kept(installation) == {first, second}
    assert installation.count("road_networks WHERE current") == 1
    assert installation.count(f"road_edges WHERE version = '{first}'") == 13
