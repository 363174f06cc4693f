"""Brings a database to today's shape: migrations, then functions, then the state tables."""

from collections.abc import Iterator
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, delete, insert

from gis_dispatch import assets
from gis_dispatch.domain.machines import MACHINES
from gis_dispatch.store.tables import state_stamps, state_transitions


def alembic_config(database_url: str) -> Config:
    """What alembic needs to know, without a file beside the code."""
    config = Config()
    config.set_main_option("script_location", str(assets.folder("sql") / "migrations"))
    config.set_main_option("sqlalchemy.url", database_url.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def migrate(database_url: str) -> None:
    """Can be run at every start: what is already there is left as it is.

    Raises whatever PostgreSQL says when the role may not create tables; nothing is half-applied,
    as each step is one transaction.
    """
    command.upgrade(alembic_config(database_url), "head")
    engine = create_engine(database_url)
    try:
        with engine.begin() as connection:
            for file in sorted((assets.folder("sql") / "functions").glob("*.sql")):
                connection.exec_driver_sql(file.read_text(encoding="utf-8").replace("%", "%%"))
            _fill_state_transitions(connection)
    finally:
        engine.dispose()


def transition_rows() -> Iterator[dict[str, Any]]:
    """The domain's state tables as rows; '' stands for "not yet there"."""
    for machine in MACHINES:
        steps = {(t.from_status, t.to_status): t.needs for t in machine.transitions}
        steps["", machine.initial] = ()
        for (before, after), needs in steps.items():
            columns = [name for need in needs for name in machine.evidence.get(need, ())]
            yield _row(machine.name, before, after, columns, takes_back=False)
        for before, after in sorted(machine.undos):
            yield _row(machine.name, before, after, [], takes_back=True)


def stamp_rows() -> Iterator[dict[str, Any]]:
    """What each status needs, and what must not be there yet."""
    for machine in MACHINES:
        for status, carried in machine.carries.items():
            for needed, names in ((True, carried.needed), (False, machine.forbidden(status))):
                for name in names:
                    yield {
                        "machine": machine.name,
                        "status": status,
                        "stamp": name,
                        "needed": needed,
                    }


def _row(
    machine: str, before: str, after: str, columns: list[str], *, takes_back: bool
) -> dict[str, Any]:
    return {
        "machine": machine,
        "from_status": before,
        "to_status": after,
        "takes_back": takes_back,
        "columns": columns,
    }


def _fill_state_transitions(connection: Connection) -> None:
    for table, rows in ((state_transitions, transition_rows()), (state_stamps, stamp_rows())):
        connection.execute(delete(table))
        connection.execute(insert(table), list(rows))
