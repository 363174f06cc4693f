/** What happened, as words with a drawing: one line for each kind of event of the record. */
import { failureWords } from "./failures.js";
import { t } from "./i18n.js";
import { roleName, stampName, statusName } from "./status.js";
import { clock } from "./time.js";

/** kind → [words, tone, icon] */
const EVENTS = {
  "call.received": [t("Call received"), "red", "phone-ring"],
  "call.answered": [t("Call answered"), "green", "phone"],
  "call.ended": [t("Call ended"), "grey", "phone-off"],
  "call.closed": [t("Call closed"), "grey", "phone-off"],
  "call.undone": [t("Call: taken back"), "amber", "back"],
  "call.corrected": [t("Call: time corrected"), "amber", "clock"],
  "call.linked": [t("Call added to the incident"), "blue", "link"],
  "incident.received": [t("Incident recorded"), "red", "inbox"],
  "incident.verified": [t("Verified"), "green", "check"],
  "incident.relocated": [t("Place changed"), "amber", "pin"],
  "incident.changed": [t("Details changed"), "grey", "edit"],
  "incident.dispatched": [t("Handed to agencies"), "blue", "send"],
  "incident.in_progress": [t("Being handled"), "violet", "tools"],
  "incident.resolved": [t("Resolved by the agencies"), "green", "check-double"],
  "incident.closed": [t("Closed with a report"), "grey", "lock"],
  "incident.reopened": [t("Reopened"), "red", "back"],
  "incident.cancelled": [t("Cancelled"), "grey", "cross"],
  "incident.duplicate": [t("Marked as a duplicate"), "grey", "duplicate"],
  "incident.unmerged": [t("Taken apart again"), "amber", "duplicate"],
  "incident.undone": [t("Step taken back"), "amber", "back"],
  "incident.corrected": [t("Time corrected"), "amber", "clock"],
  "incident.out_of_area": [t("Handed to another area"), "grey", "arrow-right"],
  "referral.sent": [t("Referred to {agency}"), "blue", "send"],
  "referral.acknowledged": [t("{agency} acknowledged"), "blue", "eye"],
  "referral.ready": [t("{agency}: crew and equipment ready"), "cyan", "check"],
  "referral.not_ready": [t("{agency}: not ready"), "red", "warning"],
  "referral.accepted": [t("{agency} accepted"), "violet", "check-double"],
  "referral.handed_back": [t("{agency} handed it back"), "red", "back"],
  "referral.completed": [t("{agency} completed"), "green", "flag"],
  "referral.late": [t("{agency} is late"), "red", "warning"],
  "referral.escalated": [t("{agency} is still late: told one level up"), "red", "arrow-up"],
  "referral.taken_over": [t("Late step of {agency} taken in hand"), "amber", "flag"],
  "referral.undone": [t("{agency}: step taken back"), "amber", "back"],
  "referral.corrected": [t("{agency}: time corrected"), "amber", "clock"],
  "assignment.undone": [t("{unit}: step taken back"), "amber", "back"],
  "assignment.corrected": [t("{unit}: time corrected"), "amber", "clock"],
  "assignment.dispatched": [t("{unit} dispatched"), "amber", "send"],
  "assignment.acknowledged": [t("{unit} acknowledged"), "amber", "check"],
  "assignment.en_route": [t("{unit} en route"), "blue", "arrow-right"],
  "assignment.on_scene": [t("{unit} on scene"), "violet", "pin"],
  "assignment.transporting": [t("{unit} transporting"), "cyan", "arrow-right"],
  "assignment.at_hospital": [t("{unit} at the hospital"), "cyan", "medical"],
  "assignment.cleared": [t("{unit} cleared"), "green", "check"],
  "assignment.cancelled": [t("{unit} cancelled"), "grey", "cross"],
  "assignment.backup": [t("{unit} asks for help"), "red", "help-call"],
  "assignment.proposed": [t("{unit} seems to have taken a step, by its position"), "violet", "crosshair"],
  "assignment.declined": [t("{unit}: the step its position showed is not so"), "grey", "cross"],
  "assignment.not_taken": [t("{unit}: a report from its phone was not taken"), "red", "warning"],
  "assignment.counted": [t("{unit}: people and damage counted"), "violet", "people"],
  "assignment.photo": [t("{unit}: photo taken"), "violet", "camera"],
  "unit.duty": [t("{unit}: duty changed"), "grey", "power"],
  "unit.changed": [t("{unit} changed"), "grey", "edit"],
  "incident.alarm": [t("Alarm level changed"), "red", "warning"],
  "move.ordered": [t("{unit}: stand by elsewhere"), "blue", "arrow-right"],
  "move.arrived": [t("{unit} stands by at the station"), "green", "station"],
  "move.taken_back": [t("{unit}: move taken back"), "grey", "back"],
  "move.overtaken": [t("{unit}: move ended, sent out or off duty"), "grey", "send"],
  "notification.failed": [t("A notice did not arrive"), "red", "warning"],
  "notification.delivered": [t("A notice arrived after all"), "green", "check"],
  "notification.told": [t("Told by phone or radio"), "blue", "phone"],
  "unit.checked": [t("{unit} checked"), "grey", "check"],
  "unit.crewed": [t("{unit}: shift planned"), "grey", "crew"],
  "unit.equipped": [t("{unit}: equipment changed"), "grey", "tools"],
  "crew_needs.changed": [t("Needs of crews changed"), "grey", "crew"],
  "person.changed": [t("{agency}: crew list changed"), "grey", "people"],
  "closure.made": [t("Road closed"), "red", "closed-road"],
  "closure.lifted": [t("Road opened again"), "green", "road"],
  "ranking.made": [t("Units ranked by road"), "grey", "navigation"],
  "chat.said": [t("Said in the chat"), "blue", "chat"],
  "promise.made": [t("Promised"), "amber", "flag"],
  "promise.ended": [t("Promise ended"), "green", "check"],
  "handover.given": [t("Shift handed over"), "grey", "arrow-right"],
  "handover.taken": [t("Shift taken over"), "grey", "check"],
  "case.queued": [t("Case waits for the data centre"), "amber", "upload"],
  "case.withdrawn": [t("Case kept back: its closing was taken back"), "amber", "back"],
  "case.delivered": [t("Case delivered to the data centre"), "green", "database"],
  "case.refused": [t("The data centre did not take the case"), "red", "warning"],
  "wall.paired": [t("Wall display paired"), "grey", "contrast"],
  "wall.revoked": [t("Wall display revoked"), "grey", "lock"],
  "coverage.changed": [t("Coverage changed"), "grey", "map"],
  "roads.imported": [t("Roads imported"), "grey", "road"],
  "replay.exported": [t("Replay exported"), "grey", "download"],
};

/** Who was told of something late: the office and the names. */
const told = (data) => (data.told ? [roleName(data.to), data.told.join(", ")].filter(Boolean).join(": ") : "");

/** describe(event, {agency: code → name, unit: id → call sign}) → {text, note, tone, icon} */
export function describe(event, { agency = (code) => code, unit = (id) => `#${id}` } = {}) {
  const [words, tone, icon] = EVENTS[event.kind] ?? [event.kind, "grey", "info"];
  const data = event.data ?? {};
  const named = { agency: agency(event.agency_code), unit: data.call_sign ?? (event.unit_id ? unit(event.unit_id) : t("Unit")) };
  const text = words.replace(/\{(\w+)\}/g, (whole, name) => named[name] ?? whole);
  return { text, note: told(data) || noteOf(event.kind, data), tone, icon };
}

/** Reports of a crew that are no step of the assignment. */
const REPORTS = { backup: t("Call for help"), counts: t("People and damage"), photo: t("Photo"), undo: t("Undo") };

/** A refusal as the record keeps it: a sentence with fields, of which some are words themselves. */
const field = (value) => (Array.isArray(value) ? value.map(field).join(", ") : value?.word ? t(value.word) : value?.sentence ? refusal(value) : value);
const refusal = ({ sentence, fields }) => t(sentence, Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, field(value)])));

/** What the line says beside: both values of a corrected time, the step that was taken back, a reason. */
function noteOf(kind, data) {
  const [thing, happened] = kind.split(".");
  const precise = (iso) => clock(iso, { seconds: true });
  if (happened === "not_taken") {
    return `“${REPORTS[data.what] ?? statusName(thing, data.what)}” ${precise(data.given)} · ${refusal(data.refusal)}`;
  }
  if (happened === "corrected") return `${stampName(thing, data.stamp)} ${precise(data.from)} → ${precise(data.to)} · ${data.reason}`;
  if (happened === "undone") {
    return [statusName(thing, data.step), data.stamp && precise(data.stamp), "→", statusName(thing, data.to)].filter(Boolean).join(" ");
  }
  if (data.spoke_with) return [t("spoke with {name}", { name: data.spoke_with }), data.missing ?? data.note].filter((one) => one && one !== data.spoke_with).join(" · ");
  return data.text ?? data.reason ?? data.note ?? data.hand_back_reason ?? data.missing ?? failureWords(data);
}
