"""A data centre to try things out with: takes delivered cases, shows what arrived."""

import hashlib
import json
from typing import Any

from flask import Blueprint, jsonify, make_response, render_template, request
from werkzeug.exceptions import Forbidden, Unauthorized
from werkzeug.wrappers import Response

from gis_dispatch.consoles.context import current_house, current_principal, current_settings
from gis_dispatch.errors import BadInput, Conflict
from gis_dispatch.errors import Forbidden as ForbiddenRefusal
from gis_dispatch.exchange.signatures import shared_secret, signature_fits

blueprint = Blueprint("try_out", __name__, url_prefix="/try")

MOST_SHOWN = 200
READERS = frozenset({"administrator", "planner", "lead_operator"})


class SignatureWrong(ForbiddenRefusal):
    """X-Signature does not fit this document and the secret we share with the sender."""


class CaseDocumentUnreadable(BadInput):
    """ "{field}" is not a case document: a JSON object with a case_id was expected."""


class CaseIdDiffers(BadInput):
    """ "{field}" is {given}, but the document is {expected}."""


class CaseReceivedOtherwise(Conflict):
    """Case {case_id} is already here with other contents."""


@blueprint.post("/data-centre")
def receive() -> Response:
    """Take one case; the same one again gets the same receipt and is kept once."""
    body = request.get_data()
    given = request.headers.get("X-Signature", "")
    if not signature_fits(shared_secret(current_settings()), body, given):
        raise SignatureWrong
    document = _document(body)
    case_id = str(document["case_id"])
    key = request.headers.get("Idempotency-Key", "")
    if key != case_id:
        raise CaseIdDiffers(field="Idempotency-Key", given=key or "–", expected=case_id)
    fingerprint = hashlib.sha256(body).hexdigest()
    house = current_house()
    with house.store.transaction() as tx:
        kept = tx.find(
            "keep_received_case",
            case_id=case_id,
            received_at=house.clock.now(),
            document=document,
            sha256=fingerprint,
        )
        row = kept or tx.one("find_received_case", case_id=case_id)
    if row["sha256"] != fingerprint:
        raise CaseReceivedOtherwise(case_id=case_id)
    receipt = {
        "receipt_id": f"TRY-{row['id']:06d}",
        "received_at": row["received_at"].isoformat(),
        "sha256": row["sha256"],
    }
    return make_response(jsonify(receipt), 201 if kept else 200)


@blueprint.get("/data-centre")
def received() -> Response | str:
    """What has arrived, newest first: a page for people, JSON for programs."""
    principal = current_principal()
    if principal is None:
        raise Unauthorized
    if principal.role not in READERS:
        raise Forbidden
    cases = current_house().store.reads.all("list_received_cases", most=MOST_SHOWN)
    best = request.accept_mimetypes.best_match(["application/json", "text/html"])
    if best == "text/html":
        return render_template("try_out.html", cases=cases)
    return jsonify(items=cases)


def _document(body: bytes) -> dict[str, Any]:
    try:
        document = json.loads(body)
    except ValueError:
        document = None
    if not isinstance(document, dict) or not isinstance(document.get("case_id"), str):
        raise CaseDocumentUnreadable(field="body")
    return document
