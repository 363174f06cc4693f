"""The database: bring it up to date, look into it, keep a copy."""

import shutil
import subprocess
from pathlib import Path

import click

from gis_dispatch.running import binaries
from gis_dispatch.running.commands.common import Commands, answer, as_json, database


@click.group("db", cls=Commands)
def database_commands() -> None:
    """The database: bring it up to date, look into it, keep a copy.

    \b
    Example:
      gis-dispatch db backup monday.dump
    """


@database_commands.command("migrate")
@as_json
def migrate(json_wanted: bool) -> None:
    """Bring the database to the shape this version needs.

    \b
    Example:
      gis-dispatch db migrate
    """
    with database():
        answer({"migrated": True}, json_wanted, "The database is up to date.")


@database_commands.command("shell")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def shell(arguments: tuple[str, ...]) -> None:
    """Open psql on the database; what follows -- goes to psql.

    \b
    Example:
      gis-dispatch db shell -- -c "SELECT count(*) FROM incidents"
    """
    with database() as (_settings, url):
        done = subprocess.run([_program("psql"), url, *arguments], check=False)
    raise SystemExit(done.returncode)


@database_commands.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@as_json
def backup(file: Path, json_wanted: bool) -> None:
    """Write everything into one file, which pg_restore reads. It works while people work.

    \b
    Example:
      gis-dispatch db backup monday.dump
    """
    with database() as (_settings, url):
        # Beside first: a copy that broke off must not look like one that can be trusted.
        partial = file.with_name(f"{file.name}.partial")
        command = [_program("pg_dump"), "--format=custom", "--no-owner", f"--file={partial}", url]
        done = subprocess.run(command, check=False)
        if done.returncode != 0:
            partial.unlink(missing_ok=True)
            raise click.ClickException("pg_dump could not write the backup; it says why above.")
        partial.chmod(0o600)  # it holds callers' names and numbers
        partial.replace(file)
    size = file.stat().st_size
    answer({"file": file.absolute(), "size_bytes": size}, json_wanted, f"{file}: {size:,} bytes")


def _program(name: str) -> str:
    for installed in binaries.installed():
        if Path(installed.program(name)).exists():
            return installed.program(name)
    found = shutil.which(name)
    if found is None:
        raise click.ClickException(f"{name} is not installed: apt-get install postgresql-client")
    return found
