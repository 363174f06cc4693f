"""Posts one signed document to another system of the city, and understands the answer."""

import json
from collections.abc import Mapping
from typing import Any

import httpx

from gis_dispatch.exchange.signatures import signature

MOST_RECEIPT_BYTES = 20_000
# Sending the same bytes again cannot help; everything else may be mended on the other side.
FINAL = frozenset({400, 409, 413, 415, 422})


class NotDelivered(Exception):
    """The other side did not take it; `final` when trying again cannot help."""

    def __init__(self, error: str, *, final: bool) -> None:
        super().__init__(error)
        self.error = error
        self.final = final


async def post_signed(
    url: str, secret: str, key: str, body: bytes, *, within_s: float
) -> Mapping[str, Any]:
    """POST it under its idempotency key; the receipt, or `NotDelivered` with the reason."""
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": key,
        "X-Signature": signature(secret, body),
    }
    try:
        async with httpx.AsyncClient(timeout=within_s) as client:
            response = await client.post(url, content=body, headers=headers)
    except httpx.TimeoutException as error:
        raise NotDelivered(f"No answer within {within_s:.0f} s.", final=False) from error
    except httpx.HTTPError as error:
        reason = str(error) or type(error).__name__
        raise NotDelivered(f"Not reachable: {reason}", final=False) from error
    except httpx.InvalidURL as error:
        raise NotDelivered(f"The address cannot be used: {error}", final=False) from error
    if not response.is_success:
        raise NotDelivered(_refusal(response), final=response.status_code in FINAL)
    return _receipt(response)


def _refusal(response: httpx.Response) -> str:
    said = _json(response)
    detail = said.get("detail") if isinstance(said, dict) else None
    line = f"{response.status_code} {response.reason_phrase}"
    return f"{line}: {str(detail)[:300]}" if detail else line


def _receipt(response: httpx.Response) -> dict[str, Any]:
    """What the other side gave as proof; at least its status."""
    said = _json(response)
    receipt = said if isinstance(said, dict) else {}
    return {"status": response.status_code, **receipt}


def _json(response: httpx.Response) -> Any:
    if len(response.content) > MOST_RECEIPT_BYTES:
        return None
    try:
        return json.loads(response.content)
    except ValueError:
        return None
