/** Hand the incident over: the agencies that the response plan proposes, ticked and with their reason. */
import { alarmBadge } from "../shared/alarm.js";
import { api } from "../shared/api.js";
import { button, el, fill, findAll, icon } from "../shared/dom.js";
import { localName, t } from "../shared/i18n.js";
import { keys } from "../shared/keys.js";
import { badge, iconName, priorityBadge } from "../shared/status.js";
import { toast, toastProblem } from "../shared/toast.js";
import { inWords } from "./case_parts.js";
import { handoverClock } from "./intake.js";
import { state } from "./state.js";

const ROLES = { lead: t("leads"), support: t("supports") };

function reasonOf(proposed, incident) {
  if (!proposed) return t("not in the response plan");
  const written = proposed.reason_id ? localName(proposed, "reason") : "";
  return written || [ROLES[proposed.role] ?? proposed.role,
    t("response plan for {kind}, priority {n}", { kind: localName(incident, "kind_name"), n: incident.priority })].join(" · ");
}

function rowsFor(proposal, incident) {
  const proposed = new Map(proposal.map((p) => [p.code, p]));
  const open = new Set((incident.referrals ?? []).filter((r) => !["handed_back", "completed"].includes(r.status)).map((r) => r.agency.code));
  const others = state.reference.agencies.filter((a) => !proposed.has(a.code));
  const all = [...proposal, ...others.filter((a) => a.kind !== "neighbour"), ...others.filter((a) => a.kind === "neighbour")];
  return all.filter((a) => !open.has(a.code)).map((agency, i) => {
    const tick = el("input", { type: "checkbox", name: "agency", value: agency.code });
    tick.checked = proposed.has(agency.code);
    return el("label", { class: "agency-row" }, tick,
      el("span", {}, el("strong", {}, agency.short_name), agency.name !== agency.short_name && el("span", { class: "muted" }, ` ${agency.name}`),
        el("small", {}, agency.kind === "neighbour" ? [t("Neighbour"), agency.phone].filter(Boolean).join(" · ") : reasonOf(proposed.get(agency.code), incident))),
      i < 9 ? el("kbd", {}, String(i + 1)) : "");
  });
}

/** referView(box, incidentId, desk) → {destroy()} */
export function referView(box, incidentId, desk) {
  let incident = null;
  let left = false;
  let busy = false;
  let clockFace = null;
  const form = el("form", { class: "work-scroll", id: "refer", novalidate: true });
  const send = button(t("Refer now"), null, { type: "submit", form: "refer", tone: "primary", icon: "send", key: "Enter", class: "button-big" });
  const later = button(t("Later"), () => desk.show({ type: "case", id: incidentId }), { key: "Esc" });
  fill(box, form, el("div", { class: "work-foot" }, el("div", { class: "actions" }, send, later)));
  send.disabled = true;

  async function load() {
    try {
      const [detail, proposal] = await Promise.all([api.get(`/incidents/${incidentId}`), api.get(`/incidents/${incidentId}/proposal`)]);
      if (left) return;
      incident = detail;
      draw(proposal);
    } catch (problem) {
      toastProblem(problem);
      if (!left) desk.show({ type: "case", id: incidentId });
    }
  }

  function draw(proposal) {
    const answered = incident.calls.find((c) => c.answered_at)?.answered_at ?? incident.received_at;
    clockFace = incident.referrals.length ? null : handoverClock(answered);
    const verified = el("input", { type: "checkbox", name: "verified", id: "refer-verified" });
    fill(form,
      el("div", { class: "case-head" },
        el("div", { class: "card-line" }, icon(iconName(incident.icon), { large: true }), el("h2", {}, localName(incident, "kind_name")),
          priorityBadge(incident.priority), badge("incident", incident.status), clockFace?.node),
        el("p", { class: "muted" }, [incident.number, inWords(incident.location)].filter(Boolean).join(" · "))),
      !incident.location.verified && [
        el("p", { class: "notice tone-amber" }, icon("warning"), el("span", {}, t("The place and the emergency are not verified yet. Agencies are sent only to verified incidents."))),
        el("label", { class: "check verify-check", for: "refer-verified" }, verified, el("span", {}, t("Place and emergency verified with the caller")), el("kbd", {}, "F8"))],
      el("h3", {}, t("Hand over to")),
      el("p", { class: "muted" }, localName(proposal, "plan_why"), " ", alarmBadge(proposal.alarm_level)),
      el("div", { class: "agency-pick" }, rowsFor(proposal.items, incident)),
      el("div", { class: "field" }, el("label", { for: "refer-note" }, t("Note to the agencies")), el("textarea", { name: "note", id: "refer-note", rows: 2, maxlength: 1000 })));
    send.disabled = false;
    send.focus();
  }

  async function submit() {
    if (busy || !incident) return;
    const agencies = findAll("[name=agency]:checked", form).map((tick) => tick.value);
    const { verified } = form.elements;
    if (!agencies.length) {
      toast(t("Tick at least one agency."), "warning");
      return;
    }
    if (verified && !verified.checked) {
      toast(t("Verify the place and the emergency first (F8)."), "warning");
      verified.focus();
      return;
    }
    busy = true;
    send.disabled = true;
    try {
      await api.post(`/incidents/${incidentId}/referrals`, { agencies, note: form.elements.note.value.trim() || null, verified: Boolean(verified?.checked) });
      toast(t("{number} handed over.", { number: incident.number }), "good");
      desk.refresh();
      if (!left) desk.show({ type: "case", id: incidentId });
    } catch (problem) {
      toastProblem(problem);
    } finally {
      busy = false;
      send.disabled = false;
    }
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  const toggle = (n) => () => { findAll("[name=agency]", form)[n]?.click(); };
  const verify = () => { form.elements.verified?.click(); };
  const offKeys = keys({
    ...Object.fromEntries(Array.from({ length: 9 }, (_, n) => [String(n + 1), { run: toggle(n), label: n === 0 ? t("1 to 9: tick or untick an agency") : null }])),
    F8: { run: verify, label: t("Verified, yes or no (V when not typing)") }, V: verify,
    Escape: () => desk.show({ type: "case", id: incidentId }),
    "Ctrl+Enter": { run: submit, label: t("Refer now") },
  });
  load();
  return { destroy() { left = true; offKeys(); clockFace?.stop(); } };
}
