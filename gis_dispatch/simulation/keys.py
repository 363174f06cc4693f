"""The simulator's own tokens and phones: made through the services, kept in the state folder."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from gis_dispatch.domain.people import SIMULATOR, Actor
from gis_dispatch.ports import House
from gis_dispatch.services.manage_devices import create_device
from gis_dispatch.services.manage_tokens import create_token
from gis_dispatch.services.passwords import hash_token

FILE = "simulator.json"
ACTOR = Actor(user_id=None, name="Simulator", role=SIMULATOR, source="simulator")
LABEL = "Simulator"


@dataclass
class Keys:
    """Secrets that still open what they were made for; whatever does not is made anew."""

    house: House
    path: Path
    tokens: dict[str, str] = field(default_factory=dict)
    devices: dict[str, str] = field(default_factory=dict)

    @classmethod
    def kept_in(cls, home: Path, house: House) -> "Keys":
        """The keys of an earlier run, if there was one."""
        keys = cls(house, home / FILE)
        if keys.path.exists():
            kept = json.loads(keys.path.read_text(encoding="utf-8"))
            keys.tokens, keys.devices = dict(kept["tokens"]), dict(kept["devices"])
        return keys

    def token(self, role: str, agency: str | None = None) -> str:
        """A token of a role, of one agency where the role needs one."""
        name = f"{role}:{agency}" if agency else role
        secret = self.tokens.get(name)
        if secret is None or not self._opens("find_live_token", secret):
            label = f"{LABEL}: {name}"
            _id, secret = create_token(
                self.house, ACTOR, label=label, role=role, agency_code=agency
            )
            self.tokens[name] = secret
            self._keep()
        return secret

    def phones(self, unit_ids: Iterable[int]) -> dict[int, str]:
        """A simulated phone for each of these units."""
        return {unit_id: self.phone(unit_id) for unit_id in unit_ids}

    def phone(self, unit_id: int) -> str:
        """The identifier of one unit's simulated phone."""
        secret = self.devices.get(str(unit_id))
        if secret is None or not self._is_phone(secret):
            device_id, secret, *_ = create_device(self.house, ACTOR, label=LABEL, unit_id=unit_id)
            with self.house.store.transaction() as tx:
                tx.run("mark_device_simulated", id=device_id)
            self.devices[str(unit_id)] = secret
            self._keep()
        return secret

    def _is_phone(self, secret: str) -> bool:
        hashes = [hash_token(secret)]
        found = self.house.store.reads.all("find_devices_by_token", token_hashes=hashes)
        return bool(found)

    def _opens(self, query: str, secret: str) -> bool:
        return self.house.store.reads.find(query, token_hash=hash_token(secret)) is not None

    def _keep(self) -> None:
        text = json.dumps({"tokens": self.tokens, "devices": self.devices}, indent=1)
        beside = self.path.with_suffix(".new")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(text)
        beside.replace(self.path)
