"""Addresses we may send a browser on to: our own pages, never a foreign host."""

from urllib.parse import urlsplit


def safe_next(target: str | None, otherwise: str = "/") -> str:
    """The path to go on to, when it is a path on this server; else another one."""
    if not target or not target.startswith("/") or not target.isprintable() or "\\" in target:
        return otherwise
    parts = urlsplit(target)
    # "//host/" is an address on another host that begins like a path.
    if parts.scheme or parts.netloc or target.startswith("//"):
        return otherwise
    return target
