"""Cases for other systems of the city: pulled in order, as JSON by our schema or as CSV."""

from typing import Any

from flask import Response, jsonify, make_response, request
from pydantic import Field

from gis_dispatch import assets
from gis_dispatch.consoles.api.document import a_file, resource
from gis_dispatch.consoles.api.shapes import Query, Shape
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs, public
from gis_dispatch.exchange.case_csv import cases_csv
from gis_dispatch.ports import Row
from gis_dispatch.services.pull_cases import MOST, pull_cases

blueprint = resource("cases", "Cases")


class CaseQuery(Query):
    """From where to go on."""

    after: int = Field(
        default=0, ge=0, le=2**63 - 1, description="The `next` of the answer before; 0 begins."
    )
    limit: int = Field(default=100, ge=1, le=MOST)


class PulledCase(Shape):
    """One case document with its place in the order of closing."""

    cursor: int
    document: dict[str, Any] = Field(description="By GET /cases/schema.")


class PulledCases(Shape):
    """Documents in order; `next` is asked for as `after` when there are more, or later."""

    items: list[PulledCase]
    next: int
    more: bool


@blueprint.get("/cases", responses={200: PulledCases})
@needs("cases.pull")
def cases(query: CaseQuery) -> Response:
    """Pull case documents in the order of closing; the same question gets the same bytes."""
    return _tagged(jsonify(_pulled(query)))


@blueprint.get("/cases.csv", responses={200: a_file("text/csv")})
@needs("cases.pull")
def cases_table(query: CaseQuery) -> Response:
    """Pull the same as one table; X-Next is the cursor to go on from."""
    pulled = _pulled(query)
    answer = make_response(cases_csv(pulled["items"]))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8; header=present"
    answer.headers["Content-Disposition"] = 'attachment; filename="cases.csv"'
    answer.headers["X-Next"] = str(pulled["next"])
    return _tagged(answer)


@blueprint.get("/cases/schema", responses={200: a_file("application/json")})
@public
def case_schema() -> Response:
    """Read the JSON Schema of a case document."""
    text = (assets.PACKAGE / "exchange" / "case_document.schema.json").read_bytes()
    answer = make_response(text)
    answer.headers["Content-Type"] = "application/json"
    return _tagged(answer)


def _pulled(query: CaseQuery) -> Row:
    return pull_cases(current_house(), current_actor(), query.after, query.limit)


def _tagged(answer: Response) -> Response:
    """With a tag by which the same answer need not be sent again."""
    answer.add_etag()
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.make_conditional(request)
    return answer
