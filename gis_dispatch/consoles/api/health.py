"""Whether this server can do its work: database, roads, profiles, events, positions."""

from typing import Any

from flask import Blueprint, current_app, jsonify
from werkzeug.wrappers import Response

from gis_dispatch.consoles.context import current_house, current_hub
from gis_dispatch.consoles.streaming.live import Hub
from gis_dispatch.consoles.vehicle_profiles import profile_health
from gis_dispatch.errors import Refusal
from gis_dispatch.ports import House

blueprint = Blueprint("health", __name__)

WAIT_FOR_LISTENER_S = 2.0
LONGEST_WAIT_S = 10.0
"""A position that has waited longer to be written says that nothing is written any more."""


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 when everything works, else 503 with what does not and why."""
    house, hub = current_house(), current_hub()
    parts = {
        "database": database(house),
        "roads": roads(house),
        "profiles": profile_health(house),
        "events": events(hub),
        "positions": positions(),
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


def positions() -> dict[str, Any]:
    """What phones report to this process: how many wait, since when, how many were sent away."""
    together, counting = current_app.extensions["together"], current_app.extensions["counting"]
    batches = current_app.extensions["batches"]
    oldest_at = together.oldest_at()
    waited_s = (current_house().clock.now() - oldest_at).total_seconds() if oldest_at else 0.0
    return {
        "ok": waited_s < LONGEST_WAIT_S,
        **({} if waited_s < LONGEST_WAIT_S else {"reason": f"one has waited {waited_s:.0f} s"}),
        "written": together.written,
        "waiting": together.waiting,
        "oldest_s": round(waited_s, 3),
        "batches_waiting": batches.inside,
        "refused_queue_full": together.refused + batches.refused,
        "refused_too_often": counting.refused,
    }


def events(hub: Hub) -> dict[str, Any]:
    """Whether this process hears of new events as they happen."""
    hub.start()
    hub.wait_until_listening(WAIT_FOR_LISTENER_S)
    if not hub.listening:
        return {"ok": False, "reason": f"the event listener is not connected ({hub.problem})"}
    return {"ok": True, "last_event_id": hub.events.newest_id, "streams": hub.streams}
