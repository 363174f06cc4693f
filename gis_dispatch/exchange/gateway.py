"""Hands a notice to the city's gateway for e-mail, SMS and WhatsApp, signed."""

import json

from gis_dispatch.domain.failures import NO_GATEWAY
from gis_dispatch.exchange.signed_post import NotDelivered, post_signed
from gis_dispatch.services.deliver_notice import Notice

TIMEOUT_S = 4.0
"""With the pause before it, a failure is on the desk's screen within ten seconds."""
NOT_SET = "No gateway is set for e-mail, SMS and WhatsApp (GIS_DISPATCH_GATEWAY_URL)."


def message_of(notice: Notice) -> bytes:
    """What the gateway is sent: the same bytes at every attempt."""
    message = {
        "id": f"notice-{notice.id}",
        "way": notice.way,
        "to": notice.address,
        "language": notice.locale,
        "topic": notice.topic,
        "subject": notice.title,
        "text": f"{notice.title}. {notice.text}",
        "incident_number": notice.number,
        "created_at": notice.created_at.isoformat(),
        "expires_at": notice.give_up_at.isoformat(),
    }
    return json.dumps(message, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


async def hand_over(url: str | None, secret: str, notice: Notice) -> None:
    """POST it, or `NotDelivered` with the reason in one line."""
    if url is None:
        raise NotDelivered(NOT_SET, NO_GATEWAY, final=True)
    key = f"notice-{notice.id}"
    await post_signed(url, secret, key, message_of(notice), within_s=TIMEOUT_S)
