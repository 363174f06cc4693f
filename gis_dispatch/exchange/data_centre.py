"""Sends one case document to the city's data centre, signed, and understands the answer."""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx

from gis_dispatch.settings import Settings

TIMEOUT_S = 15.0
MOST_RECEIPT_BYTES = 20_000
# Sending the same bytes again cannot help; everything else may be mended on the other side.
FINAL = frozenset({400, 409, 413, 415, 422})


class NotDelivered(Exception):
    """The data centre did not take the document; `final` when trying again cannot help."""

    def __init__(self, error: str, *, final: bool) -> None:
        super().__init__(error)
        self.error = error
        self.final = final


def signature(secret: str, body: bytes) -> str:
    """The value of X-Signature for these bytes."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def signature_fits(secret: str, body: bytes, given: str) -> bool:
    """Whether X-Signature was made with our secret, compared in constant time."""
    return hmac.compare_digest(signature(secret, body).encode(), given.encode())


def shared_secret(settings: Settings) -> str:
    """The secret agreed with the data centre, or one made for this installation."""
    if settings.data_centre_secret:
        return settings.data_centre_secret
    path = settings.home / "data_centre_secret"
    if not path.exists():
        _make_secret(path)
    return path.read_text(encoding="utf-8").strip()


def _make_secret(path: Path) -> None:
    """Several processes may begin at once: each writes its own file, the first link wins."""
    mine = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(32) + "\n")
    try:
        os.link(mine, path)
    except FileExistsError:
        return
    finally:
        mine.unlink()


async def send_case(url: str, secret: str, case_id: str, body: bytes) -> Mapping[str, Any]:
    """POST the document; the receipt, or `NotDelivered` with the reason in one line."""
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": case_id,
        "X-Signature": signature(secret, body),
    }
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT_S) as client:
            response = await client.post(url, content=body, headers=headers)
    except httpx.TimeoutException as error:
        raise NotDelivered(f"No answer within {TIMEOUT_S:.0f} s.", final=False) from error
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
    """What the data centre gave as proof; at least its status."""
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
