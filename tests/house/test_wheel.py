"""The wheel holds every folder of files, and finds them when it is installed."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from gis_dispatch import assets

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("layers", "basemaps", "web", "sql")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    command += ["--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True)
    return next(folder.glob("gis_dispatch-*.whl"))


def test_it_carries_every_file_of_every_folder(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    for folder in FOLDERS:
        files = [
            path.relative_to(ROOT)
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        ]
        assert files, f"{folder}/ is empty"
        missing = [str(path) for path in files if f"gis_dispatch/_assets/{path}" not in inside]
        assert missing == []


def test_it_carries_the_facts_and_the_licence(wheel: Path) -> None:
    inside = zipfile.ZipFile(wheel).namelist()
    assert any(name.startswith("gis_dispatch/facts/") for name in inside)
    assert any(name.endswith("licenses/LICENSE") for name in inside)
    assert "gis_dispatch/py.typed" in inside


def test_nothing_else_becomes_importable(wheel: Path) -> None:
    top = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {name for name in top if not name.endswith(".dist-info")} == {"gis_dispatch"}


def test_installed_from_the_wheel_it_finds_its_files(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    program = (
        "from gis_dispatch import assets\n"
        "assert assets.checkout() is None\n"
        f"for name in {FOLDERS}:\n"
        "    folder = assets.folder(name)\n"
        "    assert any(folder.iterdir()), name\n"
        "    print(folder)\n"
        "assert assets.facts('agencies.toml').is_file()\n"
    )
    # -S keeps the checkout's own installation out of sight.
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys; sys.path[:0] = [{str(tmp_path / 'site')!r}]\n{program}",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert all(str(tmp_path) in line for line in done.stdout.splitlines())


def test_only_listed_browser_parts_are_served() -> None:
    assert assets.vendor("leaflet", "dist/leaflet.js").is_file()
    for package, file in [
        ("leaflet", "package.json"),
        ("leaflet", "dist/images/../leaflet-src.js"),
        ("leaflet", "dist/images/../../package.json.png"),
        ("eslint", "package.json"),
        ("..", "pyproject.toml"),
    ]:
        with pytest.raises(assets.MissingAsset):
            assets.vendor(package, file)


def test_every_listed_browser_part_is_installed() -> None:
    for package, patterns in assets.VENDOR_FILES.items():
        for pattern in patterns:
            assert list((assets.node_modules() / package).glob(pattern)), f"{package}/{pattern}"


def test_the_sample_citys_roads_are_installed() -> None:
    assert assets.sample_network().stat().st_size > 10_000_000
