"""Why another system could not be reached, from the error and what it was caused by."""

import socket
import ssl

from gis_dispatch.domain.failures import CERTIFICATE, NAME_NOT_FOUND, NOT_REACHABLE

# What resolvers say; some libraries keep the words and lose the error.
NAMES = ("name or service not known", "name resolution", "nodename nor servname", "getaddrinfo")
CERTIFICATES = ("certificate", "ssl:")


def failure_of(error: BaseException) -> str:
    """The reason that is nearest to the wire."""
    seen: BaseException | None = error
    while seen is not None:
        said = str(seen).lower()
        if isinstance(seen, socket.gaierror) or any(words in said for words in NAMES):
            return NAME_NOT_FOUND
        if isinstance(seen, ssl.SSLError) or any(words in said for words in CERTIFICATES):
            return CERTIFICATE
        seen = seen.__cause__ or seen.__context__
    return NOT_REACHABLE
