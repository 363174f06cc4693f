"""The drawings there are: the ids of web/static/icons.svg."""

import re
from functools import cache

from gis_dispatch import assets

_SYMBOL = re.compile(r'<symbol id="([a-z0-9-]+)"')


@cache
def icon_names() -> frozenset[str]:
    """Every drawing that a layer may name."""
    sprite = assets.folder("web") / "static" / "icons.svg"
    return frozenset(_SYMBOL.findall(sprite.read_text(encoding="utf-8")))
