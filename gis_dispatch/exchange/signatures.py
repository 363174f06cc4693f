"""The secrets shared with the data centre and the gateway, and what is signed with them."""

import hashlib
import hmac

from gis_dispatch.exchange.kept_secrets import kept
from gis_dispatch.settings import Settings


def signature(secret: str, body: bytes) -> str:
    """The value of X-Signature for these bytes."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def signature_fits(secret: str, body: bytes, given: str) -> bool:
    """Whether X-Signature was made with our secret, compared in constant time."""
    return hmac.compare_digest(signature(secret, body).encode(), given.encode())


def shared_secret(settings: Settings) -> str:
    """The secret agreed with the data centre, or one made for this installation."""
    return settings.data_centre_secret or kept(settings.home / "data_centre_secret")


def gateway_secret(settings: Settings) -> str:
    """The secret agreed with the gateway for messages, or one made for this installation."""
    return settings.gateway_secret or kept(settings.home / "gateway_secret")
