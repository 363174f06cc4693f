"""`layers check` tells everything that is wrong with layer and basemap files, by file and key."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from gis_dispatch import assets
from gis_dispatch.cli import main
from gis_dispatch.consoles.roles import PERMISSIONS
from gis_dispatch.maps.basemaps import basemap_files
from gis_dispatch.maps.checking import Installation, check_files
from gis_dispatch.maps.layers import layer_files
from gis_dispatch.ports import Reads
from gis_dispatch.store.postgres import open_store
from gis_dispatch.store.queries import named_queries

GOOD = (assets.folder("layers") / "stations.toml").read_text(encoding="utf-8")


def installation(reads: Reads | None = None) -> Installation:
    """What files are held against."""
    queries = named_queries(assets.folder("sql") / "queries").parameters
    return Installation(queries, PERMISSIONS["layers.read"], reads)


def findings(folder: Path, reads: Reads | None = None, **files: str) -> list[tuple[str, str, str]]:
    """What is found in files of this text."""
    paths = []
    for name, text in files.items():
        paths.append(folder / f"{name}.toml")
        paths[-1].write_text(text, encoding="utf-8")
    return [(one.file, one.key, one.problem) for one in check_files(paths, installation(reads))]


def test_our_own_files_are_right(database_url: str) -> None:
    """Every layer and basemap that ships, with what its query returns."""
    store = open_store(database_url)
    try:
        assert check_files([*layer_files(), *basemap_files()], installation(store.reads)) == []
    finally:
        store.close()


WRONG = [
    ('icon = "station"', 'icon = "unicorn"', "styles[1].icon", "unicorn"),
    ('colour = "#2fc483"', 'colour = "green"', "styles[3].colour", "not 'green'"),
    ('query = "layer_stations"', 'query = "layer_nothing"', "query", "layer_nothing"),
    ('query = "layer_stations"', 'query = "get_call"', "query", "does not take east"),
    ('label = "name"', 'labels = "name"', "labels", "no such key"),
    ("zoom = [10, 22]\n", "", "zoom", "is missing"),
    ('roles = ["operator",', 'roles = ["operator", "operator",', "roles", "named twice"),
    ('roles = ["operator",', 'roles = ["caller",', "roles[1]", "caller"),
    ('title_id = "Pos"', 'title_id = "Pos', "TOML", "line 1"),
    ("refresh = 300", 'refresh = 300\nstate = "nothing"', "state", "nothing"),
]


@pytest.mark.parametrize(("before", "after", "key", "words"), WRONG)
def test_a_mistake_is_told_by_its_key(
    tmp_path: Path, before: str, after: str, key: str, words: str
) -> None:
    """And what would be right can be seen from it."""
    assert before in GOOD
    found = findings(tmp_path, posts=GOOD.replace(before, after, 1))
    assert [one for one in found if one[:2] == ("posts.toml", key) and words in one[2]], found


def test_every_mistake_is_told_not_only_the_first(tmp_path: Path) -> None:
    """Of several files, and several of one."""
    wrong = GOOD.replace("#2fc483", "green", 1).replace("zoom = [10, 22]", "zoom = [22, 10]")
    found = findings(tmp_path, one=wrong, two=GOOD, three=GOOD)
    assert [(file, key) for file, key, _ in found] == [
        ("one.toml", "zoom"),
        ("one.toml", "styles[3].colour"),
        ("three.toml", "title_id"),
        ("three.toml", "title_en"),
    ]


def test_what_a_query_lacks_is_told(tmp_path: Path, database_url: str) -> None:
    """Without a single row; only the database knows."""
    text = GOOD.replace('label = "name"', 'label = "nickname"').replace("kind =", "sort =")
    assert findings(tmp_path, posts=text) == []
    store = open_store(database_url)
    try:
        found = findings(tmp_path, store.reads, posts=text)
    finally:
        store.close()
    assert ("posts.toml", "label", 'the query layer_stations does not return "nickname"') in found
    assert ("posts.toml", "styles[1].when") in {one[:2] for one in found}


def test_the_command_ends_with_what_it_found(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """0 when nothing is wrong, 1 otherwise; that the database was not asked is said."""
    monkeypatch.setenv("GIS_DISPATCH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DATABASE_URL", database_url)
    file = tmp_path / "posts.toml"
    file.write_text(GOOD, encoding="utf-8")
    right = CliRunner().invoke(main, ["layers", "check", str(file)])
    assert (right.exit_code, right.stdout) == (0, "1 files, nothing wrong.\n")
    file.write_text(GOOD.replace("station", "unicorn"), encoding="utf-8")
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/nothing")
    wrong = CliRunner().invoke(main, ["layers", "check", str(file)])
    assert wrong.exit_code == 1
    assert "posts.toml: styles[1].icon" in wrong.stdout
    assert "could not be asked" in wrong.stderr
