"""Makes notices out of the event record: the one way in which people are told outside the screens.

Whoever wants something told appends its event and gives its kind a row in `domain/notices`; the
worker reads the events after the last one it has seen, so none is forgotten and none told twice.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gis_dispatch.domain.notices import GATEWAY_WAYS as BY_GATEWAY
from gis_dispatch.domain.notices import TOPICS, Audience, Topic, worded
from gis_dispatch.ports import Store, Transaction

PASSED_ON = ("incident_id", "referral_id", "assignment_id", "unit_id")


def notify_new(store: Store, now: datetime) -> int:
    """Put a notice in the outbox for everybody who hears of the events since; how many."""
    with store.transaction() as tx:
        seen = tx.find("lock_notification_progress")
        if seen is None:
            return 0
        newest = tx.value("newest_event_id")
        if newest == seen["event_id"]:
            return 0
        events = tx.all(
            "list_events_to_tell", after=seen["event_id"], until=newest, kinds=list(TOPICS)
        )
        made = sum(_tell(tx, event, now) for event in events)
        tx.run("move_notification_progress", event_id=newest)
    return made


def _tell(tx: Transaction, event: Mapping[str, Any], now: datetime) -> int:
    topic = TOPICS[event["kind"]]
    made = 0
    for person in tx.all("list_recipients", **_audience(topic, event)):
        by_gateway = person["way"] in BY_GATEWAY
        wording = worded(topic, event, person["locale"], placed=by_gateway)
        made += tx.run(
            "add_notification",
            event_id=event["id"],
            topic=topic.event,
            **{key: person[key] for key in RECIPIENT},
            agency_code=event["agency_code"] or person["agency_code"],
            **{key: event[key] for key in PASSED_ON},
            title=wording.title,
            text=wording.text,
            page=topic.page,
            at=now,
            # Counted from the event: a worker that was away for an hour tells nobody old news.
            give_up_at=event["entered_at"] + topic.keep_for,
        )
    return made


RECIPIENT = ("way", "contact_id", "subscription_id", "recipient", "address", "locale")


def _audience(topic: Topic, event: Mapping[str, Any]) -> dict[str, Any]:
    """Whom `list_recipients` looks for; whoever did it knows it already."""
    agencies = set(event["agencies"]) if Audience.AGENCIES in topic.audience else set()
    if Audience.AGENCY in topic.audience and event["agency_code"]:
        agencies.add(event["agency_code"])
    named = event["data"] if Audience.NAMED in topic.audience else {}
    return {
        "topic": topic.event,
        "unit_id": event["unit_id"] if Audience.CREW in topic.audience else None,
        "agencies": sorted(agencies),
        "leads": Audience.LEADS in topic.audience,
        "users": list(named.get("tell_users", ())),
        "contacts": list(named.get("tell_contacts", ())),
        "but": event["actor_id"],
    }
