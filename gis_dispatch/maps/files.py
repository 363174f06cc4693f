"""Reads one TOML file of facts into its model; an unknown key is refused with file and key."""

import tomllib
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from gis_dispatch.maps.refusals import MapFileWrong


class Facts(BaseModel):
    """Facts from a file: frozen, and no key that nobody reads."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
QueryName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


def _rising(zoom: tuple[int, int]) -> tuple[int, int]:
    if zoom[0] > zoom[1]:
        raise ValueError("the first zoom must not be above the second")
    return zoom


Zoom = Annotated[int, Field(ge=0, le=22)]
ZoomRange = Annotated[tuple[Zoom, Zoom], AfterValidator(_rising)]

Model = TypeVar("Model", bound=Facts)


def read_facts(path: Path, model: type[Model], **given: Any) -> Model:
    """One file as its model, or a refusal that names the file, the key and what was wrong."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise MapFileWrong(file=path.name, key="TOML", problem=str(wrong)) from wrong
    try:
        return model.model_validate({**written, **given})
    except ValidationError as wrong:
        first = wrong.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "-"
        problem = "unknown key" if first["type"] == "extra_forbidden" else first["msg"]
        raise MapFileWrong(file=path.name, key=key, problem=problem) from wrong
