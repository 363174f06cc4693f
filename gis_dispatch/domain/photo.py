"""A photo as it is kept."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Photo:
    """A JPEG with nothing in it but the picture, and the same in small."""

    width: int
    height: int
    content: bytes
    small: bytes
