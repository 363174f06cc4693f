"""The private cluster: made, kept, shared, stopped by the last who used it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from gis_dispatch.running import cluster, home, places
from gis_dispatch.running.postmaster import Postmaster
from gis_dispatch.settings import Settings


def settings_of(folder: Path, **more: str) -> Settings:
    return Settings(home=folder, **more)


def ask(url: str, question: str) -> object:
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(question)
            row = cursor.fetchone()
            return row and row[0]
    finally:
        connection.close()


def postmaster_of(folder: Path) -> Postmaster:
    return Postmaster.of(places.of_home(folder))


def test_data_is_kept_between_runs_and_the_server_is_not(open_folder: Path) -> None:
    settings = settings_of(open_folder / "home")
    with cluster.running(settings) as url:
        connection = psycopg2.connect(url)
        with connection, connection.cursor() as cursor:
            cursor.execute("CREATE TABLE kept AS SELECT 7 AS number")
        connection.close()
    assert not postmaster_of(settings.home).is_running()
    with cluster.running(settings) as url:
        assert ask(url, "SELECT number FROM kept") == 7


def test_it_listens_on_its_socket_only_and_our_role_is_no_superuser(open_folder: Path) -> None:
    with cluster.running(settings_of(open_folder / "home")) as url:
        assert ask(url, "SHOW listen_addresses") == ""
        assert ask(url, "SELECT usesuper FROM pg_user WHERE usename = current_user") is False
        assert ask(url, "SHOW fsync") == "on"


def test_the_last_user_stops_it(open_folder: Path) -> None:
    settings = settings_of(open_folder / "home")
    with cluster.running(settings) as url:
        with cluster.running(settings) as second:
            assert second == url
        assert ask(url, "SELECT 1") == 1
    assert not postmaster_of(settings.home).is_running()


def test_a_server_left_behind_by_a_killed_program_is_used_again(open_folder: Path) -> None:
    folder = open_folder / "home"
    program = (
        "import os, signal; from pathlib import Path; from gis_dispatch.running import cluster;"
        "from gis_dispatch.settings import Settings\n"
        "with cluster.running(Settings()): os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run(
        [sys.executable, "-c", program], env=os.environ | {"GIS_DISPATCH_HOME": str(folder)}
    )
    left = postmaster_of(folder)
    assert left.is_running()
    with cluster.running(settings_of(folder)) as url:
        assert ask(url, "SELECT 1") == 1
    assert not left.is_running()


def test_a_pid_file_whose_number_now_belongs_to_another_program(open_folder: Path) -> None:
    settings = settings_of(open_folder / "home")
    with cluster.running(settings):
        pass
    stopped = postmaster_of(settings.home)
    stale = stopped.place.data / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{stopped.place.data}\n0\n5432\n/nowhere\n\n\nready\n")
    os.chown(stale, stopped.place.account.uid, stopped.place.account.gid)
    assert not stopped.is_running()
    with cluster.running(settings) as url:
        assert ask(url, "SELECT 1") == 1


def test_a_lock_on_the_socket_whose_number_now_belongs_to_another_program(
    open_folder: Path,
) -> None:
    """PostgreSQL keeps away from a socket while the one who is said to hold it lives."""
    settings = settings_of(open_folder / "home")
    with cluster.running(settings):
        pass
    stopped = postmaster_of(settings.home)
    account = stopped.place.account
    folder = stopped.place.socket_folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    os.chown(folder, account.uid, account.gid)
    other: dict[str, Any] = {"user": account.uid, "group": account.gid, "extra_groups": []}
    sleeping = subprocess.Popen(
        ["/bin/sleep", "60"], **({} if os.geteuid() == account.uid else other)
    )
    stale = folder / ".s.PGSQL.5432.lock"
    stale.write_text(f"{sleeping.pid}\n{stopped.place.data}\n0\n5432\n{folder}\n")
    os.chown(stale, account.uid, account.gid)
    try:
        with cluster.running(settings) as url:
            assert ask(url, "SELECT 1") == 1
    finally:
        sleeping.kill()
        sleeping.wait()


def test_a_path_too_long_for_a_socket(open_folder: Path) -> None:
    folder = open_folder / ("a-rather-long-name-for-a-folder-" * 3) / "home"
    with cluster.running(settings_of(folder)) as url:
        assert ask(url, "SELECT 1") == 1
        short = places.of_home(folder).socket_folder()
        assert folder not in short.parents
    assert not short.exists()


def test_a_folder_with_awkward_characters(open_folder: Path) -> None:
    folder = open_folder / "Dinas, Kominfo 'SIGAP' \"112\""
    with cluster.running(settings_of(folder)) as url:
        assert ask(url, "SELECT 1") == 1


def test_a_throw_away_cluster_leaves_nothing() -> None:
    with cluster.throw_away() as postmaster:
        folder = postmaster.place.folder
        assert ask(cluster.make_database(postmaster, "one"), "SELECT 1") == 1
    assert not folder.exists()


def test_the_state_folder_keeps_others_out_of_its_secrets(open_folder: Path) -> None:
    folder = home.ensure(open_folder / "home")
    expected = 0o711 if os.geteuid() == 0 else 0o700
    assert folder.stat().st_mode & 0o777 == expected


def test_a_given_database_is_used_and_nothing_is_started(
    empty_database_url: str, tmp_path: Path
) -> None:
    settings = settings_of(tmp_path / "home", database_url=empty_database_url)
    with cluster.running(settings) as url:
        assert url == empty_database_url
    assert not settings.home.exists()


@pytest.mark.parametrize("name", ["postgis", "pg_trgm", "unaccent", "btree_gist"])
def test_extensions_are_there(empty_database_url: str, name: str) -> None:
    question = f"SELECT count(*) FROM pg_extension WHERE extname = '{name}'"
    assert ask(empty_database_url, question) == 1
