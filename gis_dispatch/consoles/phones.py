"""The doors for phones and gateways: a position at a time, or what was buffered at once."""

import time
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, current_app, jsonify, make_response, request
from flask_babel import gettext as _
from werkzeug.exceptions import MethodNotAllowed, RequestEntityTooLarge
from werkzeug.wrappers import Response

from gis_dispatch.consoles.context import current_house, current_settings
from gis_dispatch.consoles.phone_door import LARGEST_KB, PROBLEM, Counting
from gis_dispatch.consoles.refusals import status_of
from gis_dispatch.domain.tracking import Judgement
from gis_dispatch.errors import BadInput, Refusal, TooLarge
from gis_dispatch.exchange.osmand import PhoneReport
from gis_dispatch.exchange.owntracks import (
    ENCRYPTED,
    LOCATION,
    decrypted,
    parse_location,
    read_message,
)
from gis_dispatch.exchange.phone_batch import read_point, split
from gis_dispatch.services.manage_devices import find_payload_key
from gis_dispatch.services.track_position import DeviceUnknown, Received, track_devices
from gis_dispatch.services.track_together import Together, Turns

blueprint = Blueprint("phones", __name__, url_prefix="/phones")

LARGEST_BATCH_KB = 8192
NAMED = 100
"""So many refused points are named; the others are counted."""
AT_A_STRETCH = 250
"""Points read before others of this process get their turn."""


class BatchTooLong(TooLarge):
    """{count} points are too many at once. Send at most {most} in one request."""


@blueprint.route("/osmand", methods=["GET", "POST"])
def osmand() -> Response:
    """Say what is wrong with a position; one in order was taken before Flask was asked."""
    problem: Exception = request.environ.get(PROBLEM) or MethodNotAllowed(["GET", "POST"])
    raise problem


@blueprint.post("/owntracks", defaults={"token": None})
@blueprint.post("/owntracks/<token>")
def owntracks(token: str | None) -> Response:
    """Take what OwnTracks sends: positions are kept, the rest is thanked for and let go."""
    secret = token or (request.authorization.password if request.authorization else None)
    if not secret:
        return _who_are_you()
    request.max_content_length = LARGEST_KB * 1024
    message = read_message(request.get_data())
    if message is not None and message["_type"] == ENCRYPTED:
        message = decrypted(message, find_payload_key(current_house(), secret))
    if message is not None and message["_type"] == LOCATION:
        counting: Counting = current_app.extensions["counting"]
        together: Together = current_app.extensions["together"]
        counting.count(secret)
        together.track(secret, parse_location(message))
    # The app waits for an array (of friends, of commands) before it sends the next one.
    return make_response(jsonify([]))


def _who_are_you() -> Response:
    response = _not_understood(DeviceUnknown(), {})
    response.status_code = 401
    response.headers["WWW-Authenticate"] = 'Basic realm="OwnTracks"'
    return response


@blueprint.post("/batch")
def batch() -> Response:
    """Take what a phone or a gateway has buffered: the good points are kept, the bad ones named."""
    with current_turns():
        request.max_content_length = LARGEST_BATCH_KB * 1024
        try:
            raw = split(request.get_data())
        except RequestEntityTooLarge:
            raise TooLarge(most_kb=LARGEST_BATCH_KB) from None
        most = current_settings().batch_positions
        if len(raw) > most:
            raise BatchTooLong(count=len(raw), most=most)
        return _answer(list(_outcomes(raw)))


def current_turns() -> Turns:
    """The batches of this process that are being written or wait for it."""
    turns: Turns = current_app.extensions["batches"]
    return turns


def _outcomes(raw: list[Any]) -> Iterator[Judgement | Refusal]:
    """What becomes of each point, in the order in which they were sent."""
    house = current_house()
    points: list[PhoneReport | BadInput] = []
    for begin in range(0, len(raw), AT_A_STRETCH):
        points += map(read_point, raw[begin : begin + AT_A_STRETCH])
        time.sleep(0)
    now = house.clock.now()
    good = [Received(p.token, p.report, now) for p in points if isinstance(p, PhoneReport)]
    judged = iter(track_devices(house, good) if good else ())
    for point in points:
        yield point if isinstance(point, BadInput) else next(judged)


def _answer(outcomes: list[Judgement | Refusal]) -> Response:
    judgements: dict[str, int] = {}
    kept = shown = 0
    refused: list[tuple[int, Refusal]] = []
    for number, outcome in enumerate(outcomes, start=1):
        if isinstance(outcome, Refusal):
            refused.append((number, outcome))
            continue
        kept, shown = kept + outcome.kept, shown + outcome.shown
        for flag in outcome.flags:
            judgements[flag] = judgements.get(flag, 0) + 1
    told = {
        "received": len(outcomes),
        "kept": kept,
        "shown": shown,
        "judgements": judgements,
        "refused": len(refused),
        "problems": [_problem(number, refusal) for number, refusal in refused[:NAMED]],
    }
    if refused and len(refused) == len(outcomes):
        return _not_understood(refused[0][1], told)
    return make_response(jsonify(told))


def _problem(number: int, refusal: Refusal) -> dict[str, Any]:
    return {
        "point": number,
        "code": refusal.code,
        "detail": refusal.sentence(_),
        "field": refusal.field if isinstance(refusal, BadInput) else None,
    }


@blueprint.errorhandler(BadInput)
def _bad_input(refusal: BadInput) -> Response:
    return _not_understood(refusal, {"field": refusal.field})


def _not_understood(refusal: Refusal, more: dict[str, Any]) -> Response:
    """Phones are told 400, as the protocol has it, with a sentence for whoever sets one up."""
    status = 400 if isinstance(refusal, BadInput) else status_of(refusal)
    problem = {
        "type": f"about:blank#{refusal.code}",
        "title": _("Not understood"),
        "status": status,
        "detail": refusal.sentence(_),
    }
    return make_response(
        jsonify(problem | more), status, {"Content-Type": "application/problem+json"}
    )
