/** The parts of a case on screen, each from the same stamps: place, agencies, units, calls, times, history. */
import { el, icon } from "../shared/dom.js";
import { etaLine } from "../shared/eta.js";
import { describe } from "../shared/events.js";
import { failureLine } from "../shared/failures.js";
import { localName, number, t } from "../shared/i18n.js";
import { dueBadge } from "../shared/late.js";
import { ago, clock, clockOrDate, duration } from "../shared/time.js";
import { correctButton } from "../shared/correct.js";
import { alarmBadge } from "../shared/alarm.js";
import { badge, iconName, priorityBadge, status } from "../shared/status.js";
import { neighbourLine } from "./neighbour.js";
import { methodName } from "./places.js";
import { agencyName, callSign, state } from "./state.js";

const part = (title, drawing, ...inside) => el("section", { class: "case-part" }, el("h3", {}, icon(drawing), title), ...inside);

export function headPart(incident) {
  return el("div", { class: "case-head" },
    el("div", { class: "card-line" }, icon(iconName(incident.icon), { large: true }), el("h2", {}, localName(incident, "kind_name")),
      priorityBadge(incident.priority), badge("incident", incident.status, { solid: true }), alarmBadge(incident.alarm_level)),
    el("p", { class: "muted" }, `${incident.number} · ${clockOrDate(incident.received_at)} · `,
      el("span", { dataset: { ago: incident.received_at } }, ago(incident.received_at))),
    incident.description && el("p", {}, incident.description),
    incident.needs && el("p", {}, el("span", { class: "muted" }, t("Needs:")), ` ${incident.needs}`));
}

/** The address, and the kelurahan unless the address ends with it, as one does that was read off the map. */
export const inWords = ({ address, village }) => (address === village || address?.endsWith(`, ${village}`)
  ? address : [address, village].filter(Boolean).join(", "));

export function placePart(incident, actions) {
  const { location } = incident;
  return part(t("Place"), "pin",
    el("p", {}, inWords(location) || t("No address")),
    el("p", { class: "row" },
      location.verified ? el("span", { class: "badge tone-green" }, icon("check"), t("Verified"))
        : el("span", { class: "badge tone-amber" }, icon("warning"), t("Not verified")),
      el("span", { class: "muted" }, [methodName(location.method), location.accuracy_m ? t("within about {m} m", { m: number(location.accuracy_m) }) : t("accuracy unknown"),
        `${location.lat.toFixed(5)}, ${location.lon.toFixed(5)}`].filter(Boolean).join(" · ")),
      location.verified_by && el("span", { class: "row-note" }, t("Verified by {name} at {time}", { name: location.verified_by, time: clockOrDate(location.verified_at) }))),
    actions.length > 0 && el("div", { class: "actions" }, actions));
}

function referralTime(r) {
  return r.completed_at ?? r.handed_back_at ?? r.accepted_at ?? r.ready_at ?? r.acknowledged_at ?? r.sent_at;
}

/** Units and agencies are corrected by a lead operator here, by their own dispatcher on the other console. */
const leads = () => state.reference.me.role === "lead_operator";
const mayCorrect = () => ["operator", "lead_operator"].includes(state.reference.me.role);

export function referralsPart(incident, done) {
  if (!incident.referrals.length) return null;
  return part(t("Agencies"), "building", el("ul", { class: "agency-pick" }, incident.referrals.map((r) => {
    const check = r.readiness;
    return el("li", { class: "row" }, el("strong", {}, r.agency.short_name), r.role === "lead" && el("span", { class: "muted" }, t("leads")),
      badge("referral", r.status), dueBadge(r.clock), el("span", { class: "row-end" }, clockOrDate(referralTime(r))),
      r.hand_back_reason && el("span", { class: "row-note" }, r.hand_back_reason),
      check && !check.ready && el("span", { class: "row-note" }, t("Missing: {what}", { what: check.missing ?? "–" })),
      r.completion_note && el("span", { class: "row-note" }, r.completion_note),
      r.agency.kind === "neighbour" && neighbourLine(r, done),
      leads() && correctButton("referral", r, ["acknowledged_at", "accepted_at", "handed_back_at", "completed_at"], done));
  })));
}

function unitWhere(unit) {
  const p = unit?.position;
  if (!p) return null;
  const speed = p.speed_kph > 2 ? `${number(p.speed_kph)} km/h · ` : "";
  return el("span", { class: "row-end" }, speed, t("position"), " ", el("span", { dataset: { ago: p.recorded_at } }, ago(p.recorded_at)), " ", t("old"));
}

const STAMPS = ["dispatched", "acknowledged", "en_route", "on_scene", "transporting", "at_hospital", "cleared", "cancelled"];
export function unitsPart(incident, look, done) {
  if (!incident.assignments.length) return null;
  return part(t("Units"), "engine", el("ul", { class: "agency-pick" }, incident.assignments.map((a) => {
    const stamps = STAMPS.filter((s) => a[`${s}_at`]).map((s) => `${status("assignment", s).word} ${clock(a[`${s}_at`])}`);
    return el("li", { class: "row" }, icon(iconName(a.unit.icon, "truck")),
      el("button", { type: "button", class: "button button-quiet", onclick: () => look(a.unit.id), title: t("Show on the map") }, el("strong", {}, a.unit.call_sign)),
      badge("assignment", a.status), a.status === "en_route" && etaLine(a.unit.id, a.eta), unitWhere(state.units.get(a.unit.id)),
      el("span", { class: "row-note" }, stamps.join(" → "), a.cancel_reason ? ` · ${a.cancel_reason}` : ""),
      leads() && correctButton("assignment", a, STAMPS.map((s) => `${s}_at`), done));
  })));
}

export function callsPart(incident, done) {
  return part(t("Calls"), "phone", el("ul", { class: "agency-pick" }, incident.calls.map((c) => el("li", { class: "row" },
    el("strong", {}, c.caller_number ?? t("Unknown number")), c.caller_name && el("span", {}, c.caller_name),
    c.ended_at ? null : badge("call", c.answered_at ? "answered" : "waiting"),
    el("span", { class: "row-end" }, clockOrDate(c.received_at)), c.note && el("span", { class: "row-note" }, c.note),
    mayCorrect() && correctButton("call", c, ["answered_at", "ended_at"], done)))));
}

const INTERVALS = {
  answer_s: t("Answer"), processing_s: t("Processing"), turnout_s: t("Turnout"), travel_s: t("Travel"), response_s: t("Response"),
  total_response_s: t("Total response"), on_scene_s: t("On scene"), committed_s: t("Committed"),
};
export function intervalsPart(incident) {
  const targets = { answer_s: state.reference.answer_target_s, total_response_s: state.reference.total_response_target_s };
  const known = Object.keys(INTERVALS).map((name) => [name, incident.intervals?.[name]]).filter(([, s]) => s !== null && s !== undefined);
  if (!known.length) return null;
  return part(t("Times"), "clock", el("dl", { class: "intervals" }, known.map(([name, s]) => {
    const late = targets[name] && s > targets[name];
    return el("div", { class: late ? "is-late" : null }, el("dt", {}, INTERVALS[name]),
      el("dd", {}, duration(s), late ? [" ", t("(target {time})", { time: duration(targets[name]) })] : ""));
  })));
}

export function deliveryPart(incident) {
  const d = incident.delivery;
  if (!d) return null;
  const code = d.delivered_at ? "delivered" : d.attempts > 0 && d.last_error ? "failed" : "queued";
  return part(t("City data centre"), "database", el("p", { class: "row" }, badge("delivery", code),
    el("span", { class: "row-end" }, clockOrDate(d.delivered_at ?? d.queued_at)),
    !d.delivered_at && el("kbd", { title: t("What waits for the data centre") }, "Shift+F9"),
    !d.delivered_at && d.last_error && el("span", { class: "row-note" }, t("Attempts: {n}.", { n: d.attempts }), " ", failureLine(d))));
}

export function reportPart(incident, done) {
  if (!incident.closed_at || !incident.summary) return null;
  const harmed = Object.entries(incident.casualties ?? {}).filter(([, n]) => n > 0);
  return part(t("Closing report"), "document", el("p", {}, el("strong", {}, incident.outcome), ` · ${clockOrDate(incident.closed_at)}`),
    el("p", {}, incident.summary), harmed.length > 0 && el("p", { class: "muted" }, harmed.map(([who, n]) => `${CASUALTIES[who] ?? who}: ${n}`).join(" · ")),
    mayCorrect() && incident.status === "closed" && correctButton("incident", incident, ["closed_at"], done));
}

/** Kept as words, as the report and the data centre read them. */
export const OUTCOMES = [t("Handled"), t("Handled by the public before we came"), t("False alarm"), t("Nothing found at the place"),
  t("Handed to another service")];
export const CASUALTIES = { dead: t("Dead"), badly_injured: t("Badly injured"), injured: t("Slightly injured"), evacuated: t("Evacuated") };

export function historyPart(events, incident) {
  if (!events.length) return null;
  const signs = new Map(incident.assignments.map((a) => [a.unit.id, a.unit.call_sign]));
  const names = { agency: agencyName, unit: (id) => signs.get(id) ?? callSign(id) };
  return part(t("History"), "clock", el("ol", { class: "timeline" }, [...events].reverse().map((event) => {
    const line = describe(event, names);
    const late = Math.abs(Date.parse(event.entered_at) - Date.parse(event.occurred_at)) > 60000;
    return el("li", { class: `tone-${line.tone}` }, el("time", { datetime: event.occurred_at }, clock(event.occurred_at)),
      el("span", { class: "timeline-mark" }, icon(line.icon)),
      el("span", {}, line.text, el("small", {}, [line.note, event.actor, late && t("entered {time}", { time: clock(event.entered_at) })].filter(Boolean).join(" · "))));
  })));
}

