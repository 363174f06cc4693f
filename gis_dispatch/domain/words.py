"""The words people read for our codes: statuses, roles, machines, dispositions."""

from gis_dispatch.errors import Word, _

WORDS = {
    # incident
    "received": _("received"),
    "verified": _("verified"),
    "incident.dispatched": _("referred"),
    "in_progress": _("in progress"),
    "resolved": _("resolved"),
    "closed": _("closed"),
    "reopened": _("reopened"),
    "cancelled": _("cancelled"),
    "duplicate": _("duplicate"),
    "out_of_area": _("out of area"),
    # referral
    "sent": _("sent"),
    "acknowledged": _("acknowledged"),
    "ready": _("ready"),
    "not_ready": _("not ready"),
    "accepted": _("accepted"),
    "handed_back": _("handed back"),
    "completed": _("completed"),
    # assignment
    "assignment.dispatched": _("dispatched"),
    "assignment.acknowledged": _("job acknowledged"),
    "en_route": _("en route"),
    "on_scene": _("on scene"),
    "transporting": _("transporting"),
    "at_hospital": _("at hospital"),
    "cleared": _("cleared"),
    "owed.acknowledge": _("not acknowledged"),
    "owed.check": _("readiness not checked"),
    "owed.decide": _("neither accepted nor handed back"),
    # move
    "ordered": _("ordered"),
    "arrived": _("arrived at the station"),
    "taken_back": _("taken back"),
    "overtaken": _("ended, sent out or off duty"),
    # duty
    "available": _("available"),
    "off_duty": _("off duty"),
    "out_of_service": _("out of service"),
    # call
    "waiting": _("waiting for an answer"),
    "answered": _("on the line"),
    "missed": _("given up before an answer"),
    "ended": _("hung up"),
    "linked": _("on the line, part of an incident"),
    "recorded": _("part of an incident"),
    # machines
    "call": _("call"),
    "incident": _("incident"),
    "referral": _("referral"),
    "assignment": _("assignment"),
    "unit": _("unit"),
    "move": _("move to a station"),
    # roles
    "operator": _("operator"),
    "lead_operator": _("lead operator"),
    "dispatcher": _("dispatcher"),
    "crew": _("field crew"),
    "planner": _("planner"),
    "administrator": _("administrator"),
    "telephony": _("telephone system"),
    "simulator": _("simulator"),
    "wall": _("wall display"),
    "receiver": _("receiver of cases"),
    "system": _("system"),
    # call dispositions
    "hantu": _("silent call"),
    "prank": _("prank call"),
    "informasi": _("information"),
    "salah_sambung": _("wrong number"),
    "terputus": _("abandoned call"),
    "scene_report": _("report from the scene"),
    # evidence
    "reason": _("a reason"),
    "note": _("a note"),
    "place": _("a place on the map"),
    "agency": _("an agency"),
    "unit_under_way": _("a unit under way"),
    "referrals_done": _("an end to every referral"),
    "closing_report": _("the closing report"),
    "original": _("the incident it repeats"),
    "readiness_check": _("the readiness check"),
    "call_incident": _("the incident it is about"),
    "disposition": _("what the call was"),
    "units_done": _("an end to every assignment"),
    "nothing": _("nothing"),
    "corrected": _("corrected"),
    # times
    "answered_at": _("answered"),
    "ended_at": _("hung up"),
    "verified_at": _("verified"),
    "closed_at": _("closed"),
    "acknowledged_at": _("acknowledged"),
    "accepted_at": _("accepted"),
    "handed_back_at": _("handed back"),
    "completed_at": _("completed"),
    "dispatched_at": _("dispatched"),
    "en_route_at": _("en route"),
    "on_scene_at": _("on scene"),
    "transporting_at": _("transporting"),
    "at_hospital_at": _("at hospital"),
    "cleared_at": _("cleared"),
    "cancelled_at": _("cancelled"),
    "backup": _("backup called"),
    "alarm": _("another alarm"),
}


def word(code: str) -> Word:
    """The msgid for a code; a code without a word is shown as it is."""
    return Word(WORDS.get(code, code))


def status_word(machine: str, status: str) -> Word:
    """The msgid for a status; two machines may call different things by one code."""
    return word(key if (key := f"{machine}.{status}") in WORDS else status)
