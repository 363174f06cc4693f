"""Deliveries: closed cases on their way to the data centre, their documents and their tracks."""

from typing import Literal

from pydantic import AwareDatetime, Field

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes import IdPath, Query, Shape
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row
from gis_dispatch.services.deliver_case import resend_delivery

blueprint = resource("deliveries", "Deliveries")


class DeliveryQuery(Query):
    """Which deliveries."""

    state: Literal["waiting", "delivered", "all"] = "all"
    limit: int = Field(default=200, ge=1, le=1000)


class CaseDelivery(Shape):
    """One case document's way to the data centre."""

    id: int
    incident_id: int
    incident_number: str
    sequence: int
    sha256: str
    url: str | None
    queued_at: AwareDatetime
    attempts: int
    last_attempt_at: AwareDatetime | None
    next_attempt_at: AwareDatetime | None
    delivered_at: AwareDatetime | None
    last_error: str | None
    last_reason: str | None
    withdrawn_at: AwareDatetime | None = Field(
        description="Its closing was taken back before it was ever sent."
    )
    waits_for: int | None = Field(
        description="The earlier document of the same case that must arrive first."
    )


class CaseDeliveries(Shape):
    """A list of deliveries, newest first."""

    items: list[CaseDelivery]


@blueprint.get("/deliveries", responses={200: CaseDeliveries})
@needs("deliveries.read")
def list_deliveries(query: DeliveryQuery) -> Row:
    """List case documents on their way to the data centre."""
    rows = current_house().store.reads.all("api_deliveries", state=query.state, most=query.limit)
    return {"items": rows}


@blueprint.post("/deliveries/<int:id>/resend", responses={200: CaseDelivery})
@needs("deliveries.resend")
def resend(path: IdPath) -> Row:
    """Try to deliver now, also after the attempts were given up."""
    house = current_house()
    resend_delivery(house, current_actor(), path.id)
    return house.store.reads.one("api_delivery", id=path.id)
