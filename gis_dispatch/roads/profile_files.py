"""Reads profiles from TOML, and says of a wrong file everything that is wrong, by key."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from gis_dispatch import assets
from gis_dispatch.roads.profile import Profile
from gis_dispatch.roads.refusals import (
    ProfileBroken,
    ProfileKeyMissing,
    ProfileKeyUnknown,
    ProfileNumberWrong,
    ProfileValueWrong,
    ProfileWordUnknown,
)

LIKE = "like"
"""The key of a file that takes whatever it does not say from a shipped profile."""
# What a file says of these parts replaces the shipped facts key by key; of anything else, whole:
# a class that was deleted from [speeds_kph] is not driven.
_MERGED = ("contraflow", "turn_restrictions", "barriers")
_SCHEMA = Profile.model_json_schema(mode="validation")

Problems = tuple[ProfileBroken, ...]


def shipped_folder() -> Path:
    """The profiles that came along."""
    return assets.facts("profiles")


def load_profiles() -> dict[str, Profile]:
    """The profiles that came along, by name; each file says everything."""
    found = {}
    for path in sorted(shipped_folder().glob("*.toml")):
        read = read_profile(path, {})
        if not isinstance(read, Profile):
            raise read[0]
        found[path.stem] = read
    return found


def read_profile(path: Path, shipped: Mapping[str, Profile]) -> Profile | Problems:
    """The profile of one file, or all that is wrong with it.

    What the file leaves out is taken from the shipped profile that its `like` names, or else from
    the shipped one of the same name.
    """
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        return (ProfileBroken(field="profile", file=path.name, problem=str(error)),)
    like = said.pop(LIKE, path.stem)
    if like != path.stem and like not in shipped:
        known = tuple(sorted(shipped))
        return (ProfileWordUnknown(field=LIKE, file=path.name, key=LIKE, given=like, known=known),)
    base = shipped[like].facts() if like in shipped else {}
    try:
        return Profile.model_validate({**_merged(base, said), "name": path.stem})
    except ValidationError as wrong:
        return tuple(_problems(path.name, wrong.errors()))


def _merged(base: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**base, **said}
    for part in _MERGED:
        if part in base and isinstance(said.get(part), dict):
            merged[part] = {**base[part], **said[part]}
    return merged


def _problems(file: str, errors: Sequence[ErrorDetails]) -> Iterator[ProfileBroken]:
    missing = tuple(_key(error) for error in errors if error["type"] == "missing")
    if missing:
        example = min(path.stem for path in shipped_folder().glob("*.toml"))
        yield ProfileKeyMissing(field=missing[0], file=file, keys=missing, example=example)
    yield from (_problem(file, error) for error in errors if error["type"] != "missing")


def _key(error: ErrorDetails) -> str:
    return ".".join(str(part) for part in error["loc"] if part != "[key]")


def _problem(file: str, error: ErrorDetails) -> ProfileBroken:
    """One error of the model as a sentence that says what would be right."""
    where = [str(part) for part in error["loc"]]
    told = {"field": _key(error), "file": file, "key": _key(error)}
    given = error["input"]
    if error["type"] == "extra_forbidden":
        known = tuple(sorted({*_schema_at(where[:-1]).get("properties", {}), LIKE} - {"name"}))
        return ProfileKeyUnknown(**told, known=known)
    schema = _schema_at(where)
    if "maximum" in schema:
        least, most = schema["minimum"], schema["maximum"]
        return ProfileNumberWrong(**told, given=given, least=least, most=most)
    if error["type"] == "word_unknown":
        return ProfileWordUnknown(**told, given=given, known=error["ctx"]["known"])
    return ProfileValueWrong(**told, given=given, problem=error["msg"])


def _schema_at(where: list[str]) -> dict[str, Any]:
    """What the model says of a key."""
    schema: dict[str, Any] = _SCHEMA
    for part in where:
        schema = schema.get("properties", {}).get(part) or schema.get("additionalProperties") or {}
        if not isinstance(schema, dict):
            return {}
        if "$ref" in schema:
            schema = _SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    return schema
