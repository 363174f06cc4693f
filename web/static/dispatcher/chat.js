/** The chat of the case on screen: one panel a case, so that what is half written is never taken away. */
import { chatPanel } from "../shared/chat.js";
import { fill, find } from "../shared/dom.js";
import { desk, when } from "./store.js";

let panel = null;
let shown = null;

/** Keep the chat of the chosen case in `root`; answers focus(). */
export function showChat(root, me) {
  when("incident", () => {
    const id = desk.incident?.id ?? null;
    if (id === shown) return;
    shown = id;
    panel?.destroy();
    panel = id === null ? null : chatPanel({ incidentId: id, me });
    root.hidden = !panel;
    fill(root, panel?.node ?? "");
  });
  return () => find("textarea", root)?.focus();
}
