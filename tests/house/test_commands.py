"""Every command says what it does, shows an example, and answers programs where it can."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from gis_dispatch.cli import main

ROOT = Path(__file__).resolve().parents[2]
# They run until stopped, or hand over to another program: nothing to read as JSON.
ENDLESS = {"serve", "worker", "simulate", "db shell"}


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield " ".join((*path, name)), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


ALL = dict(commands(main))


@pytest.mark.parametrize("path", ALL)
def test_help_has_a_sentence_and_an_example(path: str) -> None:
    done = CliRunner().invoke(main, [*path.split(), "--help"], prog_name="gis-dispatch")
    assert done.exit_code == 0, done.output
    assert re.search(rf"Example:\n\s+gis-dispatch {path}\b", done.output), done.output


@pytest.mark.parametrize("path", ALL)
def test_examples_are_commands_that_exist(path: str) -> None:
    assert exists(example_of(ALL[path]))


@pytest.mark.parametrize("path", [path for path in ALL if not isinstance(ALL[path], click.Group)])
def test_a_program_may_read_the_answer(path: str) -> None:
    if path not in ENDLESS:
        assert any("--json" in parameter.opts for parameter in ALL[path].params)


def test_a_setting_that_cannot_be_used_is_a_sentence() -> None:
    done = CliRunner(env={"GIS_DISPATCH_PORT": "many"}).invoke(main, ["serve"])
    assert done.exit_code == 1
    assert done.output.startswith("Error: GIS_DISPATCH_PORT: Input should be a valid integer")


def test_the_commands_that_the_docs_name_exist() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    found = [
        (page.name, match.group(1))
        for page in pages
        for match in re.finditer(r"(?:script/cli|gis-dispatch) ([a-z][a-z -]*)", page.read_text())
        if match.group(1).split()[0] in {path.split()[0] for path in ALL} | {"import"}
    ]
    assert [named for named in found if not exists(named[1])] == []


def test_the_scripts_that_the_docs_name_exist() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    for page in pages:
        for name in re.findall(r"\bscript/([a-z]+)\b", page.read_text()):
            assert (ROOT / "script" / name).is_file(), f"{page.name} names script/{name}"


def example_of(command: click.Command) -> str:
    match = re.search(r"Example:\s+gis-dispatch ([^\n]+)", command.help or "")
    assert match, command.help
    return match.group(1)


def exists(line: str) -> bool:
    """Whether the line's words lead to a command that is no group, or to a group's own name."""
    words = line.split()
    return any(" ".join(words[:count]) in ALL for count in (1, 2, 3) if len(words) >= count)
