"""Sizes, addresses and machine paths: what the repository may and may not hold."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 300
SOURCE = {".py", ".js", ".css", ".sql", ".html"}
# A migration is history: it is never edited, so it is never split.
HISTORY = ROOT / "sql" / "migrations" / "versions"
TEXT = SOURCE | {".md", ".toml", ".json", ".mjs", ".sh", ".yml", ".yaml", ".lock", ""}
# Folders of one particular machine. `/home/` is left out: it is an honest example in the docs.
MACHINE_PATH = re.compile(r"/(?:root|work|mnt|Users)/[\w.-]+")


def repository_files() -> list[Path]:
    """What git has, or would have after `git add`."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode != 0:
        pytest.skip("This is not a git checkout, so which files belong to it cannot be told.")
    paths = [ROOT / name for name in done.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def test_no_source_file_is_longer_than_a_person_reads() -> None:
    too_long = {
        str(path.relative_to(ROOT)): lines
        for path in repository_files()
        if path.suffix in SOURCE
        and HISTORY not in path.parents
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert too_long == {}, f"split what is longer than {LONGEST} lines"


def test_no_file_names_a_folder_of_one_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in repository_files()
        if path.suffix in TEXT and path != Path(__file__)
        for match in MACHINE_PATH.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []


def test_every_python_package_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "gis_dispatch").rglob("*.py")
        if not path.read_text(encoding="utf-8").lstrip().startswith(('"""', "'''"))
    ]
    assert silent == []


def test_scripts_can_be_run() -> None:
    for name in ("setup", "server", "test", "lint", "cli", "bench", "screens"):
        assert (ROOT / "script" / name).stat().st_mode & 0o111, f"script/{name} is not executable"
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_the_continuous_integration_hides_nothing() -> None:
    run = (ROOT / ".ci" / "run").read_text()
    assert "script/test" in run
    assert "script/lint" in run
    assert not re.search(r"\b(pip|npm|pytest|apt-get)\b", run)
