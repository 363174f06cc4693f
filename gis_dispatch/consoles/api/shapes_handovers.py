"""Shapes of shifts handed over, of promises, and of the chat."""

from typing import Any

from pydantic import AwareDatetime, Field

from gis_dispatch.consoles.api.shapes import Body, KeptReport, Query, Shape
from gis_dispatch.consoles.api.shapes_clocks import LateReferral
from gis_dispatch.consoles.api.shapes_incidents import AgencyOnIncident


class OpenAtDesk(Shape):
    """An incident that is still open."""

    id: int
    number: str
    kind: str
    kind_name_id: str
    kind_name_en: str
    icon: str | None
    priority: int
    status: str
    place: str | None
    received_at: AwareDatetime
    agencies: list[AgencyOnIncident]
    unit_count: int


class Promise(Shape):
    """What somebody was promised."""

    id: int
    agency_code: str | None
    incident_id: int | None
    incident_number: str | None
    promise: str
    promised_to: str
    due_at: AwareDatetime
    made_at: AwareDatetime
    made_by: str | None
    ended_at: AwareDatetime | None
    ended_by: str | None
    outcome: str | None


class Promises(Shape):
    """Promises of a desk."""

    items: list[Promise]


class NewPromise(Body):
    """A promise to note."""

    promise: str
    promised_to: str
    due_at: AwareDatetime
    incident_id: int | None = None


class Outcome(Body):
    """What became of a promise."""

    outcome: str


class UnitOutOfService(Shape):
    """A unit that cannot be sent."""

    id: int
    call_sign: str
    agency_name: str
    duty: str
    duty_reason: str | None
    duty_changed_at: AwareDatetime


class ShiftCounts(Shape):
    """What the shift has done so far."""

    calls: int
    incidents: int
    completed: int


class DeskNow(Shape):
    """A desk as who comes next must know it."""

    agency_code: str | None = Field(description="Null: the desk of the operators.")
    now: AwareDatetime
    since: AwareDatetime | None = Field(description="The last hand-over.")
    counts: ShiftCounts
    open: list[OpenAtDesk]
    late: list[LateReferral]
    promised: list[Promise]
    out_of_service: list[UnitOutOfService]


class Handover(Shape):
    """A shift that was handed over, and by whom it was taken."""

    id: int
    agency_code: str | None
    agency_name: str | None
    since: AwareDatetime | None
    handed_at: AwareDatetime
    handed_by_id: int
    handed_by: str
    note: str | None
    sha256: str
    taken_at: AwareDatetime | None
    taken_by: str | None
    taken_note: str | None


class HandoverDetail(Handover):
    """With the desk as it was seen then."""

    picture: dict[str, Any]


class Handovers(Shape):
    """Hand-overs of a desk, newest first."""

    items: list[Handover]


class HandoverNote(Body):
    """A word to whoever comes next, or to whoever went."""

    note: str | None = None


class DeskQuery(Query):
    """Whose desk; a dispatcher sees the own one."""

    agency: str | None = None


class ChatQuery(Query):
    """About which incident; without one it is the chat of the own shift."""

    incident_id: int | None = None
    after: int | None = Field(default=None, ge=0, description="Messages after this one.")


class ChatMessage(Shape):
    """Something that was said; its number is that of its event."""

    id: int
    at: AwareDatetime
    entered_at: AwareDatetime
    actor: str
    actor_id: int | None
    text: str
    role: str | None
    of_agency: str | None


class ChatMessages(Shape):
    """What was said, in order."""

    items: list[ChatMessage]
    read_up_to: int = Field(description="The last message this person has read.")


class NewMessage(KeptReport):
    """Something to say, when it was written."""

    text: str
    incident_id: int | None = None


class ReadMark(Body):
    """Up to which message somebody has read."""

    event_id: int = Field(ge=0, le=2**63 - 1)
    incident_id: int | None = None


class UnreadChat(Shape):
    """A chat with something new in it."""

    channel: str
    incident_id: int | None
    number: str | None
    unread: int
    newest_id: int
    newest_actor: str


class UnreadChats(Shape):
    """Where something was said that this person has not read."""

    items: list[UnreadChat]
