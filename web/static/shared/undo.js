/** A step that was just entered can be taken back for a minute: a line with a button, and the key Z. */
import { api } from "./api.js";
import { button } from "./dom.js";
import { t } from "./i18n.js";
import { toast, toastProblem } from "./toast.js";

// The server counts sixty seconds from when it was entered; the offer ends a little before that.
const OFFERED_MS = 55000;
let last = null;

/** Say what was done and offer to take it back; done() is called after it was. */
export function offerUndo(text, path, done = () => {}) {
  last?.message.remove();
  const message = toast(text, "good", OFFERED_MS);
  const mine = { message, run: undo };
  last = mine;
  const forget = () => { if (last === mine) last = null; };
  async function undo() {
    forget();
    message.remove();
    try {
      await api.post(`${path}/undo`);
      toast(t("Taken back."), "info");
    } catch (problem) {
      toastProblem(problem);
    }
    done();
  }
  message.querySelector("p").after(button(t("Undo"), undo, { icon: "back", key: "Z", dataset: { undo: path } }));
  message.querySelector("[aria-label]")?.addEventListener("click", forget);
  setTimeout(forget, OFFERED_MS);
}

/** Take back the last step that is still on offer; false when there is none. */
export function undoStep() {
  if (!last) return false;
  last.run();
  return true;
}
