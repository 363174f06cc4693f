/** The assignment on the phone: what, where, how to get there, and one big button for what comes next. */
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { badge, iconName, priorityBadge, statusName } from "../shared/status.js";
import { button, el, icon } from "../shared/dom.js";
import { etaLine } from "../shared/eta.js";
import { distance, localName, t } from "../shared/i18n.js";
import { renderProcedure } from "../shared/procedure.js";
import { ago, clock, duration } from "../shared/time.js";
import { toast } from "../shared/toast.js";
import { report, SAY, waitingSteps } from "./steps.js";

const STAMPS = ["dispatched", "acknowledged", "en_route", "on_scene", "transporting", "at_hospital"];

const backup = (assignment) => ask({
  title: t("Ask for help"), icon: "help-call", danger: true, confirm: t("Ask for help"),
  text: t("The dispatcher and the operator hear it at once."),
  fields: [{ name: "note", label: t("What is needed"), type: "textarea", required: true }],
  submit: async ({ note }) => {
    await api.post(`/assignments/${assignment.id}/backup`, { note });
    toast(t("Help was asked for."), "good");
    return true;
  },
});

function stepButton(assignment, step, main) {
  const [word, drawing] = SAY[step];
  return button(word, (event) => {
    event.currentTarget.disabled = true;
    report(assignment.id, step);
  }, { tone: main ? "primary" : null, icon: drawing, class: `field-step${main ? " field-step-main" : ""}`, dataset: { step } });
}

function steps(assignment) {
  const waiting = waitingSteps().filter((s) => s.id === assignment.id);
  const next = assignment.next_steps.filter((s) => SAY[s] && !waiting.some((w) => w.step === s));
  return el("div", { class: "field-steps" },
    waiting.map((s) => el("p", { class: "notice tone-amber" }, icon("upload"),
      t("“{step}” at {time} is waiting for a connection.", { step: statusName("assignment", s.step), time: clock(s.occurred_at) }))),
    waiting.length === 0 && next.map((step, i) => stepButton(assignment, step, i === 0)),
    button(t("Need help"), () => backup(assignment), { tone: "danger", icon: "help-call", class: "field-step" }));
}

function way(incident, route) {
  const { lon, lat } = incident.location;
  return el("div", { class: "field-way" },
    route && el("p", {}, icon("navigation"), " ", el("strong", {}, duration(route.driving_time_s)), " · ", distance(route.length_m)),
    route?.streets?.length > 0 && el("p", { class: "muted" }, route.streets.join(" → ")),
    route?.closures_avoided?.length > 0 && el("p", { class: "notice tone-amber" }, icon("closed-road"),
      t("The way avoids: {reasons}", { reasons: route.closures_avoided.map((c) => c.reason).join(", ") })),
    el("a", { class: "button", href: `geo:${lat},${lon}?q=${lat},${lon}` }, icon("map"), t("Open in the phone's navigation")));
}

/** renderJob({assignment, incident, route}) → node */
export function renderJob({ assignment, incident, route }) {
  const { location } = incident;
  const caller = incident.caller_number;
  return el("article", { class: "field-job" },
    el("header", { class: "field-head" }, priorityBadge(incident.priority), icon(iconName(incident.icon), { large: true }),
      el("h2", {}, localName(incident, "kind_name")), badge("assignment", assignment.status, { solid: true })),
    el("p", { class: "field-address" }, icon("pin", { large: true }), el("strong", {}, location.address ?? t("Place on the map"))),
    !location.verified && el("p", { class: "notice tone-amber" }, icon("warning"), t("The place is not verified.")),
    incident.description && el("p", { class: "field-words" }, incident.description),
    incident.needs && el("p", { class: "notice" }, icon("info"), incident.needs),
    steps(assignment),
    assignment.status === "en_route" && etaLine(assignment.unit.id, assignment.eta),
    way(incident, route),
    caller && el("a", { class: "button", href: `tel:${caller}` }, icon("phone"), incident.caller_name ?? t("Call the caller"), " ", caller),
    el("ol", { class: "stamps" }, STAMPS.filter((s) => assignment[`${s}_at`]).map((s) => el("li", {},
      statusName("assignment", s), " ", el("time", {}, clock(assignment[`${s}_at`]))))),
    el("p", { class: "muted" }, incident.number, " · ", t("reported"), " ",
      el("span", { dataset: { ago: incident.received_at } }, ago(incident.received_at))),
    renderProcedure(incident.procedure, { narrow: true }));
}
