"""The secret shared with the data centre, and what is signed with it."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from gis_dispatch.settings import Settings


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
