"""Brings a database to today's shape: migrations, then functions, then the state tables."""

from collections.abc import Iterator

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, delete, insert

from gis_dispatch import assets
from gis_dispatch.domain.machines import MACHINES
from gis_dispatch.store.tables import state_transitions


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


def transition_rows() -> Iterator[dict[str, str]]:
    """The domain's state tables as rows; '' stands for "not yet there"."""
    for machine in MACHINES:
        yield {"machine": machine.name, "from_status": "", "to_status": machine.initial}
        for step in machine.transitions:
            yield {
                "machine": machine.name,
                "from_status": step.from_status,
                "to_status": step.to_status,
            }


def _fill_state_transitions(connection: Connection) -> None:
    connection.execute(delete(state_transitions))
    connection.execute(insert(state_transitions), list(transition_rows()))
