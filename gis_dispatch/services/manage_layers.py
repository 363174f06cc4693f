"""Uploaded map layers: make one of a file, give it a new file, change how it looks, remove it."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from gis_dispatch.domain.people import HUMAN_ROLES, Actor
from gis_dispatch.errors import BadInput, NotFound
from gis_dispatch.ports import House, Row, Transaction
from gis_dispatch.services.inputs import choice
from gis_dispatch.services.manage_common import number, record, text

COLOUR = re.compile(r"^#[0-9a-f]{6}$")
NEAREST_ZOOM = 22
LONGEST_REFRESH_S = 86_400
LOOKS = (
    "title_id", "title_en", "colour", "icon", "label", "roles", "zoom_from", "zoom_to", "refresh_s",
)  # fmt: skip


class UploadedLayerNotFound(NotFound):
    """There is no uploaded layer {id}."""


class ColourUnusable(BadInput):
    """{field}: "{given}" is not a colour. Write #rrggbb, for example #2fc483."""


class ZoomsTurned(BadInput):
    """{field}: the first zoom ({given}) is above the last ({last})."""


class LabelUnknown(BadInput):
    """{field}: the file has no column "{given}". It has: {columns}."""


class RolesMissing(BadInput):
    """{field}: choose who sees the layer."""


@dataclass(frozen=True, slots=True)
class LayerFile:
    """A file that was read and is right: its features come in parts, each a JSON list."""

    name: str
    shape: str
    columns: Sequence[str]
    features: int
    parts: Iterable[str]


def create_layer(
    house: House, actor: Actor, file: LayerFile, icons: Collection[str], **looks: Any
) -> int:
    """A new layer of all the file's features; its number."""
    with house.store.transaction() as tx:
        values = _checked({"label": None, "refresh_s": None, **looks}, file.columns, icons)
        made = int(
            tx.value(
                "add_uploaded_layer", **values, shape=file.shape, file_name=file.name,
                columns=list(file.columns), features=file.features, by=actor.user_id,
            )
        )  # fmt: skip
        _write(tx, made, file)
        _record(tx, house, actor, "layer.uploaded", made, values["title_id"], file.features)
    return made


def replace_layer(house: House, actor: Actor, layer_id: int, file: LayerFile) -> None:
    """The same layer with the features of another file, and none of the old ones."""
    with house.store.transaction() as tx:
        before = _locked(tx, layer_id)
        if before["label"] is not None and before["label"] not in file.columns:
            raise LabelUnknown(
                field="label", given=before["label"], columns=", ".join(file.columns)
            )
        tx.run("delete_uploaded_features", layer=layer_id)
        tx.run(
            "replace_uploaded_file", layer=layer_id, shape=file.shape, file_name=file.name,
            columns=list(file.columns), features=file.features, by=actor.user_id,
            at=house.clock.now(),
        )  # fmt: skip
        _write(tx, layer_id, file)
        _record(tx, house, actor, "layer.replaced", layer_id, before["title_id"], file.features)


def change_layer(
    house: House, actor: Actor, layer_id: int, icons: Collection[str], **changed: Any
) -> None:
    """Another title, look or audience."""
    with house.store.transaction() as tx:
        before = _locked(tx, layer_id)
        wanted = {name: before[name] for name in LOOKS} | changed
        values = _checked(wanted, before["columns"], icons)
        tx.run("change_uploaded_layer", layer=layer_id, **values)
        _record(tx, house, actor, "layer.changed", layer_id, values["title_id"], before["features"])


def delete_layer(house: House, actor: Actor, layer_id: int) -> None:
    """The layer and its features are gone; the record of events keeps that it was there."""
    with house.store.transaction() as tx:
        before = _locked(tx, layer_id)
        tx.run("delete_uploaded_layer", layer=layer_id)
        _record(tx, house, actor, "layer.deleted", layer_id, before["title_id"], before["features"])


def _locked(tx: Transaction, layer_id: int) -> Row:
    found = tx.find("lock_uploaded_layer", layer=layer_id)
    if found is None:
        raise UploadedLayerNotFound(id=layer_id)
    return found


def _write(tx: Transaction, layer_id: int, file: LayerFile) -> None:
    for part in file.parts:
        tx.run("add_uploaded_features", layer=layer_id, rows=part)


def _record(
    tx: Transaction, house: House, actor: Actor, kind: str, layer_id: int, title: str, count: int
) -> None:
    record(tx, house, actor, kind, layer=f"upload-{layer_id}", title=title, features=count)


def _checked(given: Row, columns: Sequence[str], icons: Collection[str]) -> Row:
    if not COLOUR.match(given["colour"]):
        raise ColourUnusable(field="colour", given=given["colour"])
    if given["label"] is not None and given["label"] not in columns:
        raise LabelUnknown(field="label", given=given["label"], columns=", ".join(columns))
    if not given["roles"]:
        raise RolesMissing(field="roles")
    first = number(given["zoom_from"], "zoom_from", 0, NEAREST_ZOOM)
    last = number(given["zoom_to"], "zoom_to", 0, NEAREST_ZOOM)
    if first > last:
        raise ZoomsTurned(field="zoom_from", given=first, last=last)
    every = given["refresh_s"]
    return {
        "title_id": text(given["title_id"], "title_id"),
        "title_en": text(given["title_en"], "title_en"),
        "colour": given["colour"],
        "icon": choice("icon", given["icon"], icons),
        "label": given["label"],
        "roles": sorted({choice("roles", role, HUMAN_ROLES) for role in given["roles"]}),
        "zoom_from": first,
        "zoom_to": last,
        "refresh_s": None if every is None else number(every, "refresh_s", 5, LONGEST_REFRESH_S),
    }
