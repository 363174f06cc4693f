"""The HTTP doors that phones, people and telephone systems use, as the simulator knocks on them.

A server that restarts is waited for, with pauses, and this is said once; a refusal is told to
whoever knocked.
"""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

import httpx

log = logging.getLogger(__name__)

TIMEOUT_S = 20.0
FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 15.0
BUSY = frozenset({429, 502, 503, 504})


class Refused(Exception):
    """The server understood and said no."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(f"{status}: {detail}")
        self.status = status


class Doors:
    """One server, reached as many people and phones."""

    def __init__(self, address: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        limits = httpx.Limits(max_connections=8, max_keepalive_connections=8)
        self._client = httpx.AsyncClient(
            base_url=address, timeout=TIMEOUT_S, limits=limits, transport=transport
        )
        self._address = address
        self._away = False

    async def close(self) -> None:
        """Hang up."""
        await self._client.aclose()

    async def get(self, token: str, path: str, **params: str | float) -> Any:
        """Ask the API something."""
        return await self._ask("GET", path, token, params=params)

    async def post(self, token: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Tell the API something."""
        return await self._ask("POST", path, token, json=dict(body or {}))

    async def report(self, fields: Mapping[str, str]) -> bool:
        """Report a position as a phone does; whether it arrived. A newer one follows anyway."""
        try:
            response = await self._client.post("/phones/osmand", data=dict(fields))
        except httpx.HTTPError as error:
            self._note_away(error)
            return False
        if response.status_code in BUSY or response.status_code >= 500:
            return False
        self._note_back()
        if not response.is_success:
            raise Refused(response.status_code, _detail(response))
        return True

    async def _ask(self, method: str, path: str, token: str, **content: Any) -> Any:
        pause_s = FIRST_PAUSE_S
        while True:
            try:
                response = await self._client.request(
                    method,
                    f"/api/v1{path}",
                    headers={"Authorization": f"Bearer {token}"},
                    **content,
                )
                if response.status_code not in BUSY:
                    break
                log.info("%s is busy (%d)", self._address, response.status_code)
            except httpx.HTTPError as error:
                self._note_away(error)
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
        self._note_back()
        if not response.is_success:
            raise Refused(response.status_code, _detail(response))
        return response.json()

    def _note_away(self, error: Exception) -> None:
        if not self._away:
            reason = str(error) or type(error).__name__
            log.warning("%s does not answer (%s); trying again", self._address, reason)
        self._away = True

    def _note_back(self) -> None:
        if self._away:
            log.warning("%s answers again", self._address)
        self._away = False


def _detail(response: httpx.Response) -> str:
    try:
        said = response.json()
    except ValueError:
        return response.reason_phrase
    return str(said.get("detail", "")) if isinstance(said, dict) else response.reason_phrase
