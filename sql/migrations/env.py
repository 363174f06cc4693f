"""Alembic's entry: the URL comes from the caller, the truth from `gis_dispatch.store.tables`."""

import re
from typing import Any

from alembic import context
from geoalchemy2 import alembic_helpers
from sqlalchemy import create_engine

from gis_dispatch.store.tables import metadata

_OF_A_DAY = re.compile(r"positions_\d{8}")


def include_object(item: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
    """PostGIS keeps one table of its own, procrastinate owns its tables, and days are parts."""
    if (
        kind == "table"
        and name
        and (
            name == "spatial_ref_sys"
            or name.startswith("procrastinate_")
            or _OF_A_DAY.fullmatch(name)
        )
    ):
        return False
    return bool(alembic_helpers.include_object(item, name, kind, reflected, other))


def run() -> None:
    engine = create_engine(context.config.get_main_option("sqlalchemy.url") or "")
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            include_object=include_object,
            process_revision_directives=alembic_helpers.writer,
            render_item=alembic_helpers.render_item,
            compare_server_default=False,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
