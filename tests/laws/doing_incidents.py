"""What is done to incidents."""

from tests.laws.knowing import ALARM_ASKS, OPERATORS, OVER, Act, Model, Thing, need

ALONE = {"verified", "cancelled", "duplicate", "out_of_area", "closed", "reopened"}
AT_WORK = {"dispatched", "in_progress"}


def verify(model: Model, act: Act) -> None:
    need(model.incidents[act.id]["status"] == "received")
    _move(model, act, "verified")["at"]["verified"] = model.now


def cancel(model: Model, act: Act) -> None:
    need(model.incidents[act.id]["status"] in {"received", "verified", *AT_WORK})
    need(not model.out(act.id))
    _move(model, act, "cancelled")


def transfer(model: Model, act: Act) -> None:
    need(model.incidents[act.id]["status"] in {"received", "verified", "dispatched"})
    need(not model.out(act.id))
    _move(model, act, "out_of_area")


def merge(model: Model, act: Act) -> None:
    end = model.end_of(act.other)
    need(end != act.id and not model.out(act.id))
    need(model.incidents[act.id]["status"] in {"received", "verified", "dispatched"})
    _move(model, act, "duplicate")["of"] = end


def reopen(model: Model, act: Act) -> None:
    incident = model.incidents[act.id]
    need(incident["status"] in {"resolved", "closed", "duplicate"})
    if incident["status"] == "duplicate":
        _move(model, act, incident["before"])
        incident |= {"of": None, "last": None}
    else:
        _move(model, act, "reopened")


def close(model: Model, act: Act) -> None:
    need(model.incidents[act.id]["status"] in {"resolved", "reopened"})
    incident = _move(model, act, "closed")
    incident["closed_before"] = incident["at"].get("closed")
    incident["at"]["closed"] = model.now


def undo_incident(model: Model, act: Act) -> None:
    incident = model.incidents[act.id]
    status = incident["status"]
    need(act.who in OPERATORS and status in ALONE)
    model.within_a_minute(incident, status, act.who)
    if status == "verified":
        del incident["at"]["verified"]
    if status == "closed":
        put_back(incident, "closed")
    incident |= {"status": incident["before"], "of": None, "last": None}


def refer(model: Model, act: Act) -> None:
    need(act.who in OPERATORS)
    send(model, act, act.word)


def send(model: Model, act: Act, agency: str, incident_id: int = 0) -> None:
    """An agency is asked."""
    id = incident_id or act.id
    incident = model.incidents[id]
    need("verified" in incident["at"])
    need(incident["status"] in {"verified", "reopened", *AT_WORK})
    need(not model.asked_now(id, agency))
    if incident["status"] in {"verified", "reopened"}:
        incident |= {
            "before": incident["status"], "status": "dispatched",
            "last": model.did("dispatched", act),
        }  # fmt: skip


def alarm(model: Model, act: Act) -> None:
    incident = model.incidents[act.id]
    need(act.who in OPERATORS and incident["status"] not in OVER)
    need("verified" in incident["at"] and incident["alarm"] != act.other)
    incident["alarm"] = act.other


def asked_by_alarm(model: Model, act: Act) -> list[str]:
    """Whom an alarm that is about to be raised asks."""
    incident = model.incidents[act.id]
    levels = range(incident["alarm"] + 1, act.other + 1)
    added = [agency for level, agency in ALARM_ASKS.items() if level in levels]
    at_work = incident["status"] in AT_WORK
    return [agency for agency in added if at_work and not model.asked_now(act.id, agency)]


def put_back(incident: Thing, stamp: str) -> None:
    """What a stamp was before a reopening; none where there was none."""
    before = incident[f"{stamp}_before"]
    if before is None:
        del incident["at"][stamp]
    else:
        incident["at"][stamp] = before


def _move(model: Model, act: Act, to: str) -> Thing:
    need(act.who in OPERATORS)
    incident = model.incidents[act.id]
    incident |= {"before": incident["status"], "status": to, "last": model.did(to, act)}
    return incident


ACTS = (verify, cancel, transfer, merge, reopen, close, undo_incident, refer, alarm)
