"""The OpenAPI 3.1 document: as flask-openapi3 collected it, with errors and permissions."""

from copy import deepcopy
from typing import Any, cast

from flask import current_app
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from flask_openapi3.openapi import OpenAPI

from gis_dispatch.consoles.json import dumps
from gis_dispatch.consoles.roles import mark_of

PREFIX = "/api/v1"
KEPT = "openapi_document"
"""Where an application keeps it."""
METHODS = frozenset({"get", "post", "put", "patch", "delete"})

SECURITY_SCHEMES: dict[str, Any] = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token from `gis-dispatch token create` or from an administrator.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "gis_dispatch",
        "description": "The cookie of somebody who signed in; writes also need X-CSRFToken.",
    },
}
SECURITY: list[dict[str, list[str]]] = [{"token": []}, {"session": []}]

PROBLEMS = {
    "401": "Nobody is signed in, or the token is not valid.",
    "403": "This role, agency or unit may not do that.",
    "422": "Something that was sent cannot be used; `field` says what.",
    "default": "Any other refusal, as one sentence.",
}


def resource(name: str, title: str) -> APIBlueprint:
    """The blueprint of one resource under /api/v1, filed under a title in the document."""
    return APIBlueprint(
        f"api_{name}", "gis_dispatch.consoles.api", url_prefix=PREFIX, abp_tags=[Tag(name=title)]
    )


def a_file(media_type: str) -> dict[str, Any]:
    """An answer that is a file, or JSON of a shape that is published elsewhere."""
    kind = "object" if media_type == "application/json" else "string"
    return {"content": {media_type: {"schema": {"type": kind}}}}


def document(app: OpenAPI) -> dict[str, Any]:
    """The document as it is served."""
    made = deepcopy(app.api_doc)
    marks = _marks(app)
    for path, operations in made["paths"].items():
        for method, operation in operations.items():
            if method in METHODS:
                _finish(operation, marks.get((path, method)))
    return made


def served_document() -> bytes:
    """The document of the application that answers, as JSON; made once in each process."""
    app = cast(OpenAPI, current_app)
    return cast(bytes, app.extensions.get(KEPT) or _kept(app))


def settle_document(app: OpenAPI) -> None:
    """Make it for good, for a process that makes no other application: the thousands of objects it
    was collected in are let go, which is 6 MB of each worker.
    """
    _kept(app)
    for part in app.blueprints.values():
        if isinstance(part, APIBlueprint):
            part.paths, part.components_schemas = {}, {}
    app.paths, app.components_schemas, app.spec_json = {}, {}, {}
    app.spec.paths, app.components.schemas = {}, {}


def _kept(app: OpenAPI) -> bytes:
    made = app.extensions[KEPT] = dumps(document(app))
    return made


def _marks(app: OpenAPI) -> dict[tuple[str, str], str | None]:
    found: dict[tuple[str, str], str | None] = {}
    for rule in app.url_map.iter_rules():
        mark = mark_of(app.view_functions[rule.endpoint])
        for method in rule.methods or ():
            if mark is not None:
                found[path_of(rule.rule), method.lower()] = mark.permission
    return found


def path_of(rule: str) -> str:
    """A route as the document writes it: `/units/<int:id>` is `/units/{id}`."""
    pieces = rule.replace(">", "}").split("<")
    return pieces[0] + "".join("{" + piece.rpartition(":")[2] for piece in pieces[1:])


def _finish(operation: dict[str, Any], permission: str | None) -> None:
    responses = operation.setdefault("responses", {})
    responses.pop("422", None)
    for status, description in PROBLEMS.items():
        if permission is None and status in {"401", "403"}:
            continue
        reference = {"$ref": "#/components/schemas/Problem"}
        responses[status] = {
            "description": description,
            "content": {"application/problem+json": {"schema": reference}},
        }
    operation["security"] = SECURITY if permission else []
    if permission:
        operation["x-permission"] = permission
