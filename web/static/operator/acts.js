/** What an operator may do with a case besides referring it; each asks for what the record needs. */
import { changeAlarm } from "../shared/alarm.js";
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { button } from "../shared/dom.js";
import { localName, t } from "../shared/i18n.js";
import { toast } from "../shared/toast.js";
import { offerUndo } from "../shared/undo.js";
import { state } from "./state.js";

const reason = { name: "reason", label: t("Reason"), type: "textarea", required: true };

function change(incident) {
  const kinds = state.reference.kinds.filter((k) => k.active !== false).map((k) => [k.code, k.parent_code ? `– ${localName(k)}` : localName(k)]);
  return ask({
    title: t("Change the details of {number}", { number: incident.number }), icon: "edit", confirm: t("Save"),
    fields: [
      { name: "kind", label: t("Kind of emergency"), type: "select", options: kinds, value: incident.kind },
      { name: "priority", label: t("Priority"), type: "select", options: [1, 2, 3, 4].map((n) => [String(n), `P${n}`]), value: String(incident.priority) },
      { name: "description", label: t("What the caller says"), type: "textarea", value: incident.description ?? "" },
      { name: "needs", label: t("Needs (injured, trapped, equipment)"), value: incident.needs ?? "" },
    ],
    submit: (v) => api.patch(`/incidents/${incident.id}`, { ...v, description: v.description ?? "", priority: Number(v.priority), version: incident.version }),
  });
}

function duplicate(incident) {
  const others = state.incidents.filter((i) => i.id !== incident.id)
    .map((i) => [String(i.id), `${i.number} · ${localName(i, "kind_name")} · ${i.location.address ?? ""}`]);
  if (!others.length) {
    toast(t("There is no other open incident."), "info");
    return null;
  }
  return ask({
    title: t("{number} repeats another incident", { number: incident.number }), icon: "duplicate", confirm: t("Mark as a duplicate"), danger: true,
    text: t("It is linked to the other one and leaves the queue. It can be reopened."),
    fields: [{ name: "of_incident_id", label: t("The incident it repeats"), type: "select", options: others }],
    submit: (v) => api.post(`/incidents/${incident.id}/duplicate`, { of_incident_id: Number(v.of_incident_id) }),
  });
}

const cancel = (incident) => ask({
  title: t("Cancel {number}?", { number: incident.number }), icon: "cross", confirm: t("Cancel the incident"), danger: true, fields: [reason],
  submit: (v) => api.post(`/incidents/${incident.id}/cancel`, v),
});
const transfer = (incident) => ask({
  title: t("{number} is outside our area", { number: incident.number }), icon: "arrow-right", confirm: t("Hand it over"), danger: true,
  fields: [{ name: "to", label: t("Handed to"), required: true }, reason],
  submit: (v) => api.post(`/incidents/${incident.id}/transfer`, v),
});
const reopen = (incident) => ask({
  ...(incident.status === "duplicate"
    ? { title: t("Take {number} apart again?", { number: incident.number }), confirm: t("Take apart"), text: t("It stands again as it was before, with its own calls, agencies and units.") }
    : { title: t("Reopen {number}?", { number: incident.number }), confirm: t("Reopen") }),
  icon: "back", fields: [reason],
  submit: (v) => api.post(`/incidents/${incident.id}/reopen`, v),
});

const ACTS = [
  ["change", t("Change"), "edit", null, change],
  ["alarm", t("Alarm"), "warning", null, changeAlarm],
  ["duplicate", t("Duplicate"), "duplicate", null, duplicate],
  ["transfer", t("Out of area"), "arrow-right", null, transfer],
  ["reopen", t("Reopen"), "back", null, reopen],
  ["cancel", t("Cancel"), "cross", "danger", cancel],
];

/** What is said of an act that can be taken back for a minute. */
const DONE = { duplicate: t("Marked as a duplicate"), transfer: t("Handed to another area"), reopen: t("Reopened"), cancel: t("Cancelled") };

/** Buttons for the acts that this incident allows now; done() is called after one was done. */
export function actButtons(incident, done) {
  return ACTS.filter(([verb]) => incident.allowed.includes(verb)).map(([verb, word, drawing, tone, act]) => button(verb === "reopen" && incident.status === "duplicate" ? t("Take apart") : word, async () => {
    if (!await act(incident)) return;
    done();
    if (DONE[verb] && incident.status !== "duplicate") offerUndo(`${incident.number}: ${DONE[verb]}`, `/incidents/${incident.id}`, done);
  }, { icon: drawing, tone, dataset: { act: verb } }));
}
