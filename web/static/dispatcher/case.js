/** The case on screen: what, where, how sure, the procedure line, and what this agency does next. */
import { alarmBadge, changeAlarm } from "../shared/alarm.js";
import { getReference } from "../shared/api.js";
import { badge, iconName, priorityBadge } from "../shared/status.js";
import { button, el, fill, icon } from "../shared/dom.js";
import { localName, t, distance } from "../shared/i18n.js";
import { renderProcedure } from "../shared/procedure.js";
import { notePromise } from "../shared/promise.js";
import { sceneBox } from "../shared/scene.js";
import { ago, clock } from "../shared/time.js";
import { desk, refresh, selected, when } from "./store.js";
import { FOLDED, readinessFacts, renderSteps } from "./steps.js";
import { renderAssignments } from "./assignments.js";

function place(location) {
  const sure = location.verified
    ? el("span", { class: "badge tone-green" }, icon("check"), t("Verified"))
    : el("span", { class: "badge tone-amber" }, icon("warning"), t("Not verified"));
  return el("div", { class: "case-place" },
    el("p", {}, icon("pin"), " ", el("strong", {}, location.address ?? t("Place on the map")), " ", sure),
    el("p", { class: "muted" },
      [location.accuracy_m ? t("accurate to {distance}", { distance: distance(location.accuracy_m) }) : null,
        `${location.lat.toFixed(5)}, ${location.lon.toFixed(5)}`,
        location.village].filter(Boolean).join(" · ")));
}

function facts(incident, referral) {
  const caller = [incident.caller_name, incident.caller_number].filter(Boolean).join(" · ");
  const pairs = [
    [t("Needs"), incident.needs],
    [t("Caller"), caller],
    [t("Calls"), incident.call_count > 1 ? t("{n} calls about this", { n: incident.call_count }) : null],
    [t("Received"), el("span", {}, clock(incident.received_at), " · ", el("span", { dataset: { ago: incident.received_at } }, ago(incident.received_at)))],
    [t("Note"), referral.note],
    [t("Other agencies"), others(incident, referral)],
  ].filter(([, value]) => value);
  return el("dl", { class: "facts" }, pairs.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}

function others(incident, referral) {
  const rest = incident.agencies.filter((a) => a.code !== referral.agency.code);
  return rest.length
    ? el("span", { class: "actions" }, rest.map((a) => badge("referral", a.referral_status, { prefix: a.short_name })))
    : null;
}

function render(root) {
  const referral = selected();
  if (!referral) {
    fill(root, el("div", { class: "empty" }, icon("inbox", { large: true }), t("Choose a referral on the left.")));
    return;
  }
  const { incident } = desk;
  if (!incident) {
    fill(root, el("div", { class: "empty", role: "status" }, icon("clock", { large: true }), t("Loading the case…")));
    return;
  }
  const open = opened.get(referral.id) ?? !FOLDED.has(referral.status);
  fill(root,
    el("header", { class: "case-head" }, priorityBadge(incident.priority), icon(iconName(incident.icon), { large: true }),
      el("h2", {}, localName(incident, "kind_name")), badge("incident", incident.status), alarmBadge(incident.alarm_level),
      el("span", { class: "muted" }, incident.number),
      incident.allowed.includes("alarm") && button(t("Alarm"), alarm, { icon: "warning", tone: "quiet", key: "N" }),
      mayPromise() && button(t("Promise"), promise, { icon: "flag", tone: "quiet", key: "J" })),
    el("details", { class: "case-more", open },
      el("summary", { onclick: (event) => opened.set(referral.id, !event.currentTarget.parentNode.open) }, icon("pin"), el("strong", {}, incident.location.address ?? incident.location.village ?? t("Place on the map")),
        incident.description && el("span", { class: "muted" }, incident.description), el("kbd", {}, "D")),
      renderProcedure(incident.procedure),
      place(incident.location),
      el("div", { class: "case-facts" }, incident.description && el("p", {}, incident.description), facts(incident, referral)),
      el("a", { class: "button button-quiet", href: `/replay?incident=${incident.id}` }, icon("clock"), el("span", {}, t("Replay"))),
      FOLDED.has(referral.status) && readinessFacts(incident.referrals.find((one) => one.id === referral.id) ?? referral)),
    renderSteps(referral, incident),
    renderAssignments(referral, incident),
    sceneBox(incident.id));
}

/** Whether somebody opened or folded it, by referral. */
const opened = new Map();
const { me } = await getReference();
const mayPromise = () => me.permissions.includes("handovers.make");
const promise = () => notePromise(desk.incident).then((made) => made && refresh.incident());

const alarm = () => changeAlarm(desk.incident, () => { refresh.incident(); refresh.referrals(); refresh.ranking(); });
export const caseKeys = {
  D: { label: t("Show or fold what is known of the case"), run: () => {
    const summary = document.querySelector("#case .case-more > summary");
    summary?.click();
    return Boolean(summary);
  } },
  J: { label: t("Note a promise"), run: () => {
    if (!desk.incident || !mayPromise()) return false;
    promise();
    return true;
  } },
  N: { label: t("Raise or lower the alarm"), run: () => {
    if (!desk.incident?.allowed.includes("alarm")) return false;
    alarm();
    return true;
  } },
};

/** Keep `root` true; a form that somebody is filling in is left alone until it is sent. */
export function showCase(root) {
  const busy = () => root.querySelector("form[data-touched]")?.dataset.referral === String(desk.selectedId);
  when("incident", () => {
    if (busy() && desk.incident && root.querySelector("form").dataset.status === selected()?.status) return;
    render(root);
  });
}
