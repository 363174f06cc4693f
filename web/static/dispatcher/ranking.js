/** Every able unit by travel time over today's open roads, and why; every other unit, and why not. */
import { badge, iconName } from "../shared/status.js";
import { button, el, fill, find, icon } from "../shared/dom.js";
import { localName, t } from "../shared/i18n.js";
import { ago, clock } from "../shared/time.js";
import { ask } from "../shared/ask.js";
import { toastProblem } from "../shared/toast.js";
import { chooseSet, renderBestSet } from "./best_set.js";
import { leftBehindBox } from "./left_behind.js";
import { rankedRow, whyButton } from "./ranking_row.js";
import { act, desk, selected, tick, when } from "./store.js";

/** Free units the roads say cannot come: a dispatcher who knows better sends them, with a reason. */
const OVERRULABLE = new Set(["cut_off_by_closures", "inside_closure", "no_profile", "no_way", "no_road_near_unit", "no_road_near_incident", "no_place", "lacks_capability", "incomplete"]);

const sendAnyway = (row) => ask({
  title: t("Send {unit} anyway", { unit: row.unit.call_sign }), icon: "warning", confirm: t("Send anyway"), text: localName(row, "reason"),
  fields: [{ name: "overrule_reason", label: t("Reason"), required: true }],
  submit: ({ overrule_reason }) => act(`/incidents/${selected().incident_id}/assignments`, {
    referral_id: selected().id, unit_ids: [row.unit.id], recommendation_id: desk.ranking.recommendation_id, overrule_reason }),
});

function leftOut(rows, { canSend, onWhy }) {
  if (!rows.length) return null;
  return el("details", { class: "left-out" },
    el("summary", {}, t("{n} units are not in the list: why", { n: rows.length })),
    el("ul", {}, rows.map((row) => el("li", { dataset: { unit: row.unit.id } }, icon(iconName(row.unit.icon, "truck")), el("strong", {}, row.unit.call_sign),
      el("span", {}, localName(row, "reason")),
      el("div", { class: "actions" }, canSend && OVERRULABLE.has(row.code) && button(t("Send anyway"), () => sendAnyway(row)),
        desk.ranking.recommendation_id && whyButton(row, onWhy))))));
}

async function send() {
  const referral = selected();
  const ids = desk.ranking.ranked.filter((row) => desk.ticked.has(row.unit.id)).map((row) => row.unit.id);
  if (!referral || !ids.length) return;
  const body = { referral_id: referral.id, unit_ids: ids, recommendation_id: desk.ranking.recommendation_id };
  const path = `/incidents/${referral.incident_id}/assignments`;
  if (!await sendOrSayWhy(path, body)) return;
  desk.ticked.clear();
  document.getElementById("case").scrollIntoView({ block: "start" });
}

/** Whether this is what was recommended is judged by the server: where it asks for a reason, so does the desk. */
async function sendOrSayWhy(path, body) {
  try {
    return await act(path, body);
  } catch (problem) {
    if (problem.field === "overrule_reason") {
      return ask({
        title: t("Not as recommended"), icon: "warning", confirm: t("Send anyway"), text: problem.detail,
        fields: [{ name: "overrule_reason", label: t("Reason"), required: true }],
        submit: (reason) => act(path, { ...body, ...reason }) });
    }
    toastProblem(problem);
    return null;
  }
}

/** The recommended set is one act. */
function sendSet() {
  if (!chooseSet()) return false;
  send();
  return true;
}

function network(ranking) {
  return el("p", { class: "muted rank-network" },
    t("Worked out at {time} on the roads of {place}.", { time: clock(ranking.made_at, { seconds: true }), place: ranking.network.place }),
    " ", el("span", { dataset: { ago: ranking.made_at } }, ago(ranking.made_at)));
}

function render(root, { onShow, onWhy }) {
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
      renderBestSet(desk.ranking.best_set, canSend, { send: sendSet, leaves: leftBehindBox() }),
      !canSend && el("p", { class: "notice" }, icon("info"), t("Units can be sent once the referral is accepted.")),
      desk.ranking.ranked.length
        ? el("ol", { class: "ranking" }, desk.ranking.ranked.map((row) => rankedRow(row, { canSend, onShow, onWhy })))
        : el("p", { class: "notice tone-red" }, icon("warning"), t("No unit of this agency can go. The reasons are below.")),
      canSend && desk.ranking.ranked.length > 0 && button(n ? t("Send {n} units", { n }) : t("Tick the units to send"), send,
        { tone: "primary", key: "Ctrl+Enter", icon: "send", disabled: n === 0, class: "button-big button-wide rank-send", id: "send" }),
      leftOut(desk.ranking.left_out, { canSend, onWhy }),
      network(desk.ranking)));
}

/** Keep the ranking in `root` true; `onShow(row)` draws one unit's way on the map, `onWhy(unit)` explains its place. */
export function showRanking(root, { onShow, onWhy }) {
  when("ranking", () => {
    const open = [...root.querySelectorAll("details[open]")].map((d) => d.closest("[data-unit]")?.dataset.unit ?? "left-out");
    const focused = root.contains(document.activeElement) ? document.activeElement.id : "";
    render(root, { onShow, onWhy });
    for (const key of open) {
      const details = key === "left-out" ? root.querySelector(".left-out") : root.querySelector(`[data-unit="${key}"] details`);
      if (details) details.open = true;
    }
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  });
}

/** The unit of the line that has the focus, or else of the first line. */
function lineUnit() {
  const id = Number(document.activeElement?.closest("#ranking [data-unit]")?.dataset.unit);
  const rows = [...desk.ranking?.ranked ?? [], ...desk.ranking?.left_out ?? []];
  return (rows.find((row) => row.unit.id === id) ?? rows[0])?.unit ?? null;
}

/** 1…9 tick the unit of that rank; B ticks the recommended set; M explains; Ctrl+Enter sends what is ticked. */
export function rankingKeys(onWhy) {
  const map = {
    "Ctrl+Enter": { label: t("Send the ticked units"), run: () => { if (!desk.ticked.size) return false; send(); return true; } },
    B: { label: t("Tick the recommended set"), run: chooseSet },
    K: { label: t("Send the recommended set"), run: sendSet },
    M: { label: t("Why this unit: the line with the focus, or the first"), run: () => {
      const unit = desk.ranking?.recommendation_id ? lineUnit() : null;
      if (unit) onWhy(unit);
      return Boolean(unit);
    } },
  };
  for (let rank = 1; rank <= 9; rank += 1) {
    map[String(rank)] = { label: rank === 1 ? t("1 to 9: tick the unit of that rank") : null, run: () => {
      const row = desk.ranking?.ranked[rank - 1];
      if (!row || selected()?.status !== "accepted") return false;
      tick(row.unit.id, !desk.ticked.has(row.unit.id));
      find(`#send-${row.unit.id}`)?.focus({ preventScroll: true });
      return true;
    } };
  }
  return map;
}
