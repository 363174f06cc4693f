"""A corrected time: between its neighbours, both values in the record, reports use the new one."""

import json
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from gis_dispatch import assets, errors
from gis_dispatch.domain.correcting import ORDER, neighbours
from gis_dispatch.domain.receivers import PERSONAL, Receiver
from gis_dispatch.exchange.case_csv import cases_csv
from gis_dispatch.ports import House
from gis_dispatch.services.build_case_document import build
from gis_dispatch.services.close_incident import close_incident
from gis_dispatch.services.correct_time import correct_time
from gis_dispatch.services.deliver_case import due_deliveries
from gis_dispatch.services.read_incident import read_incident
from gis_dispatch.services.reopen_incident import reopen_incident
from tests.fakes import START, FakeClock
from tests.story import Story
from tests.town import People

LATE = timedelta(seconds=30)


@given(
    stamps=st.lists(st.one_of(st.none(), st.integers(0, 1000)), min_size=8, max_size=8),
    which=st.integers(0, 7),
)
def test_a_time_lies_between_its_neighbours(stamps: list[int | None], which: int) -> None:
    order = ORDER["assignment"]
    forward = sorted(stamp for stamp in stamps if stamp is not None)
    moments: dict[str, datetime | None] = {
        name: None if stamp is None else START + timedelta(seconds=forward.pop(0))
        for name, stamp in zip(order, stamps, strict=True)
    }
    before, after = neighbours(order, moments, order[which])
    own = moments[order[which]]
    if own is not None:
        assert before is None or before <= own
        assert after is None or after >= own
    assert {before, after} - {None} <= {m for m in moments.values() if m is not None}


def test_both_values_stay_and_reports_use_the_corrected_one(
    town: House, story: Story, people: People
) -> None:
    sent = story.steps(story.sent(), "acknowledged", "en_route", "on_scene")
    before = sent.on_scene_at
    assert before is not None
    take = {"stamp": "on_scene_at", "to": before - LATE, "reason": "radio putus"}
    correct_time(town, people.damkar, "assignment", sent.id, **take)  # type: ignore[arg-type]
    seen = read_incident(town, sent.incident_id, people.operator)
    assert seen["assignments"][0]["on_scene_at"] == before - LATE
    assert seen["intervals"]["travel_s"] == 30.0
    event = town.store.reads.all("list_events_of_incident", incident_id=sent.incident_id)[-1]
    assert (event["kind"], event["actor"]) == ("assignment.corrected", "Agus")
    assert event["data"] == {
        "stamp": "on_scene_at", "from": before.isoformat(), "to": (before - LATE).isoformat(),
        "reason": "radio putus", "call_sign": "DMK-1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("thing", "stamp", "shift_s", "refusal"),
    [
        ("assignment", "on_scene_at", -61, errors.TimeRunsBackwards),
        ("assignment", "en_route_at", 61, errors.TimeAfterNext),
        ("assignment", "dispatched_at", -11, errors.TimeRunsBackwards),
        ("assignment", "on_scene_at", 9999, errors.TimeInFuture),
        ("assignment", "on_scene_at", 0, errors.TimeUnchanged),
        ("assignment", "cleared_at", 0, errors.StampNotThere),
        ("assignment", "sent_at", 0, errors.ChoiceUnknown),
        ("referral", "accepted_at", 11, errors.TimeAfterNext),
        ("incident", "verified_at", 11, errors.TimeAfterNext),
        ("call", "answered_at", -11, errors.TimeRunsBackwards),
    ],
)
def test_never_before_the_step_before_or_after_the_step_after(
    town: House,
    story: Story,
    people: People,
    thing: str,
    stamp: str,
    shift_s: int,
    refusal: type[Exception],
) -> None:
    story.steps(story.sent(), "acknowledged", "en_route", "on_scene")
    story.clock.forward(3600)
    reads = town.store.reads
    row = {
        "assignment": reads.all("list_assignments")[0],
        "referral": reads.all("list_referrals")[0],
        "incident": reads.all("list_incidents")[0]["location"],
        "call": reads.all("list_calls")[0],
    }[thing]
    now = row.get(stamp) or START
    now = datetime.fromisoformat(now) if isinstance(now, str) else now
    to = now + timedelta(seconds=shift_s)
    with pytest.raises(refusal):
        correct_time(town, people.lead, thing, 1, stamp=stamp, to=to, reason="x")


def test_a_crew_corrects_nothing_and_an_agency_only_its_own(
    town: House, story: Story, people: People
) -> None:
    sent = story.steps(story.sent(), "acknowledged")
    take = {"stamp": "acknowledged_at", "to": START, "reason": "x"}
    with pytest.raises(errors.RoleMayNot):
        correct_time(town, people.crew, "assignment", sent.id, **take)  # type: ignore[arg-type]
    with pytest.raises(errors.AgencyNotYours):
        correct_time(town, people.bpbd, "assignment", sent.id, **take)  # type: ignore[arg-type]
    with pytest.raises(errors.TextMissing):
        correct_time(
            town,
            people.damkar,
            "assignment",
            sent.id,
            **{**take, "reason": " "},  # type: ignore[arg-type]
        )


def test_a_closed_case_goes_to_the_data_centre_anew(
    town: House, story: Story, people: People, clock: FakeClock
) -> None:
    story.resolved()
    close_incident(town, people.operator, 1, outcome="padam", summary="padam")
    [row] = town.store.reads.all("list_assignments")
    to = row["on_scene_at"] - LATE
    correct_time(
        town, people.lead, "assignment", row["id"], stamp="on_scene_at", to=to, reason="radio"
    )
    assert len(due_deliveries(town.store, clock.now())) == 1, "the second waits for the first"
    with town.store.transaction() as tx:
        first, second = tx.deliveries.list(incident_id=1)
    assert (first.sequence, second.sequence) == (1, 2)
    told = second.document["assignments"][0]["on_scene_at"]
    assert datetime.fromisoformat(told) == to


def test_what_was_completed_before_a_reopening_is_not_moved_behind_it(
    town: House, story: Story, people: People, clock: FakeClock
) -> None:
    """It would count again, and the incident be resolved by an agency that did nothing more."""
    incident = story.resolved()
    clock.forward(60)
    reopen_incident(town, people.operator, incident.id, "api lagi")
    [referral] = town.store.reads.all("list_referrals_of_incident", incident_id=incident.id)
    take = {"stamp": "completed_at", "to": clock.now(), "reason": "lupa"}
    with pytest.raises(errors.TimeAfterNext):
        correct_time(town, people.damkar, "referral", referral["id"], **take)
    earlier = {**take, "to": referral["completed_at"] - timedelta(seconds=1)}
    correct_time(town, people.damkar, "referral", referral["id"], **earlier)


def test_the_case_document_lists_both_values_who_when_and_why(
    town: House, story: Story, people: People
) -> None:
    incident = story.resolved()
    close_incident(town, people.operator, incident.id, outcome="padam", summary="padam")
    [sent] = town.store.reads.all("list_assignments_of_incident", incident_id=incident.id)
    take = {"stamp": "on_scene_at", "to": sent["on_scene_at"] - LATE, "reason": "radio putus"}
    correct_time(town, people.lead, "assignment", sent["id"], **take)
    with town.store.transaction() as tx:
        document = build(tx, incident.id, town.issuer, [Receiver("x", "X", frozenset(PERSONAL))])
        [told] = build(tx, incident.id, town.issuer)["corrections"]
    [corrected] = document["corrections"]
    at = {name: datetime.fromisoformat(corrected[name]) for name in ("from", "to")}
    assert at == {"from": sent["on_scene_at"], "to": sent["on_scene_at"] - LATE}
    assert (corrected["thing"], corrected["unit"]) == ("assignment", "DMK-1")
    assert (corrected["by"], corrected["by_role"]) == (people.lead.name, "lead_operator")
    assert corrected["reason"] == "radio putus" and corrected["corrected_at"]
    # Who receives it without being named sees no name and no word, but that it was corrected.
    assert (told["by"], told["reason"], told["to"]) == (None, None, corrected["to"])
    lines = cases_csv([{"cursor": 1, "document": document}]).decode("utf-8-sig").splitlines()
    assert lines[0].endswith(",corrections")
    assert f"{corrected['from']} -> {corrected['to']} (Budi, " in lines[1]
    with open(assets.PACKAGE / "exchange" / "case_document.schema.json", encoding="utf-8") as file:
        schema = Draft202012Validator(json.load(file))
    plain = json.loads(json.dumps(document))
    assert [error.message for error in schema.iter_errors(plain)] == []
    assert not schema.is_valid({k: v for k, v in plain.items() if k != "corrections"})
