"""Events in words, for files: the same sentences that the screens say of them."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from gis_dispatch.errors import _

WORDS = {
    "call.received": _("Call received"),
    "call.answered": _("Call answered"),
    "call.ended": _("Call ended"),
    "call.closed": _("Call closed"),
    "call.linked": _("Call added to the incident"),
    "call.undone": _("Call: taken back"),
    "call.corrected": _("Call: time corrected"),
    "incident.received": _("Incident recorded"),
    "incident.verified": _("Verified"),
    "incident.relocated": _("Place changed"),
    "incident.changed": _("Details changed"),
    "incident.dispatched": _("Handed to agencies"),
    "incident.in_progress": _("Being handled"),
    "incident.resolved": _("Resolved by the agencies"),
    "incident.closed": _("Closed with a report"),
    "incident.reopened": _("Reopened"),
    "incident.cancelled": _("Cancelled"),
    "incident.duplicate": _("Marked as a duplicate"),
    "incident.out_of_area": _("Handed to another area"),
    "incident.unmerged": _("Taken apart again"),
    "incident.undone": _("Step taken back"),
    "incident.corrected": _("Time corrected"),
    "referral.sent": _("Referred to {agency}"),
    "referral.acknowledged": _("{agency} acknowledged"),
    "referral.ready": _("{agency}: crew and equipment ready"),
    "referral.not_ready": _("{agency}: not ready"),
    "referral.accepted": _("{agency} accepted"),
    "referral.handed_back": _("{agency} handed it back"),
    "referral.completed": _("{agency} completed"),
    "referral.late": _("{agency} is late"),
    "referral.escalated": _("{agency} is still late: told one level up"),
    "referral.taken_over": _("Late step of {agency} taken in hand"),
    "referral.undone": _("{agency}: step taken back"),
    "referral.corrected": _("{agency}: time corrected"),
    "assignment.dispatched": _("{unit} dispatched"),
    "assignment.acknowledged": _("{unit} acknowledged"),
    "assignment.en_route": _("{unit} en route"),
    "assignment.on_scene": _("{unit} on scene"),
    "assignment.transporting": _("{unit} transporting"),
    "assignment.at_hospital": _("{unit} at the hospital"),
    "assignment.cleared": _("{unit} cleared"),
    "assignment.cancelled": _("{unit} cancelled"),
    "assignment.backup": _("{unit} asks for help"),
    "assignment.undone": _("{unit}: step taken back"),
    "assignment.corrected": _("{unit}: time corrected"),
    "assignment.proposed": _("{unit} seems to have taken a step, by its position"),
    "assignment.declined": _("{unit}: the step its position showed is not so"),
    "assignment.not_taken": _("{unit}: a report from its phone was not taken"),
    "assignment.counted": _("{unit}: people and damage counted"),
    "assignment.photo": _("{unit}: photo taken"),
    "unit.duty": _("{unit}: duty changed"),
    "unit.changed": _("{unit} changed"),
    "incident.alarm": _("Alarm level changed"),
    "move.ordered": _("{unit}: stand by elsewhere"),
    "move.arrived": _("{unit} stands by at the station"),
    "move.taken_back": _("{unit}: move taken back"),
    "move.overtaken": _("{unit}: move ended, sent out or off duty"),
    "notification.failed": _("A notice did not arrive"),
    "notification.delivered": _("A notice arrived after all"),
    "notification.told": _("Told by phone or radio"),
    "unit.checked": _("{unit} checked"),
    "unit.crewed": _("{unit}: shift planned"),
    "unit.equipped": _("{unit}: equipment changed"),
    "crew_needs.changed": _("Needs of crews changed"),
    "person.changed": _("{agency}: crew list changed"),
    "closure.made": _("Road closed"),
    "closure.lifted": _("Road opened again"),
    "chat.said": _("Said in the chat"),
    "promise.made": _("Promised"),
    "promise.ended": _("Promise ended"),
    "handover.given": _("Shift handed over"),
    "handover.taken": _("Shift taken over"),
    "case.queued": _("Case waits for the data centre"),
    "case.withdrawn": _("Case kept back: its closing was taken back"),
    "case.delivered": _("Case delivered to the data centre"),
    "case.refused": _("The data centre did not take the case"),
}


def event_words(event: Mapping[str, Any], agency: str | None, unit: str | None) -> str:
    """One event as a sentence in the viewer's language; a kind without words stays its code."""
    words = WORDS.get(event["kind"])
    if words is None:
        return str(event["kind"])
    return str(gettext(words)).format(agency=agency or "", unit=unit or gettext("Unit"))
