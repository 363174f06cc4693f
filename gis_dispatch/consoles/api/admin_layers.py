"""Layers that an administrator uploads: look into a file, make a layer of it, change, remove."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Annotated, Any

from flask_babel import gettext
from flask_openapi3.models.file import FileStorage
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes import Body, IdPath, Shape
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.errors import _
from gis_dispatch.maps.icons import icon_names
from gis_dispatch.maps.uploads import Upload, read_upload
from gis_dispatch.ports import Row
from gis_dispatch.services.manage_layers import (
    UploadedLayerNotFound,
    change_layer,
    create_layer,
    delete_layer,
    replace_layer,
)

blueprint = resource("uploaded_layers", "Administration")

Listed = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(,[a-z_]+)*$")]


class SentFile(BaseModel):
    """A GeoJSON, GeoPackage or KML file, or a zipped shapefile; at most 16 MB."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    file: FileStorage
    source_layer: str | None = Field(
        default=None, description="Which layer of the file, where it holds several."
    )


class NewLayer(SentFile):
    """The file, and how its layer looks."""

    title_id: str
    title_en: str
    colour: str = Field(description="#rrggbb")
    icon: str = Field(description="A drawing of icons.svg.")
    label: str | None = Field(default=None, description="The column written beside each feature.")
    roles: Listed = Field(description="Who sees it, separated by commas.")
    zoom_from: int = 0
    zoom_to: int = 22
    refresh_s: int | None = Field(
        default=None, description="Asked for again every so many seconds; else when it changes."
    )


class ChangedLayer(Body):
    """What is to be different."""

    title_id: str | None = None
    title_en: str | None = None
    colour: str | None = None
    icon: str | None = None
    label: str | None = None
    roles: list[str] | None = None
    zoom_from: int | None = None
    zoom_to: int | None = None
    refresh_s: int | None = None


class UploadedLayer(Shape):
    """One uploaded layer. On maps its id is upload-<id>."""

    id: int
    title_id: str
    title_en: str
    shape: str
    colour: str
    icon: str
    label: str | None
    roles: list[str]
    zoom_from: int
    zoom_to: int
    refresh_s: int | None
    file_name: str
    columns: list[str]
    features: int
    version: int
    uploaded_at: datetime
    uploaded_by: str | None


class UploadedLayers(Shape):
    """What was uploaded, and the drawings there are."""

    items: list[UploadedLayer]
    icons: list[str]


class FoundProblem(Shape):
    """What is wrong, with the feature's number in its sentence."""

    code: str
    sentence: str


class LookedInto(Shape):
    """What a file holds; nothing is saved."""

    name: str
    layers: list[str] = Field(description="The file's own layers; with several, choose one.")
    layer: str | None = Field(default=None, description="The one that was looked into.")
    features: int | None = None
    shape: str | None = None
    geometry_types: dict[str, int] | None = None
    columns: list[dict[str, Any]] | None = None
    bounds: list[float] | None = Field(default=None, description="west, south, east, north")
    preview: list[dict[str, Any]] = Field(description="Some of its geometries, made simpler.")
    problem_count: int
    problems: list[FoundProblem]


@blueprint.get("/uploaded-layers", responses={200: UploadedLayers})
@needs("layers.manage")
def list_uploaded_layers() -> Row:
    """List the uploaded layers and the drawings that a layer may have."""
    rows = current_house().store.reads.all("list_uploaded_layers")
    return {"items": rows, "icons": sorted(icon_names())}


@blueprint.post("/uploaded-layers/preview", responses={200: LookedInto})
@needs("layers.manage")
def look_into_file(form: SentFile) -> Row:
    """Say what a file holds and what is wrong with it; nothing is saved."""
    with _read(form) as upload:
        report = upload.report
        return {
            "name": upload.name,
            "layers": report["layers"],
            "preview": report.get("preview", []),
            "problem_count": report["problem_count"],
            "problems": [
                {"code": one.code, "sentence": one.sentence(gettext)} for one in upload.problems
            ],
            **{
                name: report.get(name)
                for name in ("layer", "features", "shape", "geometry_types", "columns", "bounds")
            },
        }


@blueprint.post("/uploaded-layers", responses={201: UploadedLayer})
@needs("layers.manage")
def add_uploaded_layer(form: NewLayer) -> tuple[Row, int]:
    """Make a layer of a file; it is on every console at once, or nothing is saved."""
    looks = form.model_dump(exclude={"file", "source_layer", "roles"})
    with _read(form) as upload:
        made = create_layer(
            current_house(), current_actor(), upload.as_file(), icon_names(),
            roles=form.roles.split(","), **{**looks, "label": form.label or None},
        )  # fmt: skip
    return _answer(made), 201


@blueprint.put("/uploaded-layers/<int:id>/file", responses={200: UploadedLayer})
@needs("layers.manage")
def replace_uploaded_layer(path: IdPath, form: SentFile) -> Row:
    """Give a layer another file: all of the old features go, all of the new ones come."""
    with _read(form) as upload:
        replace_layer(current_house(), current_actor(), path.id, upload.as_file())
    return _answer(path.id)


@blueprint.patch("/uploaded-layers/<int:id>", responses={200: UploadedLayer})
@needs("layers.manage")
def change_uploaded_layer(path: IdPath, body: ChangedLayer) -> Row:
    """Change how a layer is called and drawn, and who sees it."""
    changed = body.model_dump(exclude_unset=True)
    change_layer(current_house(), current_actor(), path.id, icon_names(), **changed)
    return _answer(path.id)


@blueprint.delete("/uploaded-layers/<int:id>", responses={204: None})
@needs("layers.manage")
def delete_uploaded_layer(path: IdPath) -> tuple[str, int]:
    """Remove a layer with its features."""
    delete_layer(current_house(), current_actor(), path.id)
    return "", 204


def _read(form: SentFile) -> AbstractContextManager[Upload]:
    name = form.file.filename or _("a file without a name")
    return read_upload(form.file.read(), name, form.source_layer or None)


def _answer(layer_id: int) -> Row:
    for row in current_house().store.reads.all("list_uploaded_layers"):
        if row["id"] == layer_id:
            return row
    raise UploadedLayerNotFound(id=layer_id)
