/** Every able unit by travel time over today's open roads, and why; every other unit, and why not. */
import { badge, iconName } from "../shared/status.js";
import { button, el, fill, icon } from "../shared/dom.js";
import { distance, localName, t } from "../shared/i18n.js";
import { ago, clock, duration } from "../shared/time.js";
import { ask } from "../shared/ask.js";
import { act, attempt, desk, selected, tick, when } from "./store.js";

/** "5:52": rows differ by seconds, and a dispatcher compares them at a glance. */
const minutes = (seconds) => `${Math.floor(Math.round(seconds) / 60)}:${String(Math.round(seconds) % 60).padStart(2, "0")}`;

function rankBefore(unitId) {
  return desk.previous?.ranked.find((row) => row.unit.id === unitId)?.rank ?? null;
}

function moved(row) {
  const before = rankBefore(row.unit.id);
  if (before === null || before === row.rank) return null;
  const up = before > row.rank;
  return el("span", { class: `rank-moved tone-${up ? "green" : "amber"}` },
    icon(up ? "arrow-up" : "chevron-down"), t("was {rank}", { rank: before }));
}

function detours(row) {
  return row.closures_avoided.map((c) => el("p", { class: "rank-closure" }, icon("closed-road"),
    c.cost_s ? t("avoids “{reason}”: +{time}", { reason: c.reason, time: duration(c.cost_s) }) : t("avoids “{reason}”", { reason: c.reason })));
}

function rankedRow(row, canSend, onShow) {
  const id = `send-${row.unit.id}`;
  const source = row.from.source === "position"
    ? t("position {age} old", { age: duration(row.from.age_s) })
    : t("from {station}", { station: row.unit.station_name ?? t("its station") });
  return el("li", { class: `rank-row${desk.ticked.has(row.unit.id) ? " is-ticked" : ""}`, dataset: { unit: row.unit.id },
    onmouseenter: () => onShow(row), onfocusin: () => onShow(row) },
    el("label", { class: "rank-main", for: id },
      canSend && el("input", { type: "checkbox", id, checked: desk.ticked.has(row.unit.id),
        onchange: (e) => tick(row.unit.id, e.target.checked) }),
      el("span", { class: "rank-number" }, String(row.rank)),
      icon(iconName(row.unit.icon, "truck"), { large: true }),
      el("span", { class: "rank-name" }, el("strong", {}, row.unit.call_sign), moved(row)),
      el("span", { class: "rank-time" }, el("strong", {}, minutes(row.total_time_s), " ", el("small", {}, t("min"))), el("small", {}, distance(row.length_m)))),
    el("p", { class: "rank-reason" }, localName(row, "reason")),
    detours(row),
    el("details", {}, el("summary", {}, t("Way and crew")),
      el("p", {}, t("Turnout {turnout}, driving {driving}.", { turnout: duration(row.turnout_s), driving: duration(row.driving_time_s) }), " ", source),
      row.streets.length > 0 && el("p", {}, icon("road"), " ", row.streets.join(" → ")),
      el("p", { class: "muted" }, t("{n} crew", { n: row.crew_count }), row.equipment.length ? ` · ${row.equipment.join(", ")}` : "")));
}

/** Free units the roads say cannot come: a dispatcher who knows better sends them, with a reason. */
const OVERRULABLE = new Set(["cut_off_by_closures", "no_way", "no_road_near_unit", "no_road_near_incident", "no_place", "lacks_capability"]);

const sendAnyway = (row) => ask({
  title: t("Send {unit} anyway", { unit: row.unit.call_sign }), icon: "warning", confirm: t("Send anyway"), text: localName(row, "reason"),
  fields: [{ name: "overrule_reason", label: t("Reason"), required: true }],
  submit: ({ overrule_reason }) => act(`/incidents/${selected().incident_id}/assignments`, {
    referral_id: selected().id, unit_ids: [row.unit.id], recommendation_id: desk.ranking.recommendation_id, overrule_reason }),
});

function leftOut(rows, canSend) {
  if (!rows.length) return null;
  return el("details", { class: "left-out" },
    el("summary", {}, t("{n} units are not in the list: why", { n: rows.length })),
    el("ul", {}, rows.map((row) => el("li", {}, icon(iconName(row.unit.icon, "truck")), el("strong", {}, row.unit.call_sign),
      el("span", {}, localName(row, "reason")),
      canSend && OVERRULABLE.has(row.code) && button(t("Send anyway"), () => sendAnyway(row))))));
}

async function send() {
  const referral = selected();
  const ids = desk.ranking.ranked.filter((row) => desk.ticked.has(row.unit.id)).map((row) => row.unit.id);
  if (!referral || !ids.length) return;
  const best = desk.ranking.ranked[0].unit;
  const body = { referral_id: referral.id, unit_ids: ids, recommendation_id: desk.ranking.recommendation_id };
  const path = `/incidents/${referral.incident_id}/assignments`;
  const sent = ids.includes(best.id) ? await attempt(path, body) : await ask({
    title: t("Not the nearest unit"), icon: "warning", confirm: t("Send anyway"),
    text: t("{unit} would be there first. Why another one?", { unit: best.call_sign }),
    fields: [{ name: "overrule_reason", label: t("Reason"), required: true }],
    submit: (reason) => act(path, { ...body, ...reason }) });
  if (!sent) return;
  desk.ticked.clear();
  document.getElementById("case").scrollIntoView({ block: "start" });
}

function network(ranking) {
  return el("p", { class: "muted rank-network" },
    t("Worked out at {time} on the roads of {place}.", { time: clock(ranking.made_at, { seconds: true }), place: ranking.network.place }),
    " ", el("span", { dataset: { ago: ranking.made_at } }, ago(ranking.made_at)));
}

function render(root, onShow) {
  const referral = selected();
  root.hidden = !referral || (!desk.ranking && !desk.rankingProblem);
  if (root.hidden) return;
  if (desk.rankingProblem) {
    fill(root, el("p", { class: "notice tone-red", role: "alert" }, icon("warning"), desk.rankingProblem.detail));
    return;
  }
  const canSend = referral.status === "accepted";
  const n = desk.ticked.size;
  fill(root,
    el("header", { class: "panel-head" }, icon("navigation"), el("h2", {}, t("Who is there first")), badge("referral", referral.status)),
    el("div", { class: "panel-body" },
      !canSend && el("p", { class: "notice" }, icon("info"), t("Units can be sent once the referral is accepted.")),
      desk.ranking.ranked.length
        ? el("ol", { class: "ranking" }, desk.ranking.ranked.map((row) => rankedRow(row, canSend, onShow)))
        : el("p", { class: "notice tone-red" }, icon("warning"), t("No unit of this agency can go. The reasons are below.")),
      canSend && desk.ranking.ranked.length > 0 && button(n ? t("Send {n} units", { n }) : t("Tick the units to send"), send,
        { tone: "primary", key: "Ctrl+Enter", icon: "send", disabled: n === 0, class: "button-big button-wide rank-send", id: "send" }),
      leftOut(desk.ranking.left_out, canSend),
      network(desk.ranking)));
}

/** Keep the ranking in `root` true; `onShow(row)` draws one unit's way on the map. */
export function showRanking(root, onShow) {
  when("ranking", () => {
    const open = [...root.querySelectorAll("details[open]")].map((d) => d.closest("[data-unit]")?.dataset.unit ?? "left-out");
    const focused = document.activeElement?.id;
    render(root, onShow);
    for (const key of open) {
      const details = key === "left-out" ? root.querySelector(".left-out") : root.querySelector(`[data-unit="${key}"] details`);
      if (details) details.open = true;
    }
    if (focused?.startsWith("send")) document.getElementById(focused)?.focus();
  });
}

/** 1…9 tick the unit of that rank; Ctrl+Enter sends what is ticked. */
export function rankingKeys() {
  const map = { "Ctrl+Enter": { label: t("Send the ticked units"), run: () => { if (!desk.ticked.size) return false; send(); return true; } } };
  for (let rank = 1; rank <= 9; rank += 1) {
    map[String(rank)] = { label: rank === 1 ? t("1 to 9: tick the unit of that rank") : null, run: () => {
      const row = desk.ranking?.ranked[rank - 1];
      if (!row || selected()?.status !== "accepted") return false;
      tick(row.unit.id, !desk.ticked.has(row.unit.id));
      return true;
    } };
  }
  return map;
}
