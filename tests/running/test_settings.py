"""Settings come from the environment, typed and with sensible defaults."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from gis_dispatch.settings import Settings


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "GIS_DISPATCH_DATABASE_URL", "GIS_DISPATCH_HOME"):
        monkeypatch.delenv(name, raising=False)


def test_defaults() -> None:
    settings = Settings()
    assert settings.address == "http://127.0.0.1:8112"
    assert settings.database_url is None
    assert settings.home.is_absolute()
    assert settings.data_centre_address == "http://127.0.0.1:8112/try/data-centre"


def test_both_names_of_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://general")
    assert Settings().database_url == "postgresql://general"
    monkeypatch.setenv("GIS_DISPATCH_DATABASE_URL", "postgresql://ours")
    assert Settings().database_url == "postgresql://ours"


@pytest.mark.parametrize("given", ["postgres://a/b", "postgresql+psycopg2://a/b"])
def test_other_spellings_of_the_address(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("DATABASE_URL", given)
    assert Settings().database_url == "postgresql://a/b"


def test_an_empty_variable_is_an_unset_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    assert Settings().database_url is None


def test_a_relative_home_is_made_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIS_DISPATCH_HOME", "state")
    assert Settings().home == tmp_path / "state"


def test_a_wrong_port_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIS_DISPATCH_PORT", "70000")
    with pytest.raises(ValidationError, match="65535"):
        Settings()


def test_it_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().port = 1  # type: ignore[misc]
