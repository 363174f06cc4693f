/** The last step can be taken back for a minute: before it is sent it never leaves the phone, after that the server takes it back. */
import { button, el, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { statusName } from "../shared/status.js";
import { clock } from "../shared/time.js";
import { toast, toastProblem } from "../shared/toast.js";
import { linkState, onTaken, press, undo, waiting } from "./outbox.js";
import { lastStep } from "./picture.js";
import { user } from "./who.js";

// The server counts sixty seconds from when a step was entered, which is never before it was pressed.
const OFFERED_MS = 55000;

let lastTaken = await lastStep.load(user);
const isOffered = (step) => Date.now() - step.made_ms < OFFERED_MS;

onTaken(async (entry) => {
  await lastStep.note(entry);
  lastTaken = await lastStep.load(user);
});

async function takeBack(entry) {
  // Held for a few seconds it has gone nowhere yet; afterwards nobody here knows whether it has arrived.
  if (entry.id && (await undo(entry.id))) return;
  if (!isOffered(entry)) {
    toast(t("A step can be taken back for a minute only. Ask the dispatcher to correct it."), "warning");
    return;
  }
  await press({ kind: "undo", of: entry.of, path: `/assignments/${entry.of}/undo`, body: { step: entry.body.step } });
}

/** What became of what was pressed: held, waiting, on its way, recorded. */
function standing(entry) {
  if (!entry.id) return ["check", "blue", t("Recorded.")];
  if (entry.hold_until_ms > Date.now()) return ["check", "blue", ""];
  if (linkState() === "sending") return ["upload", "blue", t("It is being sent…")];
  return ["offline", "amber", t("It is waiting for a connection.")];
}

function line(entry, offered) {
  const [drawing, tone, words] = standing(entry);
  return el("div", { class: `notice tone-${tone} field-undo` }, icon(drawing),
    el("p", {}, t("“{step}” at {time}", { step: statusName("assignment", entry.body.step), time: clock(entry.pressed_at, { seconds: true }) }), " ", words),
    offered && button(t("Undo"), () => takeBack(entry).catch(toastProblem), { icon: "back", class: "field-step", dataset: { undo: entry.body.step } }));
}

const undoing = ({ body, pressed_at }) => el("p", { class: "notice tone-amber" }, icon("back"),
  t("“{step}” is taken back as soon as there is a connection (pressed at {time}).", { step: statusName("assignment", body.step), time: clock(pressed_at, { seconds: true }) }));

let redraw = 0;
/** The lines of what was pressed on one assignment, the last with its button; `status` is where the assignment stands. */
export function renderPressed(of, status, draw) {
  const lines = waiting({ of }).filter(({ kind }) => kind === "step" || kind === "undo");
  const last = lines.at(-1) ?? lastTaken;
  const offered = last && last.of === of && last.kind !== "undo" && last.body.step === status && isOffered(last);
  clearTimeout(redraw);
  if (offered) redraw = setTimeout(draw, OFFERED_MS - (Date.now() - last.made_ms));
  return [lines.map((entry) => (entry.kind === "undo" ? undoing(entry) : line(entry, offered && entry === last))),
    !lines.length && offered && line(last, true)];
}

/** The assignment whose end was pressed a moment ago: it is gone from the screen, but not for good. */
export function justEnded() {
  return lastTaken?.body.step === "cleared" && isOffered(lastTaken) ? lastTaken.of : null;
}
