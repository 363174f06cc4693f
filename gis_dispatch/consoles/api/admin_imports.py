"""Stations and units from files: a preview of every row, then all of the file or nothing."""

from collections.abc import Callable
from typing import Literal

from flask_babel import gettext
from flask_openapi3.models.file import FileStorage
from pydantic import BaseModel, ConfigDict

from gis_dispatch.consoles.api.admin_resource_shapes import ImportAnswer, ImportQuery
from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row
from gis_dispatch.services.import_report import ImportReport
from gis_dispatch.services.import_stations import import_stations
from gis_dispatch.services.import_units import import_units

blueprint = resource("imports", "Administration")

IMPORTS: dict[str, Callable[..., ImportReport]] = {
    "stations": import_stations,
    "units": import_units,
}


class WhatPath(BaseModel):
    """What the rows of the file are."""

    what: Literal["stations", "units"]


class Upload(BaseModel):
    """A CSV or GeoJSON file."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    file: FileStorage


@blueprint.post("/imports/<what>", responses={200: ImportAnswer})
@needs("imports.run")
def run_import(path: WhatPath, query: ImportQuery, form: Upload) -> Row:
    """Import a file; with dry_run only say, row by row, what would become of it."""
    report = IMPORTS[path.what](
        current_house(),
        current_actor(),
        form.file.read(),
        form.file.filename or path.what,
        dry_run=query.dry_run,
    )
    return report.as_document(gettext)
