"""Notices: which events people are told of outside the screens, whom, and in which words.

A notice of a phone's screen lies open to everybody near it: it names the unit, the incident's
number and its kind, never a person or an address. What an agency's contact is sent may name the
place; the caller is told nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Any

from gis_dispatch.domain.reasons import Both

WAYS = ("push", "email", "sms", "whatsapp")
GATEWAY_WAYS = WAYS[1:]
"""Ways that go through the city's own gateway; `push` goes to a device that signed up."""


class Audience(Enum):
    """Who hears of an event, as far as the event says it."""

    CREW = "crew"
    """Who works in the unit of the event."""
    AGENCY = "agency"
    """The agency of the event: its dispatchers, and its contacts who asked for this."""
    AGENCIES = "agencies"
    """Every agency at work on the incident."""
    LEADS = "leads"
    """The lead operators."""
    NAMED = "named"
    """The users and contacts that the event's data names in `tell_users` and `tell_contacts`."""


@dataclass(frozen=True)
class Topic:
    """One kind of event that people are told of."""

    event: str
    audience: tuple[Audience, ...]
    title: Both
    text: Both
    """Beside the title; with the place for contacts only."""
    page: str
    """Where a device opens."""
    keep_for: timedelta = timedelta(hours=1)
    """After that it is no use any more, and nobody tries again."""


_CASE = Both(
    "Kejadian {number}: {kind_id}, prioritas {priority}.",
    "Incident {number}: {kind_en}, priority {priority}.",
)
_MINUTES = timedelta(minutes=15)

TOPICS: Mapping[str, Topic] = {
    topic.event: topic
    for topic in (
        Topic(
            "assignment.dispatched", (Audience.CREW,),
            Both("Penugasan baru untuk {unit}", "New assignment for {unit}"),
            _CASE, "/field", _MINUTES,
        ),
        Topic(
            "assignment.cancelled", (Audience.CREW,),
            Both("{unit} dipanggil kembali", "{unit} is called back"),
            _CASE, "/field", _MINUTES,
        ),
        Topic(
            "assignment.backup", (Audience.AGENCY, Audience.LEADS),
            Both("{unit} minta bantuan", "{unit} asks for help"),
            _CASE, "/dispatcher",
        ),
        Topic(
            "referral.sent", (Audience.AGENCY,),
            Both("Disposisi baru untuk {agency}", "New referral for {agency}"),
            _CASE, "/dispatcher",
        ),
        Topic(
            "incident.alarm", (Audience.AGENCIES, Audience.LEADS),
            Both("Alarm {level}: kejadian {number}", "Alarm {level}: incident {number}"),
            _CASE, "/dispatcher",
        ),
        Topic(
            "move.ordered", (Audience.CREW,),
            Both("{unit}: siaga di {station}", "{unit}: stand by at {station}"),
            Both("Perintah geser siaga.", "An order to move up."), "/field", _MINUTES,
        ),
        Topic(
            "move.taken_back", (Audience.CREW,),
            Both("{unit}: geser siaga dibatalkan", "{unit}: the move is taken back"),
            Both("Kembali ke pos sendiri.", "Go back to your own station."), "/field", _MINUTES,
        ),
        Topic(
            "referral.late", (Audience.AGENCY, Audience.NAMED),
            Both("Terlambat: {agency} belum menjawab", "Late: {agency} has not answered"),
            _CASE, "/dispatcher",
        ),
        Topic(
            "referral.escalated", (Audience.LEADS, Audience.NAMED),
            Both("Naik ke atasan: {agency} terlambat", "Escalated: {agency} is late"),
            _CASE, "/dispatcher",
        ),
    )
}  # fmt: skip


def topics_for(audience: Audience) -> list[str]:
    """The events of which this audience is told."""
    return [topic.event for topic in TOPICS.values() if audience in topic.audience]


@dataclass(frozen=True)
class Wording:
    """A notice in one language."""

    title: str
    text: str


def worded(topic: Topic, event: Mapping[str, Any], locale: str, *, placed: bool) -> Wording:
    """What somebody reads of an event; `placed` adds where it is."""
    said = 0 if locale == "id" else 1
    fields = {name: "" if value is None else value for name, value in event.items()}
    text = topic.text[said].format_map(fields)
    if placed and event.get("place"):
        text = f"{text} {event['place']}."
    return Wording(topic.title[said].format_map(fields), text)
