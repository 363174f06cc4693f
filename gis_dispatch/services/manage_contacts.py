"""Contacts of agencies: who hears by e-mail, SMS or WhatsApp, in which language, of what."""

import re
from collections.abc import Sequence

from gis_dispatch.domain.notices import GATEWAY_WAYS, Audience, topics_for
from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import BadInput, NotFound
from gis_dispatch.ports import House
from gis_dispatch.services.inputs import choice
from gis_dispatch.services.manage_common import agency, record, text

LOCALES = ("id", "en")
MAILBOX = re.compile(r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$")
PHONE = re.compile(r"^\+[1-9]\d{6,14}$")


class ContactNotFound(NotFound):
    """There is no contact {id}."""


class MailboxUnusable(BadInput):
    """{field}: "{given}" is not an e-mail address."""


class NumberUnusable(BadInput):
    """{field}: "{given}" is not a telephone number. Write it like +6281234567890."""


class NoTopicGiven(BadInput):
    """{field}: choose at least one thing to be told of."""


def contact_topics() -> list[str]:
    """Of what a contact may ask to be told."""
    return sorted({*topics_for(Audience.AGENCY), *topics_for(Audience.AGENCIES)})


def put_contact(
    house: House,
    actor: Actor,
    contact_id: int | None,
    *,
    agency_code: str,
    name: str,
    way: str,
    address: str,
    topics: Sequence[str],
    locale: str = "id",
    active: bool = True,
) -> int:
    """A new contact, or all that is known of one; its number."""
    if not topics:
        raise NoTopicGiven(field="topics")
    for topic in topics:
        choice("topics", topic, contact_topics())
    way = choice("way", way, GATEWAY_WAYS)
    values = {
        "name": text(name, "name"),
        "way": way,
        "address": _address(way, address),
        "locale": choice("locale", locale, LOCALES),
        "topics": sorted(set(topics)),
        "active": active,
    }
    with house.store.transaction() as tx:
        of = agency(tx, agency_code)
        if contact_id is None:
            contact_id = int(tx.value("add_contact", agency_code=of, **values))
        elif not tx.run("change_contact", id=contact_id, agency_code=of, **values):
            raise ContactNotFound(id=contact_id)
        # What it is told by stays in its own table: everybody may read the event.
        record(tx, house, actor, "contact.changed", agency_code=of, contact_id=contact_id, way=way)
    return contact_id


def remove_contact(house: House, actor: Actor, contact_id: int) -> None:
    """From now on nothing is sent there."""
    with house.store.transaction() as tx:
        found = tx.find("find_contact", id=contact_id)
        if found is None or not tx.run("remove_contact", id=contact_id):
            raise ContactNotFound(id=contact_id)
        record(
            tx,
            house,
            actor,
            "contact.removed",
            agency_code=found["agency_code"],
            contact_id=contact_id,
        )


def _address(way: str, given: str) -> str:
    address = text(given, "address")
    if way == "email":
        if not MAILBOX.match(address):
            raise MailboxUnusable(field="address", given=given)
        return address
    number = re.sub(r"[\s().-]", "", address)
    if not PHONE.match(number):
        raise NumberUnusable(field="address", given=given)
    return number
