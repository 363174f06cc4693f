"""Contacts of agencies: who hears by e-mail, SMS or WhatsApp, and of what."""

from typing import Literal

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes import Body, IdPath, Shape
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row
from gis_dispatch.services.manage_contacts import contact_topics, put_contact, remove_contact

blueprint = resource("contacts", "Administration")


class ContactBody(Body):
    """All that is known of a contact."""

    agency_code: str
    name: str
    way: Literal["email", "sms", "whatsapp"]
    address: str
    topics: list[str]
    locale: Literal["id", "en"] = "id"
    active: bool = True


class Contact(Shape):
    """Somebody of an agency who is told outside the screens."""

    id: int
    agency_code: str
    agency_name: str
    name: str
    way: str
    address: str
    locale: str
    topics: list[str]
    active: bool


class Contacts(Shape):
    """Everybody, and of what one may be told."""

    items: list[Contact]
    topics: list[str]


@blueprint.get("/contacts", responses={200: Contacts})
@needs("contacts.manage")
def list_contacts() -> Row:
    """List who hears by e-mail, SMS or WhatsApp."""
    return _contacts()


@blueprint.post("/contacts", responses={201: Contacts})
@needs("contacts.manage")
def add_contact(body: ContactBody) -> tuple[Row, int]:
    """Add a contact of an agency."""
    put_contact(current_house(), current_actor(), None, **body.model_dump())
    return _contacts(), 201


@blueprint.put("/contacts/<int:id>", responses={200: Contacts})
@needs("contacts.manage")
def save_contact(path: IdPath, body: ContactBody) -> Row:
    """Change all that is known of a contact."""
    put_contact(current_house(), current_actor(), path.id, **body.model_dump())
    return _contacts()


@blueprint.delete("/contacts/<int:id>", responses={204: None})
@needs("contacts.manage")
def delete_contact(path: IdPath) -> tuple[str, int]:
    """Remove a contact: nothing is sent there any more."""
    remove_contact(current_house(), current_actor(), path.id)
    return "", 204


def _contacts() -> Row:
    items = current_house().store.reads.all("list_contacts")
    return {"items": items, "topics": contact_topics()}
