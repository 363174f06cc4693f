/** The rows of the wall: calls that ring, open incidents with their clocks, referrals, agencies, the day. */
import { el, fill, icon } from "../shared/dom.js";
import { localName, number, t } from "../shared/i18n.js";
import { iconName } from "../shared/status.js";
import { between, since, spell } from "./clocks.js";

const MOST_BELLS = 12;

/** Nobody rings: one quiet line. Somebody does: how many, and the longest wait as large as can be. */
export function drawCalls(box, queue, { answer_s }) {
  box.dataset.state = queue.waiting ? "ringing" : "calm";
  if (!queue.waiting) {
    fill(box, el("h2", {}, icon("check"), t("No call is waiting")));
    return;
  }
  fill(box,
    el("h2", {}, icon("phone-ring"), t("Calls waiting")),
    el("strong", { class: "wall-waiting" }, number(queue.waiting)),
    el("p", { class: "wall-longest", "data-late": "no" }, el("span", { class: "wall-late" }, icon("warning"), t("LATE")),
      el("span", {}, t("Longest")), el("time", { "data-since": queue.longest_since, "data-limit-s": answer_s }, spell(since(queue.longest_since)))),
    queue.waiting > 1 && el("p", { class: "wall-bells" }, queue.since.slice(1, MOST_BELLS).map((iso) => el("time", { "data-since": iso }, spell(since(iso))))));
}

/** The four stamps of an incident; the one that is not reached yet runs, and is late against the whole. */
function steps(incident, { answer_s, total_response_s }) {
  const stamps = [
    ["answered_at", t("Answered"), answer_s], ["dispatched_at", t("Sent"), null], ["on_scene_at", t("On scene"), total_response_s],
  ];
  let running = false;
  return stamps.map(([name, words, limit_s]) => {
    const at = incident[name];
    if (at) {
      const s = between(incident.received_at, at);
      return el("span", { class: "wall-step", "data-late": limit_s && s > limit_s ? "yes" : "no", "data-state": "done" },
        el("small", {}, words), el("b", {}, icon("check"), spell(s)));
    }
    if (running || (name === "answered_at" && incident.dispatched_at)) {
      return el("span", { class: "wall-step", "data-late": "no", "data-state": "to-come" }, el("small", {}, words), el("b", {}, "–"));
    }
    running = true;
    return el("span", { class: "wall-step", "data-late": "no", "data-state": "running" }, el("small", {}, words),
      el("b", {}, icon("clock"), el("time", { "data-since": incident.received_at, "data-limit-s": limit_s ?? total_response_s }, spell(since(incident.received_at)))));
  });
}

export const incidentRow = (targets) => (incident) => {
  const late = !incident.on_scene_at && since(incident.received_at) > targets.total_response_s;
  return el("li", { class: `wall-incident wall-p${incident.priority}`, dataset: { number: incident.number } },
    el("span", { class: "wall-rank" }, `P${incident.priority}`),
    el("div", { class: "wall-what" },
      el("strong", {}, icon(iconName(incident.icon)), localName(incident, "kind_name"),
        incident.alarm_level > 1 && el("em", { class: "wall-alarm" }, t("Alarm {n}", { n: incident.alarm_level }))),
      el("span", {}, [incident.village, incident.number, incident.units ? t("{count} units", { count: incident.units }) : null].filter(Boolean).join(" · "))),
    el("div", { class: "wall-steps" }, steps(incident, targets)),
    late && el("span", { class: "wall-late is-late" }, icon("warning"), t("LATE")));
};

export const referralRow = (referral) => el("li", { class: "wall-referral" },
  el("span", { class: "wall-rank" }, `P${referral.priority}`),
  el("div", { class: "wall-what" }, el("strong", {}, referral.agency),
    el("span", {}, `${localName(referral, "kind_name")} · ${referral.number}`)),
  el("time", { "data-since": referral.sent_at }, spell(since(referral.sent_at))));

export const agencyRow = (agency) => el("li", { class: "wall-agency", "data-empty": agency.free ? "no" : "yes" },
  el("span", {}, agency.name), el("b", { class: "is-free" }, agency.free ? number(agency.free) : el("span", { class: "wall-none" }, icon("warning"), "0")),
  el("b", { class: "is-busy" }, number(agency.busy)), el("b", { class: "is-out" }, number(agency.out)));

export function drawToday(list, today) {
  const pair = (words, figure) => el("div", {}, el("dt", {}, words), el("dd", {}, figure));
  fill(list,
    pair(t("Calls today"), number(today.calls)),
    pair(t("Of these silent or prank"), number(today.false_calls)),
    pair(t("Incidents today"), number(today.incidents)),
    pair(t("Closed today"), number(today.closed)),
    pair(t("Median response"), today.median_response_s === null ? "–" : spell(today.median_response_s)));
}
