"""The fixtures themselves: every test has a migrated database of its own."""

import pytest
from sqlalchemy import create_engine, text

ADD = "INSERT INTO agencies (code, name, short_name) VALUES ('try', 'Try', 'Try')"


@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_may_commit_and_the_next_sees_nothing_of_it(database_url: str, turn: int) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM agencies WHERE code = 'try'")) == 0
        connection.execute(text(ADD))
    engine.dispose()


def test_the_application_is_no_superuser_but_owns_its_database(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.connect() as connection:
        superuser = connection.scalar(
            text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        )
        owner = connection.scalar(
            text(
                "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
            )
        )
        role = connection.scalar(text("SELECT current_user"))
    engine.dispose()
    assert superuser is False
    assert owner == role


def test_an_empty_database_has_postgis_but_no_tables(empty_database_url: str) -> None:
    engine = create_engine(empty_database_url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT to_regclass('incidents')")) is None
        assert connection.scalar(text("SELECT postgis_lib_version()")) >= "3.3"
    engine.dispose()
