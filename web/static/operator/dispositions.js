/** Calls that make no incident: one key closes the call, and a few seconds are left to take it back. */
import { api } from "../shared/api.js";
import { button, el } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { status } from "../shared/status.js";
import { toast, toastProblem } from "../shared/toast.js";

const UNDO_MS = 4000;
/** code → its key: alone when nobody types, with Alt while typing. */
export const DISPOSITIONS = { hantu: "H", prank: "P", informasi: "I", salah_sambung: "S", terputus: "T" };

/** Calls whose disposition is chosen but not sent yet. */
export const closing = new Set();
const unsent = new Map();
let last = null;

// Leaving the page is no undo: what was decided is sent at once.
addEventListener("pagehide", () => {
  for (const [id, body] of unsent) api.farewell(`/calls/${id}/close`, body);
  unsent.clear();
});

export function dispositionButtons(choose) {
  return el("div", { class: "dispositions", role: "group", "aria-label": t("Close the call without an incident") },
    Object.entries(DISPOSITIONS).map(([code, letter]) => {
      const s = status("disposition", code);
      return button(s.word, () => choose(code), { icon: s.icon, key: letter, dataset: { disposition: code } });
    }));
}

/** Close the call so, unless it is undone in time; undone() brings the call back to the screen. */
export function closeCall(call, code, { note = null, undone, done }) {
  closing.add(call.id);
  unsent.set(call.id, { disposition: code, note });
  const message = toast(t("Call closed: {word}.", { word: status("disposition", code).word }), "good");
  const undo = () => {
    clearTimeout(timer);
    closing.delete(call.id);
    unsent.delete(call.id);
    message.remove();
    last = null;
    undone();
  };
  message.querySelector("p").after(button(t("Undo"), undo, { icon: "back", key: "Z" }));
  const timer = setTimeout(async () => {
    last = null;
    unsent.delete(call.id);
    message.remove();
    try {
      await api.post(`/calls/${call.id}/close`, { disposition: code, note });
      closing.delete(call.id);
      done();
    } catch (problem) {
      toastProblem(problem);
      undo();
    }
  }, UNDO_MS);
  last = undo;
}

export function undoLast() {
  if (!last) return false;
  last();
  return true;
}
