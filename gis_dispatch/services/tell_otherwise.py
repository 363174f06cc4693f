"""A notice did not arrive, and somebody told the person by phone or radio: kept, with a note."""

from gis_dispatch.domain.people import DISPATCHER, Actor
from gis_dispatch.errors import AgencyNotYours, Conflict, NotFound
from gis_dispatch.ports import House
from gis_dispatch.services.inputs import optional_text


class NotificationNotFound(NotFound):
    """There is no notice {id}."""


class NoticeAlreadyKnown(Conflict):
    """{recipient} has been told already."""


def tell_otherwise(
    house: House, actor: Actor, notification_id: int, note: str | None = None
) -> None:
    """The desk has told them."""
    note = optional_text("note", note)
    at = house.clock.now()
    with house.store.transaction() as tx:
        notice = tx.find("find_notification", id=notification_id)
        if notice is None:
            raise NotificationNotFound(id=notification_id)
        if actor.role == DISPATCHER and notice["agency_code"] != actor.agency_code:
            raise AgencyNotYours(agency=notice["agency_code"] or "–")
        if not tx.run(
            "tell_notification", id=notification_id, at=at, told_by=actor.user_id, note=note
        ):
            raise NoticeAlreadyKnown(recipient=notice["recipient"])
        tx.events.append(
            actor,
            "notification.told",
            at,
            **{
                name: notice[name]
                for name in (
                    "incident_id",
                    "referral_id",
                    "assignment_id",
                    "unit_id",
                    "agency_code",
                )
            },
            data={
                "notification_id": notification_id,
                "topic": notice["topic"],
                "way": notice["way"],
                "note": note,
            },
        )
