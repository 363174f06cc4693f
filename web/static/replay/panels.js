/** The lists beside the map: the queue, closures, units and the record around the moment, all as known then. */
import { alarmBadge } from "../shared/alarm.js";
import { el, fill, icon } from "../shared/dom.js";
import { describe } from "../shared/events.js";
import { localName, t } from "../shared/i18n.js";
import { badge, iconName, priorityBadge, unitBadge } from "../shared/status.js";
import { clock, duration } from "../shared/time.js";
import { closureLabel } from "../map/closures.js";

const EVENTS_BEFORE = 40;
const head = (words, count) => el("header", { class: "panel-head" }, el("h2", {}, words), el("span", { class: "count" }, String(count)));
const since = (iso, ms) => duration((ms - Date.parse(iso)) / 1000);

/** What a unit is, in the words of the status table. */
export const stateOf = (unit) => ({ duty: unit.duty, busy: Boolean(unit.assignment), assignment_status: unit.assignment?.status ?? null });

export function queuePanel(box, { calls, incidents, referrals, units, closures, moves, promises }, ms, { kinds, agencies, chosen, choose, replayIncident }) {
  const short = (code) => agencies.find((one) => one.code === code)?.short_name ?? code;
  const callRow = (call) => el("li", { class: "replay-row" }, icon(call.answered_at ? "phone" : "phone-ring"),
    badge("call", call.ended_at ? "ended" : call.answered_at ? "answered" : "waiting"), el("span", { class: "row-end" }, since(call.received_at, ms)));
  const incidentRow = (incident) => {
    const kind = kinds.find((one) => one.code === incident.kind);
    const sent = units.filter((unit) => unit.assignment?.incident_id === incident.id);
    const asked = referrals.filter((one) => one.incident_id === incident.id);
    return el("li", {}, el("button", { type: "button", class: "replay-incident", dataset: { incident: incident.id }, "aria-pressed": String(chosen === incident.id), onclick: () => choose(incident.id) },
      el("span", { class: "replay-incident-top" }, priorityBadge(incident.priority), icon(iconName(kind?.icon)), el("strong", {}, localName(kind) || incident.kind), el("span", {}, since(incident.received_at, ms))),
      el("span", { class: "replay-incident-foot" }, badge("incident", incident.status), alarmBadge(incident.alarm_level), el("small", {}, incident.number)),
      asked.length > 0 && el("span", { class: "replay-incident-foot" }, asked.map((one) => badge("referral", one.status, { prefix: short(one.agency_code) }))),
      sent.length > 0 && el("small", {}, sent.map((unit) => unit.call_sign).join(", ")),
      incident.address && el("small", {}, incident.address)),
    chosen === incident.id && replayIncident(incident));
  };
  const moveRow = (move) => el("li", { class: "replay-row", dataset: { move: move.id } }, icon("arrow-right"),
    el("strong", {}, units.find((unit) => unit.id === move.unit_id)?.call_sign ?? `#${move.unit_id}`), el("span", {}, move.station));
  fill(box, head(t("Calls"), calls.length), calls.length ? el("ul", { class: "replay-list" }, calls.slice(0, 50).map(callRow)) : empty(t("No call in hand.")),
    head(t("Open incidents"), incidents.length), incidents.length ? el("ul", { class: "replay-list" }, incidents.map(incidentRow)) : empty(t("No open incident.")),
    moves.length > 0 && [head(t("Standing by elsewhere"), moves.length), el("ul", { class: "replay-list" }, moves.map(moveRow))],
    promises.length > 0 && [head(t("Promises"), promises.length), el("ul", { class: "replay-list" }, promises.map((one) => promiseRow(one, ms)))],
    head(t("Road closures"), closures.length), closures.length
      ? el("ul", { class: "replay-list" }, closures.map((shape) => el("li", { class: "replay-row" }, icon("closed-road"), el("span", {}, closureLabel(shape.properties))))) : empty(t("No road closed.")));
}

/** What was promised and until when; who may not read words sees the time alone. */
const promiseRow = (one, ms) => el("li", { class: "replay-row", dataset: { promise: one.id } }, icon(Date.parse(one.due_at) < ms ? "warning" : "flag"),
  el("span", {}, one.promise ?? t("Promised")), el("span", { class: "row-end" }, t("by {time}", { time: clock(one.due_at) })));

const empty = (words) => el("p", { class: "replay-empty" }, words);

export function unitsPanel(box, units, ms, { placeOf, look }) {
  const row = (unit) => {
    const place = placeOf(unit.id);
    const age_s = place ? (ms - place.recorded_ms) / 1000 : null;
    return el("li", {}, el("button", { type: "button", class: "replay-unit", dataset: { unit: unit.id }, onclick: () => look(unit) },
      el("strong", {}, unit.call_sign), unitBadge(stateOf(unit)),
      el("small", {}, [place ? t("position {age} old", { age: duration(age_s) }) : t("no position"),
        unit.not_recorded.length > 0 && t("partly not recorded: as it is now")].filter(Boolean).join(" · "))));
  };
  fill(box, head(t("Units"), units.length), el("ul", { class: "replay-list" }, units.map(row)));
}

/** The record around the moment: newest on top, and above it what had happened but nobody had entered yet. */
export function eventsPanel(box, recording, count, ms, { agencies, unitName, chosen, seek }) {
  const names = { agency: (code) => agencies.find((one) => one.code === code)?.short_name ?? code ?? "", unit: unitName };
  const mine = (event) => chosen === null || event.incident_id === chosen;
  const line = (event, unknown) => {
    const said = describe(event, names);
    const delay = duration(event.late_s);
    const mark = unknown
      ? el("span", { class: "replay-late is-unknown" }, "◇ ", t("not known then: entered only at {time}, {delay} later", { time: clock(event.entered_at), delay }))
      : event.late_s !== null && el("span", { class: "replay-late" }, "◆ ", t("entered later: at {time}, after {delay}", { time: clock(event.entered_at), delay }));
    return el("li", { class: `tone-${said.tone}${unknown ? " is-unknown" : ""}`, dataset: { event: event.id } },
      el("button", { type: "button", class: "replay-event", onclick: () => seek(unknown ? event.occurred_ms : event.known_ms) },
        el("time", { datetime: event.occurred_at }, clock(event.occurred_at, { seconds: true })), icon(said.icon),
        el("span", {}, said.text, el("small", {}, [event.incident_number, said.note, event.actor].filter(Boolean).join(" · ")), mark)));
  };
  const known = recording.inside.slice(0, count).filter(mine);
  const unknown = recording.unknownAt(ms).filter(mine);
  fill(box, head(t("Events"), known.length),
    el("ol", { class: "replay-list replay-record" }, unknown.slice(-20).reverse().map((event) => line(event, true)),
      known.slice(-EVENTS_BEFORE).reverse().map((event) => line(event, false))),
    !known.length && !unknown.length && empty(t("Nothing yet.")));
}
