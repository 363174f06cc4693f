"""Asks alembic whether the migrations make exactly the tables of the code.

Run by script/lint on a throw-away database: `python -m tests.house.migrations_check`.
"""

import sys

from alembic import command
from alembic.util.exc import CommandError

from gis_dispatch.store.migrating import alembic_config
from tests import databases


def main() -> int:
    """1 with the differences if there are any."""
    with databases.running() as server, server.fresh() as url:
        try:
            command.check(alembic_config(url))
        except CommandError as difference:
            print(difference)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
