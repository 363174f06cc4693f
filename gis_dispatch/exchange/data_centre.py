"""Sends one case document to the city's data centre, signed."""

from collections.abc import Mapping
from typing import Any

from gis_dispatch.exchange.signed_post import post_signed

TIMEOUT_S = 15.0


async def send_case(url: str, secret: str, case_id: str, body: bytes) -> Mapping[str, Any]:
    """POST the document; the receipt, or `NotDelivered` with the reason in one line."""
    return await post_signed(url, secret, case_id, body, within_s=TIMEOUT_S)
