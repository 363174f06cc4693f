"""Where the cluster lives when its user may not enter the state folder; moves and copies."""

import os
import shutil
from pathlib import Path

import pytest

from gis_dispatch.running import binaries, cluster, home, places
from gis_dispatch.running.binaries import Binaries
from gis_dispatch.running.refusals import (
    ClusterGone,
    ClusterOfAnotherHome,
    ClusterOfAnotherUser,
    ClusterVersionMissing,
    ClusterVersionUnsupported,
    HomeNotWritable,
    PostgresMissing,
)
from gis_dispatch.settings import Settings


def start_and_stop(folder: Path) -> None:
    with cluster.running(Settings(home=folder)):
        pass


def test_in_a_folder_it_cannot_enter_the_cluster_lives_elsewhere(
    closed_folder: Path, elsewhere: Path
) -> None:
    start_and_stop(closed_folder / "home")
    link = closed_folder / "home" / "postgres"
    assert link.is_symlink()
    assert link.readlink().parent == elsewhere
    assert (link.readlink() / "data").stat().st_uid != 0


def test_a_moved_state_folder_keeps_its_database(closed_folder: Path, elsewhere: Path) -> None:
    before, after = closed_folder / "home", closed_folder / "moved"
    start_and_stop(before)
    before.rename(after)
    start_and_stop(after)
    assert len(list(elsewhere.iterdir())) == 1
    assert (after / "postgres" / places.RECORD).read_text().strip() == str(after)


def test_a_copied_state_folder_is_refused(closed_folder: Path, elsewhere: Path) -> None:
    start_and_stop(closed_folder / "home")
    shutil.copytree(closed_folder / "home", closed_folder / "copy", symlinks=True)
    with pytest.raises(ClusterOfAnotherHome, match="is a copy of that one"):
        start_and_stop(closed_folder / "copy")
    start_and_stop(closed_folder / "home")
    assert len(list(elsewhere.iterdir())) == 1


def test_two_state_folders_have_two_clusters(closed_folder: Path, elsewhere: Path) -> None:
    start_and_stop(closed_folder / "one")
    start_and_stop(closed_folder / "two")
    assert len(list(elsewhere.iterdir())) == 2


def test_a_cluster_that_vanished_is_not_silently_replaced(
    closed_folder: Path, elsewhere: Path
) -> None:
    start_and_stop(closed_folder / "home")
    shutil.rmtree(elsewhere)
    with pytest.raises(ClusterGone, match="no longer there"):
        start_and_stop(closed_folder / "home")


def test_a_state_folder_moved_to_where_the_database_cannot_follow(
    open_folder: Path, closed_folder: Path, elsewhere: Path
) -> None:
    start_and_stop(open_folder / "home")
    assert not (open_folder / "home" / "postgres").is_symlink()
    (open_folder / "home").rename(closed_folder / "home")
    start_and_stop(closed_folder / "home")
    assert (closed_folder / "home" / "postgres").readlink().parent == elsewhere


def test_the_sentence_when_the_version_is_not_installed(open_folder: Path) -> None:
    data = open_folder / "data"
    data.mkdir()
    (data / "PG_VERSION").write_text("12\n")
    with pytest.raises(ClusterVersionUnsupported, match="made by PostgreSQL 12"):
        binaries.for_existing_cluster(data)


def test_the_sentence_names_the_package_that_is_missing(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (open_folder / "PG_VERSION").write_text("17\n")
    monkeypatch.setattr(binaries, "installed", lambda: [Binaries(15, open_folder)])
    with pytest.raises(ClusterVersionMissing, match="postgresql-17-postgis-3"):
        binaries.for_existing_cluster(open_folder)
    monkeypatch.setattr(binaries, "installed", list)
    with pytest.raises(PostgresMissing, match="apt-get install"):
        binaries.for_new_cluster()


def test_another_persons_cluster_is_refused_by_name(
    closed_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (closed_folder / "postgres" / "data").mkdir(parents=True)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(ClusterOfAnotherUser, match="belongs to the user root"):
        places.of_home(closed_folder)


def test_a_state_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(HomeNotWritable, match="GIS_DISPATCH_HOME"):
        home.ensure(tmp_path / "file" / "home")
