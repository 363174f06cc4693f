/** The crew's steps: one press each, with gloves; it counts at once and is never lost. */
import { button, el, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { statusName } from "../shared/status.js";
import { clock } from "../shared/time.js";
import { toastProblem } from "../shared/toast.js";
import { press, waiting } from "./outbox.js";
import { renderPressed } from "./undo.js";

const UNDO_MS = 4000;
// A second tap of the same finger must not press what has just taken the place of the first button.
const ARMED_AFTER_MS = 1200;

/** The word on the button: what the crew is about to say. */
export const SAY = {
  acknowledged: [t("Received, getting ready"), "check"],
  en_route: [t("On our way"), "arrow-right"],
  on_scene: [t("Arrived"), "pin"],
  transporting: [t("Taking a patient"), "ambulance"],
  at_hospital: [t("At the hospital"), "hospital"],
  cleared: [t("Done, we are free"), "flag"],
};

const ORDER = ["dispatched", ...Object.keys(SAY)];

/** The assignment as the crew has left it: what the server knows and, on top, what waits to be sent. */
export function asPressed(assignment, ahead) {
  const seen = { ...assignment };
  for (const { kind, body } of waiting({ of: assignment.id })) {
    const stamp = `${body.step}_at`;
    if (kind === "step" && !seen[stamp]) {
      seen.status = body.step;
      seen[stamp] = body.occurred_at;
    } else if (kind === "undo" && seen.status === body.step) {
      seen[stamp] = null;
      seen.status = ORDER.findLast((step) => seen[`${step}_at`]);
    } else continue;
    seen.next_steps = ahead[seen.status] ?? [];
  }
  return seen;
}

export const report = (assignment, step, at = null) => press({
  kind: "step", of: assignment.id, path: `/assignments/${assignment.id}/steps`, body: { step }, undo_ms: UNDO_MS, at });

let pressed_ms = 0;
function stepButton(assignment, step, main) {
  const [word, drawing] = SAY[step];
  const node = button(word, async () => {
    if (Date.now() - pressed_ms < ARMED_AFTER_MS) return;
    pressed_ms = Date.now();
    await report(assignment, step).catch(toastProblem);
  }, { tone: main ? "primary" : null, icon: drawing, class: `field-step${main ? " field-step-main" : ""}`, dataset: { step } });
  const rest_ms = ARMED_AFTER_MS - (Date.now() - pressed_ms);
  if (rest_ms > 0) {
    node.disabled = true;
    setTimeout(() => { node.disabled = false; }, rest_ms);
  }
  return node;
}

// What was pressed since speaks before the position.
const PRESSED = ["step", "undo", "decline"];

/** What the phone's position says of the next step; it counts only when the crew says so. */
function proposalPart(assignment) {
  const { proposal } = assignment;
  if (!proposal || !assignment.next_steps.includes(proposal.step) || waiting({ of: assignment.id }).some(({ kind }) => PRESSED.includes(kind))) return null;
  const time = clock(proposal.seen_at, { seconds: true });
  const [word, drawing] = SAY[proposal.step];
  return el("section", { class: "notice tone-violet field-proposal", role: "status" }, icon("crosshair"),
    el("p", {}, t("By its position: “{step}” at {time}. Is that so?", { step: statusName("assignment", proposal.step), time })),
    el("div", { class: "field-pair" },
      button(t("Yes: {step}", { step: word }), () => report(assignment, proposal.step, proposal.seen_at).catch(toastProblem),
        { tone: "good", icon: drawing, class: "field-step", dataset: { confirm: proposal.step } }),
      button(t("No, not yet"), () => press({ kind: "decline", of: assignment.id, path: `/assignments/${assignment.id}/proposal/decline` }).catch(toastProblem),
        { icon: "cross", class: "field-step", dataset: { decline: proposal.step } })));
}

/** What waits, and the buttons of what may come next. `assignment` is as pressed. */
export function renderSteps(assignment, draw) {
  const next = assignment.next_steps.filter((step) => SAY[step]);
  return [proposalPart(assignment), renderPressed(assignment.id, assignment.status, draw),
    next.map((step, i) => stepButton(assignment, step, i === 0))];
}
