"""Cases are pulled with a receiver's token: in order, the same bytes again, and as a table."""

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from gis_dispatch.domain.people import SYSTEM_ACTOR
from gis_dispatch.domain.receivers import Receiver
from gis_dispatch.services.manage_tokens import create_token
from tests.consoles.test_whole_call import Checked, accept, take
from tests.consoles.town import Town

SUMMARY = "=HYPERLINK(x)"


class Pulling:
    """A program of the city with a token."""

    def __init__(self, town: Town, label: str = "data_centre") -> None:
        self.client = town.app.test_client()
        _id, secret = create_token(town.house, SYSTEM_ACTOR, label=label, role="receiver")
        self.headers = {"Authorization": f"Bearer {secret}"}

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(f"/api/v1{path}", headers={**self.headers, **headers})


@pytest.fixture
def town_with_cases(town: Town) -> Town:
    """Three documents: a case, another one, and the first again after a reopening."""
    operator, dispatcher = Checked(town, "operator"), Checked(town, "dispatcher")
    report = {"outcome": "handled", "summary": SUMMARY, "casualties": {"injured": 1}}
    ids = []
    for _ in range(2):
        ids.append(take(operator)["id"])
        referral = accept(dispatcher)
        dispatcher.post(f"/referrals/{referral['id']}/complete", {})
        operator.post(f"/incidents/{ids[-1]}/close", report, 200)
    operator.post(f"/incidents/{ids[0]}/reopen", {"reason": "asap lagi"}, 200)
    operator.post(f"/incidents/{ids[0]}/close", report, 200)
    return town


def pages(receiver: Pulling, limit: int) -> list[dict[str, Any]]:
    after, found = 0, []
    while True:
        answer = receiver.get(f"/cases?after={after}&limit={limit}").get_json()
        found += answer["items"]
        after = answer["next"]
        if not answer["more"]:
            return found


def test_cases_come_in_order_by_the_published_schema_however_they_are_paged(
    town_with_cases: Town,
) -> None:
    receiver = Pulling(town_with_cases)
    whole = pages(receiver, 500)
    assert [pages(receiver, limit) for limit in (1, 2)] == [whole, whole]
    assert [case["document"]["sequence"] for case in whole] == [1, 1, 2]
    assert whole[0]["document"]["number"] == whole[2]["document"]["number"]
    assert [case["cursor"] for case in whole] == sorted({case["cursor"] for case in whole})
    schema = town_with_cases.app.test_client().get("/api/v1/cases/schema").get_json()
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for case in whole:
        assert [error.message for error in validator.iter_errors(case["document"])] == []
    assert receiver.get(f"/cases?after={whole[-1]['cursor']}").get_json()["items"] == []


def test_the_same_question_gets_the_same_bytes_or_none(town_with_cases: Town) -> None:
    receiver = Pulling(town_with_cases)
    for path in ("/cases", "/cases.csv", "/cases/schema"):
        first, again = receiver.get(path), receiver.get(path)
        assert first.data == again.data and first.headers["ETag"] == again.headers["ETag"]
        known = receiver.get(path, **{"If-None-Match": first.headers["ETag"]})
        assert (known.status_code, known.data) == (304, b"")


def test_each_receiver_is_told_what_it_may_see(town_with_cases: Town) -> None:
    house = town_with_cases.house
    police = Receiver("polres", "Polres", frozenset({"caller_number"}))
    told = {
        label: json.dumps(pages(Pulling(town_with_cases, label), 10))
        for label in ("data_centre", "polres", "nobody we know")
    }
    assert SUMMARY in told["data_centre"] and SUMMARY not in told["nobody we know"]
    for text in told.values():
        assert "0812-1" not in text and "Sari" not in text
    # The outbox never held more than somebody could be told; from now on it holds the number.
    town_with_cases.app.extensions["house"] = replace(house, receivers=(*house.receivers, police))
    operator = Checked(town_with_cases, "operator")
    first = operator.get("/incidents?status=closed")["items"][-1]["id"]
    operator.post(f"/incidents/{first}/reopen", {"reason": "lagi"}, 200)
    operator.post(f"/incidents/{first}/close", {"outcome": "x", "summary": "y"}, 200)
    newest = {
        label: json.dumps(pages(Pulling(town_with_cases, label), 10)[-1])
        for label in ("data_centre", "polres")
    }
    assert "0812-1" in newest["polres"] and "Sari" not in newest["polres"]
    assert "0812-1" not in newest["data_centre"]


def test_as_a_table_nothing_is_a_formula_and_units_are_in_the_headings(
    town_with_cases: Town,
) -> None:
    answer = Pulling(town_with_cases).get("/cases.csv")
    text = answer.data.decode("utf-8-sig")
    assert text.count("\r\n") == 4
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {"lon_deg", "accuracy_m", "total_response_s"} <= rows[0].keys()
    assert [row["summary"] for row in rows] == [f"'{SUMMARY}"] * 3
    assert float(rows[0]["lon_deg"]) == pytest.approx(108.985)
    assert rows[0]["casualties"] == "injured: 1" and rows[0]["agencies"] == "damkar"
    assert answer.headers["X-Next"] == rows[-1]["cursor"]


def test_a_closing_that_was_taken_back_is_not_pulled(town: Town) -> None:
    operator, dispatcher = Checked(town, "operator"), Checked(town, "dispatcher")
    id = take(operator)["id"]
    referral = accept(dispatcher)
    dispatcher.post(f"/referrals/{referral['id']}/complete", {})
    operator.post(f"/incidents/{id}/close", {"outcome": "x", "summary": "y"}, 200)
    assert operator.post(f"/incidents/{id}/undo")["status"] == "resolved"
    assert pages(Pulling(town), 10) == []
    [row] = operator.get("/deliveries?state=all")["items"]
    assert row["withdrawn_at"] and operator.get("/deliveries?state=waiting")["items"] == []
    refused = operator.post(f"/deliveries/{row['id']}/resend", expect=409)
    assert refused["type"] == "about:blank#case_withdrawn"


def test_only_receivers_pull(town: Town) -> None:
    client = town.app.test_client()
    assert client.get("/api/v1/cases").status_code == 401
    assert town.signed_in("operator").get("/cases").status_code == 403
    assert Pulling(town).get("/incidents").status_code == 403
