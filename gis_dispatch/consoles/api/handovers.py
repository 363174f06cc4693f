"""The change of shifts: the desk as it is now, its promises, handed over and taken over."""

from flask import Response

from gis_dispatch.consoles.api.document import a_file, resource
from gis_dispatch.consoles.api.shapes import IdPath
from gis_dispatch.consoles.api.shapes_handovers import (
    DeskNow,
    DeskQuery,
    HandoverDetail,
    HandoverNote,
    Handovers,
    NewPromise,
    Outcome,
    Promises,
)
from gis_dispatch.consoles.api.viewing import agency_seen
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.handover_pages import handover_pdf
from gis_dispatch.consoles.roles import needs
from gis_dispatch.domain.people import DISPATCHER
from gis_dispatch.ports import Row
from gis_dispatch.services.desks import desk_of
from gis_dispatch.services.hand_over_shift import (
    hand_over_shift,
    read_desk,
    read_handover,
    take_shift,
)
from gis_dispatch.services.keep_promises import end_promise, make_promise

blueprint = resource("handovers", "Shifts")


@blueprint.get("/desk", responses={200: DeskNow})
@needs("handovers.read")
def desk_now(query: DeskQuery) -> Row:
    """Read what is open, late, promised and out of service at a desk now."""
    return read_desk(current_house(), agency_seen(query.agency))


@blueprint.get("/handovers", responses={200: Handovers})
@needs("handovers.read")
def list_handovers(query: DeskQuery) -> Row:
    """List the hand-overs of a desk, newest first; a dispatcher sees the own agency's."""
    agency = agency_seen(query.agency)
    return {"items": current_house().store.reads.all("list_handovers", agency=agency)}


@blueprint.get("/handovers/<int:id>", responses={200: HandoverDetail})
@needs("handovers.read")
def get_handover(path: IdPath) -> Row:
    """Read one hand-over, with the desk as it was seen then."""
    return _handover(path.id)


@blueprint.get("/handovers/<int:id>.pdf", responses={200: a_file("application/pdf")})
@needs("handovers.read")
def get_handover_pdf(path: IdPath) -> Response:
    """Read one hand-over as a PDF, to sign and to keep."""
    response = Response(handover_pdf(_handover(path.id)), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="handover-{path.id}.pdf"'
    return response


@blueprint.post("/handovers", responses={201: HandoverDetail})
@needs("handovers.make")
def create_handover(body: HandoverNote) -> tuple[Row, int]:
    """Hand the own desk over as it is now; it waits for somebody to take it."""
    number = hand_over_shift(current_house(), current_actor(), body.note)
    return _handover(number), 201


@blueprint.post("/handovers/<int:id>/take", responses={200: HandoverDetail})
@needs("handovers.make")
def take_handover(path: IdPath, body: HandoverNote) -> Row:
    """Take over a shift that another person handed over."""
    take_shift(current_house(), current_actor(), path.id, body.note)
    return _handover(path.id)


@blueprint.get("/promises", responses={200: Promises})
@needs("handovers.read")
def list_promises(query: DeskQuery) -> Row:
    """List what a desk has promised and not ended, the next due first."""
    return _promises(agency_seen(query.agency))


@blueprint.post("/promises", responses={201: Promises})
@needs("handovers.make")
def create_promise(body: NewPromise) -> tuple[Row, int]:
    """Note what was promised to somebody, and by when."""
    make_promise(current_house(), current_actor(), **body.model_dump())
    return _promises(desk_of(current_actor())), 201


@blueprint.post("/promises/<int:id>/end", responses={200: Promises})
@needs("handovers.make")
def finish_promise(path: IdPath, body: Outcome) -> Row:
    """Say what became of a promise: kept, or not needed any more."""
    end_promise(current_house(), current_actor(), path.id, body.outcome)
    return _promises(desk_of(current_actor()))


def _handover(id: int) -> Row:
    actor = current_actor()
    return read_handover(current_house(), actor, id, anywhere=actor.role != DISPATCHER)


def _promises(agency: str | None) -> Row:
    reads = current_house().store.reads
    return {"items": reads.all("list_promises", agency=agency, open=True)}
