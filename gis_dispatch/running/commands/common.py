"""What the commands share: the open house, answers for people and programs, refusals."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import click
from pydantic import ValidationError

from gis_dispatch.domain.people import ADMINISTRATOR, Actor
from gis_dispatch.errors import Refusal
from gis_dispatch.running import cluster
from gis_dispatch.running.migrating import migrate
from gis_dispatch.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])

# Whoever may run commands on this machine administers it; the record says how it was done.
AT_THE_MACHINE = Actor(None, "gis-dispatch command", ADMINISTRATOR, source="operator")


class Commands(click.Group):
    """A group whose members are imported only when used, and whose refusals are sentences."""

    def __init__(
        self, *args: Any, members: Mapping[str, str] | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self._members = dict(members or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order they were declared: the everyday ones first."""
        return [*self._members, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load `module:attribute`."""
        if cmd_name not in self._members:
            return super().get_command(ctx, cmd_name)
        module, attribute = self._members[cmd_name].split(":")
        command = getattr(import_module(f"{__package__}.{module}"), attribute)
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> Any:
        """A refusal ends the command with its sentence and nothing else."""
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            raise click.ClickException(refusal.sentence()) from refusal
        except ValidationError as wrong:
            if wrong.title != Settings.__name__:
                raise
            raise click.ClickException(_about_settings(wrong)) from wrong


def as_json(command: F) -> F:
    """The option of every command whose answer a program may read."""
    option = click.option("--json", "json_wanted", is_flag=True, help="Answer as JSON.")
    return option(command)


def answer(document: object, json_wanted: bool, text: str) -> None:
    """Say it for a program or for a person."""
    if json_wanted:
        click.echo(json.dumps(document, ensure_ascii=False, default=_plain, indent=2))
    else:
        click.echo(text)


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Rows as people read them; an empty list is said, not shown as nothing."""
    if not rows:
        return "There are none."
    cells = [[name.upper() for name in columns]]
    cells += [[_short(row.get(name)) for name in columns] for row in rows]
    widths = [max(len(line[index]) for line in cells) for index in range(len(columns))]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        for line in cells
    )
    return "\n".join(line.rstrip() for line in lines)


@contextmanager
def database() -> Iterator[tuple[Settings, str]]:
    """The settings and a migrated database; the private cluster runs for as long as needed."""
    settings = Settings()
    with cluster.running(settings) as url:
        migrate(url)
        yield settings, url


def warn(text: str) -> None:
    """A line beside the answer."""
    print(text, file=sys.stderr, flush=True)


def _about_settings(wrong: ValidationError) -> str:
    """Each setting that cannot be used, under the name of its environment variable."""
    prefix = Settings.model_config["env_prefix"]
    lines = []
    for problem in wrong.errors():
        name = str(problem["loc"][0]).upper()
        variable = name if name.startswith(prefix) else prefix + name
        lines.append(f"{variable}: {problem['msg']}, not {problem['input']!r}.")
    return "\n".join(lines)


def _short(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return str(value)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")
