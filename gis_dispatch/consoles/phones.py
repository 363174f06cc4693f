"""The door for phones: OsmAnd and Traccar Client report positions here, by a token per device."""

from flask import Blueprint, jsonify, make_response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gis_dispatch.consoles.context import current_house
from gis_dispatch.errors import BadInput
from gis_dispatch.exchange.osmand import PhoneReport, parse_form, parse_json
from gis_dispatch.services.track_position import track_device

blueprint = Blueprint("phones", __name__, url_prefix="/phones")


@blueprint.route("/osmand", methods=["GET", "POST"])
def osmand() -> Response:
    """Take one position; also a late or impossible one, or the phone would send it forever."""
    phone = _read_phone()
    judgement = track_device(current_house(), phone.token, phone.report)
    return jsonify(kept=judgement.kept, shown=judgement.shown, judgement=list(judgement.flags))


def _read_phone() -> PhoneReport:
    body = request.get_data()
    # Some clients send JSON without saying so.
    if request.is_json or body.lstrip().startswith(b"{"):
        return parse_json(body)
    return parse_form(request.values.to_dict())


@blueprint.errorhandler(BadInput)
def _not_understood(refusal: BadInput) -> Response:
    """Phones are told 400, as the protocol has it, with a sentence for whoever sets one up."""
    return make_response(
        jsonify(
            type=f"about:blank#{refusal.code}",
            title=_("Not understood"),
            status=400,
            detail=refusal.sentence(_),
            field=refusal.field,
        ),
        400,
        {"Content-Type": "application/problem+json"},
    )
