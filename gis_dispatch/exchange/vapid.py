"""The key by which push services know this installation, made once and kept for its owner only."""

from base64 import urlsafe_b64encode
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from py_vapid import Vapid02

from gis_dispatch.exchange.kept_secrets import kept


def vapid_key(home: Path) -> Vapid02:
    """Signs what is sent to a push service."""
    return Vapid02.from_pem(kept(home / "vapid_key.pem", _new_key).encode())


def public_key(home: Path) -> str:
    """As browsers want it when they sign up."""
    point = vapid_key(home).public_key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return urlsafe_b64encode(point).rstrip(b"=").decode()


def _new_key() -> str:
    key = Vapid02()
    key.generate_keys()
    return str(key.private_pem().decode())
