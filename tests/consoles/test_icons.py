"""Every drawing that the facts, scripts and templates name is in the sprite."""

import re
import tomllib
from collections.abc import Iterator

from gis_dispatch import assets

WEB = assets.folder("web")
SPRITE = (WEB / "static" / "icons.svg").read_text(encoding="utf-8")
DRAWN = set(re.findall(r'<symbol id="([^"]+)"', SPRITE))


def _icons(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "icon" and isinstance(inner, str):
                yield inner
            else:
                yield from _icons(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _icons(inner)


def test_facts_name_only_icons_that_are_drawn() -> None:
    named = {
        icon
        for name in ("kinds.toml", "unit_types.toml")
        for icon in _icons(tomllib.loads(assets.facts(name).read_text(encoding="utf-8")))
    }
    assert named, "the facts name no icon at all"
    assert named <= DRAWN


def test_scripts_and_templates_name_only_icons_that_are_drawn() -> None:
    named = set()
    for script in (WEB / "static").rglob("*.js"):
        text = script.read_text(encoding="utf-8")
        named |= set(re.findall(r'\bicon\("([a-z-]+)"', text))
        named |= set(re.findall(r'\bicon: "([a-z-]+)"', text))
    for template in (WEB / "templates").glob("*.html"):
        text = template.read_text(encoding="utf-8")
        named |= set(re.findall(r"icons\.svg#([a-z-]+)", text))
        named |= set(re.findall(r'\bicon\("([a-z-]+)"\)', text))
    assert len(named) > 20
    assert named <= DRAWN


def test_no_icon_is_drawn_twice() -> None:
    names = re.findall(r'<symbol id="([^"]+)"', SPRITE)
    assert len(names) == len(set(names))
