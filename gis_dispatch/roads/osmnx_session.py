"""OSMnx with our servers, tags and patience; its global settings are put back afterwards."""

import socket
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import osmnx
import requests
from osmnx import _overpass

from gis_dispatch.roads.barriers import BARRIER_TAGS
from gis_dispatch.roads.refusals import MapServerSilent
from gis_dispatch.roads.tags import KEPT_TAGS

READ_TIMEOUT_S = 300
"""A city's roads take the public server a minute or two; only reaching it must be quick."""
WAY_TAGS = sorted(
    {
        *KEPT_TAGS, "highway", "area", "route", "name", "ref", "oneway", "oneway:motor_vehicle",
        "maxspeed", "maxspeed:forward", "maxspeed:backward", "width", "maxwidth", "maxheight",
        "maxweight",
    }
)  # fmt: skip
_DEFAULT_OVERPASS_HOST = "overpass-api.de"


@contextmanager
def osmnx_session(overpass_url: str, nominatim_url: str) -> Iterator[None]:
    """Settings for one download. Nothing is cached: an import brings the roads as they are now."""
    wanted: dict[str, Any] = {
        "overpass_url": overpass_url.rstrip("/"),
        "nominatim_url": nominatim_url.rstrip("/") + "/",
        "overpass_rate_limit": urlsplit(overpass_url).hostname == _DEFAULT_OVERPASS_HOST,
        "doh_url_template": None,
        "requests_timeout": READ_TIMEOUT_S,
        "requests_kwargs": {"hooks": {"response": _refuse_half_answers}},
        "useful_tags_way": WAY_TAGS,
        "useful_tags_node": list(BARRIER_TAGS),
        "use_cache": False,
        "log_console": False,
    }
    before = {name: getattr(osmnx.settings, name) for name in wanted}
    resolver = socket.getaddrinfo
    for name, value in wanted.items():
        setattr(osmnx.settings, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(osmnx.settings, name, value)
        # OSMnx pins a server's address for the whole process.
        socket.getaddrinfo = resolver


def relations_inside(selector: str, area: Any) -> list[Mapping[str, Any]]:
    """The relations with a member in a polygon, each once, asked for as OSMnx asks for roads."""
    found: dict[int, Mapping[str, Any]] = {}
    # OSMnx asks for no relations but boundaries; its own steps, with its manners, ask for these.
    begin = _overpass._make_overpass_settings()  # noqa: SLF001
    for polygon in _overpass._make_overpass_polygon_coord_strs(area):  # noqa: SLF001
        asked = f"{begin};relation{selector}(poly:{polygon!r});out;"
        answer = _overpass._overpass_request(OrderedDict(data=asked))  # noqa: SLF001
        elements = answer.get("elements", ())
        found.update({one["id"]: one for one in elements if one.get("type") == "relation"})
    return list(found.values())


def reach(url: str, timeout_s: float) -> None:
    """Refuse if nothing answers at this address within the time."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname or "", port), timeout=timeout_s).close()
    except OSError as error:
        raise MapServerSilent(host=parts.hostname, problem=str(error)) from error


def _refuse_half_answers(response: requests.Response, *_: object, **__: object) -> None:
    """A busy server is not waited for, and an answer that was cut short is not imported."""
    host = urlsplit(response.url).hostname
    if response.status_code != requests.codes.ok:
        raise MapServerSilent(host=host, problem=f"HTTP {response.status_code} {response.reason}")
    if b'"remark"' in response.content[-2000:]:
        remark = str(response.json().get("remark", ""))
        if "error" in remark.lower():
            raise MapServerSilent(host=host, problem=remark.strip())
