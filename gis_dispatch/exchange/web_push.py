"""Web Push: tells a browser that signed up, encrypted for it alone, in the name of our own key."""

import json
from datetime import datetime

import requests
from py_vapid import Vapid02
from pywebpush import WebPushException, webpush

from gis_dispatch.domain.failures import (
    NO_ANSWER,
    NOT_REACHABLE,
    NOT_SIGNED_UP,
    failure_of_status,
)
from gis_dispatch.exchange.reaching import failure_of
from gis_dispatch.exchange.signed_post import NotDelivered
from gis_dispatch.services.deliver_notice import Notice

TIMEOUT_S = 4.0
# The device will never hear of this subscription again.
GONE = frozenset({404, 410})
# Sending the same again cannot help.
FINAL = frozenset({400, 401, 403, 413})


class DeviceGone(NotDelivered):
    """The push service does not know the device any more."""

    def __init__(self, error: str) -> None:
        super().__init__(error, NOT_SIGNED_UP, final=True)


def payload_of(notice: Notice) -> str:
    """What the device shows. `tag` lets a newer notice of the same matter take its place."""
    return json.dumps(
        {
            "id": notice.id,
            "title": notice.title,
            "body": notice.text,
            "tag": f"{notice.topic}-{notice.event_id}",
            "page": notice.page,
            "language": notice.locale,
        },
        ensure_ascii=False,
    )


def push(key: Vapid02, contact: str, notice: Notice, now: datetime) -> None:
    """One POST to the push service; `NotDelivered` with the reason in one line."""
    if notice.subscription is None:
        raise NotDelivered("The device is not signed up.", NOT_SIGNED_UP, final=True)
    session = requests.Session()
    session.max_redirects = 0  # a push service answers itself; it sends us nowhere else
    given = notice.subscription
    try:
        webpush(
            {
                "endpoint": given["endpoint"],
                "keys": {"p256dh": given["p256dh"], "auth": given["auth"]},
            },
            data=payload_of(notice),
            vapid_private_key=key,
            vapid_claims={"sub": contact},
            ttl=max(0, int((notice.give_up_at - now).total_seconds())),
            headers={"Urgency": "high"},
            timeout=TIMEOUT_S,
            requests_session=session,
        )
    except WebPushException as refused:
        status = refused.status_code
        if status in GONE:
            raise DeviceGone(f"{status}: the device is no longer signed up.") from refused
        said = f"The push service answered {status}." if status else str(refused.message)
        reason = failure_of_status(status) if status else NOT_REACHABLE
        raise NotDelivered(said, reason, final=status in FINAL) from refused
    except requests.Timeout as error:
        raise NotDelivered(
            f"No answer within {TIMEOUT_S:.0f} s.", NO_ANSWER, final=False
        ) from error
    except requests.RequestException as error:
        said = f"Not reachable: {type(error).__name__}."
        raise NotDelivered(said, failure_of(error), final=False) from error
    finally:
        session.close()
