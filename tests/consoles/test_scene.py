"""What crews send from the scene, through the API: who may send it, who may see it, sent twice."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image

from gis_dispatch.domain.assignment import Assignment
from gis_dispatch.services.report_step import report_step
from tests.consoles.town import Browser, Town
from tests.journeys.dispatching import DISPATCHES, sent_out


@pytest.fixture
def assignment(town: Town) -> Assignment:
    """Damkar 1 is at a fire."""
    made = sent_out(town.house)
    for step in ("acknowledged", "en_route", "on_scene"):
        report_step(town.house, DISPATCHES, made.id, step)
    return made


def picture() -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").save(out, "PNG")
    return out.getvalue()


def send_photo(browser: Browser, assignment: Assignment, body: bytes, **more: str) -> Any:
    return browser.client.post(
        f"/api/v1/assignments/{assignment.id}/photos",
        data={"file": (BytesIO(body), "a.jpg"), **more},
        headers={"X-CSRFToken": browser.csrf()},
    )


def test_a_photo_sent_twice_is_one_and_only_those_at_work_on_it_see_it(
    town: Town, assignment: Assignment
) -> None:
    crew, key = town.signed_in("crew"), str(uuid4())
    for _ in range(2):
        answer = send_photo(crew, assignment, picture(), key=key, lon="108.98", lat="0.9")
        assert answer.status_code == 201, answer.text
    [photo] = answer.get_json()["photos"]
    assert (photo["lon"], photo["width"], photo["taken_by"]) == (108.98, 256, "Crew")

    town.user("bpbd", "dispatcher", "bpbd")
    seen = {
        who: town.signed_in(who).get(f"/photos/{photo['id']}").status_code
        for who in ("operator", "dispatcher", "crew", "bpbd", "administrator", "planner")
    }
    assert seen == {
        "operator": 200, "dispatcher": 200, "crew": 200, "bpbd": 404, "administrator": 403,
        "planner": 403,
    }  # fmt: skip
    small = town.signed_in("operator").get(f"/photos/{photo['id']}/small")
    assert (small.mimetype, small.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    assert town.signed_in("operator").get("/photos/999").status_code == 404


def test_what_is_no_photo_is_refused_with_its_field(town: Town, assignment: Assignment) -> None:
    answer = send_photo(town.signed_in("crew"), assignment, b"<script>alert(1)</script>")
    assert answer.status_code == 422 and answer.get_json()["field"] == "file"
    unreadable = send_photo(town.signed_in("crew"), assignment, picture(), key="not a key")
    assert unreadable.status_code == 422


def test_counts_come_with_the_time_they_were_made(town: Town, assignment: Assignment) -> None:
    crew, key = town.signed_in("crew"), str(uuid4())
    before = (assignment.dispatched_at - timedelta(days=1)).isoformat()
    path = f"/assignments/{assignment.id}/counts"
    wrong = crew.post(path, {"dead": -1})
    assert wrong.status_code == 422 and wrong.get_json()["field"] == "dead"
    for _ in range(2):
        told = crew.post(path, {"badly_hurt": 2, "key": key})
        assert told.status_code == 201, told.text
    [count] = told.get_json()["counts"]
    assert (count["badly_hurt"], count["call_sign"]) == (2, "Damkar 1")
    early = crew.post(path, {"dead": 1, "occurred_at": before})
    assert early.status_code == 422, "before the unit was there"


def test_positions_that_waited_come_in_together_and_of_one_unit_only(town: Town) -> None:
    crew = town.signed_in("crew")
    now = datetime.now(UTC)
    stamps = [(now - timedelta(seconds=9 - n)).isoformat() for n in range(5)]
    items = [{"lon": 108.98, "lat": 0.9, "recorded_at": stamp} for stamp in stamps]
    answer = crew.post("/positions/batch", {"items": items})
    assert answer.status_code == 201
    assert all(one["kept"] for one in answer.get_json()["items"])
    mixed = [{**items[0], "unit_id": 1}, {**items[0], "unit_id": 2}]
    assert crew.post("/positions/batch", {"items": mixed}).status_code == 422
    assert crew.post("/positions/batch", {"items": []}).status_code == 422
