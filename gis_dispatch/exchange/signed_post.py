"""Posts one signed document to another system of the city, and understands the answer."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import httpx

from gis_dispatch.domain.failures import ADDRESS_UNUSABLE, NO_ANSWER, failure_of_status
from gis_dispatch.exchange.reaching import failure_of
from gis_dispatch.exchange.signatures import signature

MOST_RECEIPT_BYTES = 20_000
# Sending the same bytes again cannot help; everything else may be mended on the other side.
FINAL = frozenset({400, 409, 413, 415, 422})


class NotDelivered(Exception):
    """The other side did not take it, for which reason; `final` when trying again cannot help."""

    def __init__(self, error: str, reason: str, *, final: bool) -> None:
        super().__init__(error)
        self.error = error
        self.reason = reason
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
        # Each wait is limited, and the whole: an answer that comes drop by drop is none either.
        async with (
            asyncio.timeout(2 * within_s),
            httpx.AsyncClient(timeout=within_s) as client,
            client.stream("POST", url, content=body, headers=headers) as response,
        ):
            said = await _beginning(response)
    except (httpx.TimeoutException, TimeoutError) as error:
        raise NotDelivered(f"No answer within {within_s:.0f} s.", NO_ANSWER, final=False) from error
    except httpx.HTTPError as error:
        said_of_it = str(error) or type(error).__name__
        raise NotDelivered(
            f"Not reachable: {said_of_it}", failure_of(error), final=False
        ) from error
    except httpx.InvalidURL as error:
        raise NotDelivered(
            f"The address cannot be used: {error}", ADDRESS_UNUSABLE, final=False
        ) from error
    if not response.is_success:
        raise NotDelivered(
            _refusal(response, said),
            failure_of_status(response.status_code),
            final=response.status_code in FINAL,
        )
    return _receipt(response, said)


async def _beginning(response: httpx.Response) -> bytes:
    """As much of an answer as a receipt may be long, and a little more."""
    said = b""
    async for part in response.aiter_bytes():
        said += part
        if len(said) > MOST_RECEIPT_BYTES:
            break
    return said


def _refusal(response: httpx.Response, body: bytes) -> str:
    said = _json(body)
    detail = said.get("detail") if isinstance(said, dict) else None
    line = f"{response.status_code} {response.reason_phrase}"
    return f"{line}: {str(detail)[:300]}" if detail else line


def _receipt(response: httpx.Response, body: bytes) -> dict[str, Any]:
    """What the other side gave as proof; at least its status."""
    said = _json(body)
    receipt = said if isinstance(said, dict) else {}
    return {"status": response.status_code, **receipt}


def _json(body: bytes) -> Any:
    if len(body) > MOST_RECEIPT_BYTES:
        return None
    try:
        return json.loads(body)
    except ValueError:
        return None
