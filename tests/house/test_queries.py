"""Named queries and the code agree: none is asked for that is not there, none is there unasked."""

import re
from pathlib import Path

from gis_dispatch import assets
from gis_dispatch.store.queries import named_queries

ROOT = Path(__file__).resolve().parents[2]
ASKED = re.compile(r"\.(?:one|find|all|value|run)\(\s*\"([a-z_]+)\"")


def texts(*patterns: str) -> str:
    return "\n".join(
        path.read_text(encoding="utf-8") for pattern in patterns for path in ROOT.glob(pattern)
    )


def names() -> set[str]:
    return set(named_queries(assets.folder("sql") / "queries").sql)


def test_every_named_query_is_used() -> None:
    written = set(
        re.findall(
            r"\"([a-z_]+)\"", texts("gis_dispatch/**/*.py", "layers/*.toml", "basemaps/*.toml")
        )
    )
    assert sorted(names() - written) == []


def test_every_query_that_is_asked_for_is_there() -> None:
    asked = set(ASKED.findall(texts("gis_dispatch/**/*.py")))
    assert asked and sorted(asked - names()) == []
