"""Calls: taken, answered, ended, and closed by how they turned out."""

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes import (
    Call,
    CallQuery,
    Calls,
    CloseCall,
    IdPath,
    NewCall,
)
from gis_dispatch.consoles.api.shapes_acts import TimeCorrection
from gis_dispatch.consoles.api.viewing import call_answer, without_callers
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row
from gis_dispatch.services.answer_call import answer_call
from gis_dispatch.services.close_call import close_call
from gis_dispatch.services.correct_time import correct_time
from gis_dispatch.services.end_call import end_call
from gis_dispatch.services.take_back_call import take_back_call
from gis_dispatch.services.take_call import take_call

blueprint = resource("calls", "Calls")


@blueprint.post("/calls", responses={201: Call})
@needs("calls.take")
def take(body: NewCall) -> tuple[Row, int]:
    """Take a call that has just come in; the same `external_id` twice is one call."""
    call = take_call(current_house(), current_actor(), **body.model_dump())
    return call_answer(call.id), 201


@blueprint.get("/calls", responses={200: Calls})
@needs("calls.read")
def list_calls(query: CallQuery) -> Row:
    """List calls, newest first: waiting for an answer, still open, or all."""
    rows = current_house().store.reads.all(
        "list_calls", state=query.state, from_at=query.since, to_at=query.until, limit=query.limit
    )
    return {"items": [without_callers(row) for row in rows]}


@blueprint.get("/calls/<int:id>", responses={200: Call})
@needs("calls.read")
def get_call(path: IdPath) -> Row:
    """Read one call."""
    return call_answer(path.id)


@blueprint.post("/calls/<int:id>/answer", responses={200: Call})
@needs("calls.answer")
def answer(path: IdPath) -> Row:
    """Answer a call that is waiting."""
    answer_call(current_house(), current_actor(), path.id)
    return call_answer(path.id)


@blueprint.post("/calls/<int:id>/end", responses={200: Call})
@needs("calls.end")
def end(path: IdPath) -> Row:
    """Say that the caller has hung up."""
    end_call(current_house(), current_actor(), path.id)
    return call_answer(path.id)


@blueprint.post("/calls/<int:id>/close", responses={200: Call})
@needs("calls.close")
def close(path: IdPath, body: CloseCall) -> Row:
    """Close a call that made no incident, by what it was."""
    close_call(current_house(), current_actor(), path.id, body.disposition, body.note)
    return call_answer(path.id)


@blueprint.post("/calls/<int:id>/undo", responses={200: Call})
@needs("calls.answer")
def undo(path: IdPath) -> Row:
    """Take back the answer, the end or the closing of a call, within a minute, if it was yours."""
    take_back_call(current_house(), current_actor(), path.id)
    return call_answer(path.id)


@blueprint.post("/calls/<int:id>/corrections", responses={200: Call})
@needs("times.correct")
def correct(path: IdPath, body: TimeCorrection) -> Row:
    """Correct a time that was entered wrongly; both values stay in the record."""
    correct_time(current_house(), current_actor(), "call", path.id, **body.model_dump())
    return call_answer(path.id)
