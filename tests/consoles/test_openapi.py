"""The description of the API: complete, valid, and true."""

from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from pydantic import BaseModel

from gis_dispatch.consoles.api.document import path_of
from gis_dispatch.consoles.roles import PERMISSIONS
from tests.consoles.town import Town


@pytest.fixture(scope="module")
def document(calm_town: Town) -> dict[str, Any]:
    made: dict[str, Any] = calm_town.app.test_client().get("/api/v1/openapi.json").get_json()
    return made


def test_it_is_a_valid_openapi_31_document(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    validate(document, cls=OpenAPIV31SpecValidator)


def test_every_route_is_described_and_every_description_has_its_route(
    calm_town: Town, document: dict[str, Any]
) -> None:
    routes = {
        (path_of(rule.rule), method.lower())
        for rule in calm_town.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/v1/")
    }
    described = {
        (path, method) for path, methods in document["paths"].items() for method in methods
    }
    assert described == routes


def test_every_operation_says_in_a_sentence_what_it_does(document: dict[str, Any]) -> None:
    ids = set()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            where = f"{method} {path}"
            assert operation["summary"].endswith("."), where
            assert len(operation["summary"]) < 140, where
            assert operation["operationId"] not in ids, where
            ids.add(operation["operationId"])


def test_every_operation_says_what_it_answers_and_refuses(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            where = f"{method} {path}"
            answers = operation["responses"]
            assert any(status.startswith("2") for status in answers), where
            assert "application/problem+json" in answers["default"]["content"], where
            if operation["security"]:
                assert operation["x-permission"] in PERMISSIONS, where


def test_no_two_shapes_share_a_name() -> None:
    """The document keeps shapes by name, so a second one would take the place of the first."""
    found: dict[str, type] = {}
    waiting: list[type] = [BaseModel]
    while waiting:
        for shape in waiting.pop().__subclasses__():
            waiting.append(shape)
            if shape.__module__.startswith("gis_dispatch.consoles"):
                assert found.setdefault(shape.__name__, shape) is shape, shape


def test_what_is_sent_is_described(document: dict[str, Any]) -> None:
    create = document["paths"]["/api/v1/incidents"]["post"]
    reference = create["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    schema = document["components"]["schemas"][reference.rpartition("/")[2]]
    assert set(schema["required"]) == {"kind", "lon", "lat"}
    assert schema["additionalProperties"] is False
