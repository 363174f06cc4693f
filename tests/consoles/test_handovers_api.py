"""Shifts and chat over the API: handed over with a PDF; heard live by those it concerns alone."""

from typing import Any

import pytest

from gis_dispatch.consoles.streaming.ring import Events
from gis_dispatch.consoles.streaming.sight import Sight
from gis_dispatch.consoles.streaming.streams import events_after
from gis_dispatch.domain.people import CREW, DISPATCHER, OPERATOR, Actor
from tests.consoles.town import PLACE, Browser, Town

VIEWERS = {
    "operator": Actor(None, "o", OPERATOR),
    "damkar": Actor(None, "d", DISPATCHER, "damkar"),
    "bpbd": Actor(None, "b", DISPATCHER, "bpbd"),
    "crew": Actor(None, "c", CREW, "damkar", 1),
}


def incident(browser: Browser, agencies: list[str]) -> int:
    made = browser.post("/incidents", {"kind": "kebakaran", **PLACE, "verified": True}).get_json()
    browser.post(f"/incidents/{made['id']}/referrals", {"agencies": agencies})
    return int(made["id"])


def test_a_shift_is_handed_over_with_a_paper(town: Town) -> None:
    town.user("siti", "operator")
    first, second = town.signed_in("operator"), town.signed_in("siti")
    incident(first, ["damkar"])
    given = {"promise": "Telepon balik", "promised_to": "Ibu Ani", "due_at": "2099-01-01T00:00:00Z"}
    refused = first.post("/promises", given)
    assert refused.status_code == 422 and refused.get_json()["field"] == "due_at"
    number = first.post("/handovers", {"note": "banjir"}).get_json()["id"]
    refused = first.post(f"/handovers/{number}/take")
    assert (refused.status_code, refused.get_json()["type"].partition("#")[2]) == (
        409,
        "handover_needs_another",
    )
    taken = second.post(f"/handovers/{number}/take", {"note": "diterima"}).get_json()
    assert taken["taken_by"] == "Siti" and len(taken["picture"]["open"]) == 1
    [listed] = second.get("/handovers").get_json()["items"]
    assert listed["note"] == "banjir"
    assert town.signed_in("dispatcher").get(f"/handovers/{number}").status_code == 403
    paper = second.get(f"/handovers/{number}.pdf")
    assert paper.content_type == "application/pdf" and paper.data.startswith(b"%PDF")


def test_a_chat_is_for_those_whose_incident_it_is(town: Town) -> None:
    operator, damkar = town.signed_in("operator"), town.signed_in("dispatcher")
    town.user("bpbd", "dispatcher", "bpbd")
    bpbd = town.signed_in("bpbd")
    number = incident(operator, ["damkar"])
    body = {"text": "Ada gas", "incident_id": number}
    assert operator.post("/chat", body).status_code == 201
    assert [m["text"] for m in damkar.get(f"/chat?incident_id={number}").get_json()["items"]] == [
        "Ada gas"
    ]
    assert bpbd.get(f"/chat?incident_id={number}").status_code == 404
    assert bpbd.post("/chat", body).status_code == 404
    assert bpbd.send("PUT", "/chat/read", {"event_id": 1, "incident_id": number}).status_code == 404
    [new] = damkar.get("/chat/unread").get_json()["items"]
    assert (new["incident_id"], new["unread"]) == (number, 1)
    seen = {"event_id": new["newest_id"], "incident_id": number}
    assert damkar.send("PUT", "/chat/read", seen).status_code == 204
    assert damkar.get("/chat/unread").get_json()["items"] == []
    said = operator.get(f"/incidents/{number}/history").get_json()["items"]
    assert said[-1]["kind"] == "chat.said" and said[-1]["data"]["text"] == "Ada gas"


@pytest.mark.parametrize(
    ("who", "hears"),
    [
        ("operator", {"room", "damkar's", "of the incident"}),
        ("damkar", {"damkar's", "of the incident"}),
        ("bpbd", set()),
        ("crew", set()),
    ],
)
def test_the_stream_and_the_table_tell_a_viewer_the_same_of_chats(
    town: Town, who: str, hears: set[str]
) -> None:
    operator, damkar = town.signed_in("operator"), town.signed_in("dispatcher")
    number = incident(operator, ["damkar"])
    operator.post("/chat", {"text": "room"})
    damkar.post("/chat", {"text": "damkar's"})
    damkar.post("/chat", {"text": "of the incident", "incident_id": number})
    viewer = VIEWERS[who]
    listed = events_after(town.house, viewer, 0)
    ring = Events()
    ring.begin(0, town.store.reads.all("list_new_events", after=0, most=1000))
    found = ring.after(0, Sight.of(viewer))
    assert found is not None
    live = b"".join(found[0]).decode()
    assert {text for text in ("room", "damkar's", "of the incident") if _in(live, text)} == hears
    assert {e["data"]["text"] for e in listed if e["kind"] == "chat.said"} == hears


def _in(frames: str, text: Any) -> bool:
    return f'"text":"{text}"' in frames.replace('": "', '":"')
