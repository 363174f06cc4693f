/** The crew's steps: one press each, kept with the time it was pressed until the server has it. */
import { api } from "../shared/api.js";
import { t } from "../shared/i18n.js";
import { toast, toastProblem } from "../shared/toast.js";
import { nowMs } from "../shared/time.js";

const QUEUE = "field-steps";
const queue = () => JSON.parse(localStorage.getItem(QUEUE) ?? "[]");
const keep = (items) => localStorage.setItem(QUEUE, JSON.stringify(items));
const listeners = [];

/** The word on the button: what the crew is about to say. */
export const SAY = {
  acknowledged: [t("Received, getting ready"), "check"],
  en_route: [t("On our way"), "arrow-right"],
  on_scene: [t("Arrived"), "pin"],
  transporting: [t("Taking a patient"), "ambulance"],
  at_hospital: [t("At the hospital"), "hospital"],
  cleared: [t("Done, we are free"), "flag"],
};

/** Steps pressed but not yet with the server. */
export const waitingSteps = () => queue();
export const onSteps = (fn) => listeners.push(fn);
const tell = () => listeners.forEach((fn) => fn(queue()));

export function report(assignmentId, step) {
  keep([...queue(), { id: assignmentId, step, occurred_at: new Date(nowMs()).toISOString() }]);
  navigator.vibrate?.(60);
  tell();
  return flush();
}

let sending = false;
export async function flush() {
  if (sending) return;
  sending = true;
  try {
    for (let items = queue(); items.length; items = queue()) {
      const { id, step, occurred_at } = items[0];
      await api.post(`/assignments/${id}/steps`, { step, occurred_at });
      keep(queue().slice(1));
      tell();
    }
  } catch (problem) {
    if (problem.status === 0 || problem.status >= 500) {
      toast(t("No connection: the step is kept and sent later."), "warning");
    } else {
      const [refused, ...rest] = queue();
      keep(rest);
      toastProblem(problem);
      if (refused) console.warn("refused step", refused);
    }
    tell();
  } finally {
    sending = false;
  }
}
setInterval(() => { if (queue().length) flush(); }, 8000);
addEventListener("online", flush);
