/** One line of the ranking: when, how far, from where, on foot where the road is closed, and why. */
import { iconName } from "../shared/status.js";
import { button, el, icon } from "../shared/dom.js";
import { distance, localName, t } from "../shared/i18n.js";
import { ago, duration } from "../shared/time.js";
import { desk, tick } from "./store.js";

// Nobody is told of the few steps from the kerb to the door.
const WORTH_WALKING_M = 30;

/** "5:52": rows differ by seconds, and a dispatcher compares them at a glance. */
export const minutes = (seconds) => `${Math.floor(Math.round(seconds) / 60)}:${String(Math.round(seconds) % 60).padStart(2, "0")}`;

export const whyButton = (row, onWhy, key = null) => button(t("Why?"), () => onWhy(row.unit), {
  tone: "quiet", icon: "help", key, class: "rank-why", id: `why-${row.unit.id}`, "aria-label": t("Why {unit}?", { unit: row.unit.call_sign }) });

function moved(row) {
  const before = desk.previous?.ranked.find((one) => one.unit.id === row.unit.id)?.rank ?? null;
  if (before === null || before === row.rank) return null;
  const up = before > row.rank;
  return el("span", { class: `rank-moved tone-${up ? "green" : "amber"}` },
    icon(up ? "arrow-up" : "chevron-down"), t("was {rank}", { rank: before }));
}

/** Position and its age, counted on from the moment the ranking was made. */
function source(row) {
  if (row.from.source !== "position") {
    return el("span", {}, icon("station"), t("from {station}", { station: row.unit.station_name ?? t("its station") }));
  }
  const at = new Date(Date.parse(desk.ranking.made_at) - row.from.age_s * 1000).toISOString();
  return el("span", {}, icon("pin"), el("span", {}, t("position"), " ", el("span", { dataset: { ago: at } }, ago(at)), " ", t("old")));
}

function facts(row) {
  const walked_m = row.end_gap_m ?? 0;
  const unmapped_m = row.start_gap_m ?? 0;
  return el("p", { class: "rank-facts" },
    el("span", {}, icon("clock"), t("turnout {turnout}", { turnout: minutes(row.turnout_s) })),
    source(row),
    row.foot_m > 0 && el("span", { class: "tone-amber rank-foot" }, icon("person"),
      t("{distance} on foot through the closure: {time}", { distance: distance(row.foot_m), time: duration(row.foot_time_s) })),
    walked_m >= WORTH_WALKING_M && el("span", { class: "rank-gap" }, icon("person"), t("the last {distance} have no road", { distance: distance(walked_m) })),
    unmapped_m >= WORTH_WALKING_M && el("span", { class: "rank-gap" }, icon("road"), t("{distance} from the unit to a road", { distance: distance(unmapped_m) })));
}

const detours = (row) => row.closures_avoided.map((c) => el("p", { class: "rank-closure" }, icon("closed-road"),
  c.cost_s ? t("avoids “{reason}”: +{time}", { reason: c.reason, time: duration(c.cost_s) }) : t("avoids “{reason}”", { reason: c.reason })));

/** What the unit lacks is said here; it may be sent all the same. */
function lacks(row) {
  const missing = desk.lacks.get(row.unit.id) ?? [];
  return missing.length > 0 && el("p", { class: "rank-closure rank-lacks" }, icon("warning"),
    t("lacks {what}", { what: missing.map((one) => localName(one, "sentence")).join(", ") }));
}

export function rankedRow(row, { canSend, onShow, onWhy }) {
  const id = `send-${row.unit.id}`;
  return el("li", { class: `rank-row${desk.ticked.has(row.unit.id) ? " is-ticked" : ""}`, dataset: { unit: row.unit.id },
    onmouseenter: () => onShow(row), onfocusin: () => onShow(row) },
    el("label", { class: "rank-main", for: id },
      canSend && el("input", { type: "checkbox", id, checked: desk.ticked.has(row.unit.id),
        onchange: (e) => tick(row.unit.id, e.target.checked) }),
      el("span", { class: "rank-number" }, String(row.rank)),
      icon(iconName(row.unit.icon, "truck"), { large: true }),
      el("span", { class: "rank-name" }, el("strong", {}, row.unit.call_sign), moved(row)),
      el("span", { class: "rank-time" }, el("strong", {}, minutes(row.total_time_s), " ", el("small", {}, t("min"))), el("small", {}, distance(row.length_m)))),
    facts(row),
    el("p", { class: "rank-reason", title: localName(row, "reason") }, localName(row, "reason")),
    detours(row),
    lacks(row),
    el("div", { class: "rank-more" },
      el("details", {}, el("summary", {}, t("Way and crew")),
        el("p", {}, t("Turnout {turnout}, driving {driving}.", { turnout: duration(row.turnout_s), driving: duration(row.driving_time_s) })),
        row.streets.length > 0 && el("p", {}, icon("road"), " ", row.streets.join(" → ")),
        el("p", { class: "muted" }, t("{n} crew", { n: row.crew_count }), row.equipment.length ? ` · ${row.equipment.join(", ")}` : "")),
      desk.ranking.recommendation_id && whyButton(row, onWhy, row.rank === 1 ? "M" : null)));
}
