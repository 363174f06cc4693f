"""Whole files of agencies, stations, units, villages and more: preview, then all or nothing."""

from collections.abc import Sequence
from typing import Literal

from flask_babel import gettext
from flask_openapi3.models.file import FileStorage
from pydantic import BaseModel, ConfigDict

from gis_dispatch.consoles.api.admin_resource_shapes import ImportAnswer, ImportQuery
from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row
from gis_dispatch.services.import_agencies import AGENCIES
from gis_dispatch.services.import_equipment import EQUIPMENT
from gis_dispatch.services.import_people import PEOPLE
from gis_dispatch.services.import_rows import RowKind, run_import
from gis_dispatch.services.import_shifts import SHIFTS
from gis_dispatch.services.import_stations import STATIONS
from gis_dispatch.services.import_units import UNITS
from gis_dispatch.services.import_villages import VILLAGES

blueprint = resource("imports", "Administration")

IMPORTS: dict[str, Sequence[RowKind]] = {
    "stations": [STATIONS],
    "units": [UNITS],
    "people": [PEOPLE],
    "equipment": [EQUIPMENT],
    "shifts": [SHIFTS],
    "villages": [VILLAGES],
    "sheet": [AGENCIES, STATIONS, UNITS, PEOPLE, EQUIPMENT, SHIFTS],
}
"""A sheet has rows of every kind, saved in this order."""


class WhatPath(BaseModel):
    """What the rows of the file are; a sheet names the kind of each in its column "row"."""

    what: Literal["stations", "units", "people", "equipment", "shifts", "villages", "sheet"]


class Upload(BaseModel):
    """A CSV or GeoJSON file."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    file: FileStorage


@blueprint.post("/imports/<what>", responses={200: ImportAnswer})
@needs("imports.run")
def import_file(path: WhatPath, query: ImportQuery, form: Upload) -> Row:
    """Import a file; with dry_run only say, row by row, what would become of it."""
    report = run_import(
        current_house(),
        current_actor(),
        form.file.read(),
        form.file.filename or path.what,
        IMPORTS[path.what],
        dry_run=query.dry_run,
    )
    return report.as_document(gettext)
