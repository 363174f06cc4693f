"""A late step of a referral goes up by one level; whoever comes second finds it done."""

from gis_dispatch.domain.people import SYSTEM_ACTOR
from gis_dispatch.domain.referral_clock import Clock, Level, next_raise
from gis_dispatch.ports import House, Row, Transaction
from gis_dispatch.services.locks import lock_referral
from gis_dispatch.services.referral_clocks import read_chain, read_clocks
from gis_dispatch.services.referring import record_referral


def raise_late_referral(house: House, referral_id: int) -> bool:
    """Raise the level that is due now; whether there was one.

    The referral is held: its agency cannot act, and no other worker raise, in between.
    """
    with house.store.transaction() as tx:
        _incident, referral = lock_referral(tx, referral_id)
        now = house.clock.now()
        clocks = read_clocks(tx, referral_id=referral_id)
        if not clocks:
            return False
        [clock] = clocks
        following = next_raise(clock, read_chain(tx, clock.agency_code))
        if following is None or following.at > now:
            return False
        level = following.level
        told = _told(tx, clock, level)
        tx.run(
            "add_raise",
            referral_id=referral_id,
            step=clock.step,
            began_at=clock.began_at,
            due_at=clock.due_at,
            raised_at=now,
            level=level.level,
            kind=level.kind,
            role=level.role,
            title=level.title,
            contact_id=level.contact_id,
            **told,
        )
        record_referral(
            tx,
            SYSTEM_ACTOR,
            referral,
            "late" if level.level == 0 else "escalated",
            now,
            {
                "step": clock.step,
                "level": level.level,
                "due_at": clock.due_at.isoformat(),
                "overdue_s": round((now - clock.due_at).total_seconds()),
                "to": level.title or level.role,
                "told": told["names"],
                # Whom the notices go to, beside those who hear of it by their role.
                "tell_users": told["user_ids"],
                "tell_contacts": [] if level.contact_id is None else [level.contact_id],
            },
        )
        return True


def _told(tx: Transaction, clock: Clock, level: Level) -> Row:
    """Who is told: people with an account, or a contact and the number to call."""
    if level.kind == "contact":
        contact = tx.find("find_contact", id=level.contact_id)
        # One for whom nothing was entered is reached by the agency's own number.
        phone = level.phone or tx.one("find_agency", code=clock.agency_code)["phone"]
        names = [contact["name"]] if contact and contact["active"] else []
        return {"user_ids": [], "names": names, "phone": phone}
    people = tx.all(
        "list_people_told", role=level.role, agency=clock.agency_code, user_id=level.user_id
    )
    return {
        "user_ids": [person["id"] for person in people],
        "names": [person["display_name"] for person in people],
        "phone": None,
    }
