"""The scene of an incident: photos and counts from its crews, and what is dangerous around it."""

from flask import Response

from gis_dispatch.consoles.api.document import a_file, resource
from gis_dispatch.consoles.api.shapes import IdPath
from gis_dispatch.consoles.api.shapes_scene import NewCounts, Scene, SentPhoto
from gis_dispatch.consoles.api.viewing import assignment_answer, require_incident_visible
from gis_dispatch.consoles.aside import aside
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row
from gis_dispatch.services.report_scene import keep_photo, report_counts

blueprint = resource("scene", "Scenes")

HAZARDS_WITHIN_M = 400


@blueprint.get("/incidents/<int:id>/scene", responses={200: Scene})
@needs("scene.read")
def scene(path: IdPath) -> Row:
    """Read what crews have sent from an incident, and which hazards and hydrants are near."""
    require_incident_visible(path.id)
    reads = current_house().store.reads
    place = reads.one("get_incident", id=path.id)["location"]
    asked = {"incident_id": path.id, "only_agency": current_actor().only_agency}
    return {
        "photos": reads.all("list_photos", **asked),
        "counts": reads.all("list_scene_counts", **asked),
        "hazards": reads.all(
            "list_hazards_near", lon=place["lon"], lat=place["lat"], radius_m=HAZARDS_WITHIN_M
        ),
    }


@blueprint.post("/assignments/<int:id>/counts", responses={201: Scene})
@needs("scene.report")
def count(path: IdPath, body: NewCounts) -> tuple[Row, int]:
    """Tell how many people are hurt and what is damaged."""
    assignment = assignment_answer(path.id)
    counts = body.model_dump(exclude={"occurred_at", "key", "note"})
    report_counts(
        current_house(),
        current_actor(),
        path.id,
        counts,
        counted_at=body.occurred_at,
        note=body.note,
        key=body.key,
    )
    return scene(IdPath(id=assignment["incident_id"])), 201


@blueprint.post("/assignments/<int:id>/photos", responses={201: Scene})
@needs("scene.report")
def add_photo(path: IdPath, form: SentPhoto) -> tuple[Row, int]:
    """Send one photo; its size and kind are checked, and what is hidden in the file is left out."""
    # Here: what reads pictures is loaded by the workers that get one.
    from gis_dispatch.exchange.photos import read_photo

    assignment = assignment_answer(path.id)
    photo = aside(read_photo, form.file.read())
    keep_photo(
        current_house(),
        current_actor(),
        path.id,
        photo,
        taken_at=form.taken_at,
        lon=form.lon,
        lat=form.lat,
        key=form.key,
    )
    return scene(IdPath(id=assignment["incident_id"])), 201


@blueprint.get("/photos/<int:id>", responses={200: a_file("image/jpeg")})
@needs("scene.read")
def photo(path: IdPath) -> Response:
    """Read one photo."""
    return _picture("get_photo", path.id)


@blueprint.get("/photos/<int:id>/small", responses={200: a_file("image/jpeg")})
@needs("scene.read")
def small_photo(path: IdPath) -> Response:
    """Read one photo in small, as lists show it."""
    return _picture("get_photo_small", path.id)


def _picture(query: str, id: int) -> Response:
    row = current_house().store.reads.one(query, id=id)
    require_incident_visible(row["incident_id"])
    # Whoever looks at it on a shared computer leaves nothing behind.
    return Response(
        bytes(row["content"]), mimetype="image/jpeg", headers={"Cache-Control": "no-store"}
    )
