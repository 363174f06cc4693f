/** Units at work on this case: where each stands, and the steps a crew reports by radio. */
import { ask } from "../shared/ask.js";
import { correctButton } from "../shared/correct.js";
import { badge, iconName, statusName } from "../shared/status.js";
import { button, el, icon } from "../shared/dom.js";
import { etaLine } from "../shared/eta.js";
import { t } from "../shared/i18n.js";
import { ago, clock } from "../shared/time.js";
import { offerUndo } from "../shared/undo.js";
import { act, attempt, refresh } from "./store.js";

const STAMPS = ["dispatched", "acknowledged", "en_route", "on_scene", "transporting", "at_hospital", "cleared", "cancelled"];
const CANCELLABLE = new Set(["dispatched", "acknowledged", "en_route"]);

const cancel = (assignment) => ask({
  title: t("Call {unit} back", { unit: assignment.unit.call_sign }), icon: "back", danger: true, confirm: t("Call back"),
  fields: [{ name: "reason", label: t("Reason"), required: true }],
  submit: ({ reason }) => act(`/assignments/${assignment.id}/cancel`, { reason }),
}).then((done) => done && taken(assignment, "cancelled"));

const again = () => { refresh.referrals(); refresh.units(); refresh.incident(); refresh.ranking(); };
const taken = (assignment, step) => offerUndo(`${assignment.unit.call_sign}: ${statusName("assignment", step)}`, `/assignments/${assignment.id}`, again);

function stamps(assignment) {
  const done = STAMPS.filter((name) => assignment[`${name}_at`]);
  return el("ol", { class: "stamps" }, done.map((name) => el("li", {},
    el("span", {}, statusName("assignment", name)), el("time", {}, clock(assignment[`${name}_at`])))));
}

/** A step the unit seems to have taken by its position: whoever has the crew on the radio confirms it. */
function proposed(assignment) {
  const { proposal } = assignment;
  if (!proposal) return null;
  const named = { step: statusName("assignment", proposal.step), time: clock(proposal.seen_at) };
  return el("div", { class: "notice tone-violet" }, icon("crosshair"), el("p", {}, t("By its position: “{step}” at {time}", named)),
    button(t("Confirm"), () => attempt(`/assignments/${assignment.id}/steps`, { step: proposal.step, occurred_at: proposal.seen_at }), { icon: "check" }),
    button(t("Not so"), () => attempt(`/assignments/${assignment.id}/proposal/decline`, {}), { icon: "cross", tone: "quiet" }));
}

function row(assignment) {
  const since = assignment[`${assignment.status}_at`];
  const mayCancel = CANCELLABLE.has(assignment.status);
  return el("li", { class: "assignment" },
    el("div", { class: "assignment-head" }, icon(iconName(assignment.unit.icon, "truck"), { large: true }),
      el("strong", {}, assignment.unit.call_sign), badge("assignment", assignment.status),
      since && el("span", { class: "muted", dataset: { ago: since } }, ago(since))),
    assignment.status === "en_route" && etaLine(assignment.unit.id, assignment.eta),
    proposed(assignment),
    stamps(assignment),
    assignment.cancel_reason && el("p", { class: "muted" }, assignment.cancel_reason),
    correctButton("assignment", assignment, STAMPS.map((name) => `${name}_at`), again),
    (assignment.next_steps.length > 0 || mayCancel) && el("div", { class: "actions" },
      assignment.next_steps.filter((s) => s !== "cancelled").map((step) =>
        button(statusName("assignment", step), async () => {
          if (await attempt(`/assignments/${assignment.id}/steps`, { step })) taken(assignment, step);
        })),
      mayCancel && button(t("Call back"), () => cancel(assignment), { tone: "danger" })));
}

export function renderAssignments(referral, incident) {
  const mine = incident.assignments.filter((a) => a.referral_id === referral.id);
  if (!mine.length) return null;
  return el("section", { class: "case-assignments" }, el("h3", {}, t("Units sent")), el("ul", {}, mine.map(row)));
}
