"""Finds the byte at which a packed OSM file is broken, to be named when it is refused."""

import bz2
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import osmium

CHUNK = 1 << 16


def broken_bytes(path: Path) -> int | None:
    """The offset of the first part that cannot be read, or None when every part can be."""
    name = path.name.lower()
    with path.open("rb") as file:
        if name.endswith(".pbf"):
            return _broken_blob(path, file)
        if name.endswith(".gz"):
            return _broken_stream(file, zlib.decompressobj(wbits=31).decompress)
        if name.endswith(".bz2"):
            return _broken_stream(file, bz2.BZ2Decompressor().decompress)
    return None


def _broken_stream(file: BinaryIO, unpack: Callable[[bytes], bytes]) -> int:
    """Where unpacking stops: the chunk that fails, or the end of a file that was cut short."""
    while chunk := file.read(CHUNK):
        try:
            unpack(chunk)
        except (zlib.error, OSError, EOFError, ValueError):
            return file.tell() - len(chunk)
    return file.tell()


def _broken_blob(path: Path, file: BinaryIO) -> int | None:
    """The first blob whose frame runs past the end, or whose content pyosmium refuses."""
    header: bytes | None = None
    size = path.stat().st_size
    for offset, blob in _blobs(file, size):
        if blob is None:
            return offset
        content = blob if header is None else header + blob
        try:
            for _ in osmium.FileProcessor(osmium.io.FileBuffer(content, "pbf")):
                pass
        except RuntimeError:
            return offset
        header = header or blob
    return None


def _blobs(file: BinaryIO, size: int) -> Iterator[tuple[int, bytes | None]]:
    """(offset, bytes) of each framed blob; (offset, None) for one that is not whole."""
    offset = 0
    while offset < size:
        frame = file.read(4)
        head_size = struct.unpack(">I", frame)[0] if len(frame) == 4 else 0
        head = file.read(head_size) if 0 < head_size < CHUNK else b""
        body_size = _body_size(head) if len(head) == head_size and head else None
        if body_size is None or offset + 4 + head_size + body_size > size:
            yield offset, None
            return
        yield offset, frame + head + file.read(body_size)
        offset = file.tell()


def _body_size(head: bytes) -> int | None:
    """Field 3 (datasize) of a BlobHeader; the other fields are skipped by their length."""
    at = 0
    while at < len(head):
        key, at = _varint(head, at)
        value, at = _varint(head, at)
        if key == 0x18:
            return value
        if key & 7 == 2:
            at += value
    return None


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data):
        value |= (data[at] & 0x7F) << shift
        shift += 7
        at += 1
        if not data[at - 1] & 0x80:
            break
    return value, at
