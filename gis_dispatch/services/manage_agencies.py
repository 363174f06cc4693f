"""Agencies (OPD): add one, rename one, take one out of use."""

from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House
from gis_dispatch.services.manage_common import code, record, text, text_or_none


def put_agency(
    house: House,
    actor: Actor,
    agency_code: str,
    *,
    name: str,
    short_name: str,
    phone: str | None = None,
    active: bool = True,
) -> None:
    """Adds the agency of this code or changes it. One out of use gets no new incidents."""
    code(agency_code, "code")
    with house.store.transaction() as tx:
        tx.run(
            "put_agency",
            code=agency_code,
            name=text(name, "name"),
            short_name=text(short_name, "short_name", most=30),
            phone=text_or_none(phone, "phone", most=30),
            active=active,
        )
        record(tx, house, actor, "agency.changed", agency_code=agency_code, name=name)
