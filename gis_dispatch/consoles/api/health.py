"""Whether this server can do its work: database, roads, profiles, events, each with its state."""

from typing import Any

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from gis_dispatch.consoles.context import current_house, current_hub
from gis_dispatch.consoles.live import Hub
from gis_dispatch.consoles.vehicle_profiles import profile_health
from gis_dispatch.errors import Refusal
from gis_dispatch.ports import House

blueprint = Blueprint("health", __name__)

WAIT_FOR_LISTENER_S = 2.0


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 when everything works, else 503 with what does not and why."""
    house, hub = current_house(), current_hub()
    parts = {
        "database": database(house),
        "roads": roads(house),
        "profiles": profile_health(house),
        "events": events(hub),
    }
    ok = all(part["ok"] for part in parts.values())
    reasons = [f"{name}: {part['reason']}" for name, part in parts.items() if not part["ok"]]
    response = jsonify({"ok": ok, **({} if ok else {"reason": "; ".join(reasons)}), **parts})
    response.status_code = 200 if ok else 503
    response.headers["Cache-Control"] = "no-store"
    return response


def database(house: House) -> dict[str, Any]:
    """Whether the database answers, and the newest event in it."""
    try:
        return {"ok": True, "last_event_id": house.store.reads.value("newest_event_id")}
    except Refusal as refusal:
        return {"ok": False, "reason": refusal.sentence()}


def roads(house: House) -> dict[str, Any]:
    """Which road network is loaded, and how large it is."""
    try:
        status = house.roads.status()
    except Refusal as refusal:
        return {"ok": False, "reason": refusal.sentence()}
    return {
        "ok": True,
        "version": status.version,
        "place": status.place,
        "sample": status.sample,
        "nodes": status.junction_count,
        "edges": status.edge_count,
    }


def events(hub: Hub) -> dict[str, Any]:
    """Whether this process hears of new events as they happen."""
    hub.start()
    hub.wait_until_listening(WAIT_FOR_LISTENER_S)
    if not hub.listening:
        return {"ok": False, "reason": f"the event listener is not connected ({hub.problem})"}
    return {"ok": True, "last_event_id": hub.events.newest_id, "streams": hub.streams}
