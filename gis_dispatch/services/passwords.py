"""The one place for secrets: passwords (argon2id) and tokens (random, kept only as SHA-256)."""

import hashlib
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from gis_dispatch.errors import BadInput

SHORTEST = 10
LONGEST = 200

# No letters or digits that are mistaken for each other when read out or copied from paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_DIGITS = "23456789"

_hasher = PasswordHasher()


class PasswordTooShort(BadInput):
    """{field}: {length} characters is too short; use at least {least}."""


class PasswordTooLong(BadInput):
    """{field}: {length} characters is too long; use at most {most}."""


def hash_password(password: str, *, field: str = "password") -> str:
    """What is stored of a password; a too short or absurdly long one is refused."""
    if len(password) < SHORTEST:
        raise PasswordTooShort(field=field, length=len(password), least=SHORTEST)
    if len(password) > LONGEST:
        raise PasswordTooLong(field=field, length=len(password), most=LONGEST)
    return _hasher.hash(password)


@cache
def _hash_of_nobody() -> str:
    return _hasher.hash(secrets.token_urlsafe())


def password_matches(stored: str | None, password: str) -> bool:
    """Whether the password is right; without a stored one: no, after the same time."""
    if len(password) > LONGEST:
        return False
    try:
        return _hasher.verify(stored or _hash_of_nobody(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(stored: str) -> bool:
    """Whether the stored hash was made with weaker settings than today's."""
    return _hasher.check_needs_rehash(stored)


def make_password() -> str:
    """A new password of four short groups, such as `kdme-27pq-hvzt-94nb` (79 bits)."""
    return "-".join("".join(secrets.choice(_LETTERS + _DIGITS) for _ in range(4)) for _ in range(4))


def make_token() -> str:
    """A new secret for a program or a phone; shown once."""
    return secrets.token_urlsafe(24)


def make_device_token() -> str:
    """A phone's identifier: short enough to be typed on it, too long to be guessed (99 bits)."""
    return "".join(secrets.choice(_LETTERS + _DIGITS) for _ in range(20))


def make_payload_key() -> str:
    """What OwnTracks encrypts with: all of the 32 characters it takes (158 bits)."""
    return "".join(secrets.choice(_LETTERS + _DIGITS) for _ in range(32))


def hash_token(token: str) -> str:
    """What is stored of a token. Tokens are random, so a plain fast hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
