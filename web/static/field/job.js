/** The assignment on the phone: what, where, what is dangerous, how to get there, and one big button for what comes next. */
import { badge, iconName, priorityBadge, statusName } from "../shared/status.js";
import { button, el, icon } from "../shared/dom.js";
import { etaLine } from "../shared/eta.js";
import { localName, t } from "../shared/i18n.js";
import { renderProcedure } from "../shared/procedure.js";
import { ago, clock } from "../shared/time.js";
import { renderChat, renderUnread } from "./chat.js";
import { renderHazards } from "./hazards.js";
import { waiting } from "./outbox.js";
import { askBackup, renderScene } from "./scene.js";
import { asPressed, renderSteps } from "./steps.js";
import { renderWay } from "./way.js";

const STAMPS = ["dispatched", "acknowledged", "en_route", "on_scene", "transporting", "at_hospital", "cleared"];

function helpPart(assignment) {
  const asked = waiting({ kind: "backup", of: assignment.id });
  return [asked.map((entry) => el("p", { class: "notice tone-red" }, icon("upload"),
    t("Your call for help at {time} is waiting for a connection. Use the radio.", { time: clock(entry.pressed_at) }))),
    button(t("Need help"), () => askBackup(assignment), { tone: "danger", icon: "help-call", class: "field-step field-help" })];
}

/** renderJob({assignment, incident, route, scene, chat}, {ahead, me, draw}) → node */
export function renderJob(job, { ahead, me, draw }) {
  const { assignment: known, incident, route, scene } = job;
  const { location } = incident;
  const assignment = asPressed(known, ahead);
  const caller = incident.caller_number;
  return el("article", { class: "field-job" },
    el("header", { class: "field-head" }, priorityBadge(incident.priority), icon(iconName(incident.icon), { large: true }),
      el("h2", {}, localName(incident, "kind_name")), badge("assignment", assignment.status, { solid: true })),
    el("p", { class: "field-address" }, icon("pin", { large: true }), el("strong", {}, location.address ?? t("Place on the map"))),
    !location.verified && el("p", { class: "notice tone-amber" }, icon("warning"), t("The place is not verified.")),
    incident.description && el("p", { class: "field-words" }, incident.description),
    incident.needs && el("p", { class: "notice" }, icon("info"), incident.needs),
    renderUnread(job, me, draw),
    renderHazards(scene?.hazards ?? []),
    el("div", { class: "field-steps" }, renderSteps(assignment, draw), helpPart(assignment)),
    assignment.status === "en_route" && etaLine(assignment.unit.id, assignment.eta),
    renderWay(incident, route),
    renderScene(assignment, scene),
    renderChat(job),
    caller && el("a", { class: "button field-step", href: `tel:${caller}` }, icon("phone"), el("span", {}, incident.caller_name ?? t("Call the caller"), " ", caller)),
    el("ol", { class: "stamps" }, STAMPS.filter((s) => assignment[`${s}_at`]).map((s) => el("li", {},
      statusName("assignment", s), " ", el("time", {}, clock(assignment[`${s}_at`]))))),
    el("p", { class: "muted" }, incident.number, " · ", t("reported"), " ",
      el("span", { dataset: { ago: incident.received_at } }, ago(incident.received_at))),
    renderProcedure(incident.procedure, { narrow: true }));
}
