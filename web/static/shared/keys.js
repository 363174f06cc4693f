/** The keyboard: one table of keys a page, and an overlay on `?` that shows it. */
import { el, icon } from "./dom.js";
import { t } from "./i18n.js";

const table = new Map();

const typing = (node) => node instanceof Element
  && (node.matches("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button])"));

function nameOf(event) {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  if (event.shiftKey && event.key.length > 1) parts.push("Shift");
  // With Alt some keyboards type another sign; the key itself is what was meant.
  const letter = event.altKey && /^(Key|Digit)/.test(event.code) ? event.code.replace(/^(Key|Digit)/, "") : event.key;
  parts.push(letter.length === 1 ? letter.toUpperCase() : letter);
  return parts.join("+");
}

/**
 * keys({"F2": {run: fn, label: t("New call")}, "V": fn, …}). Single letters wait until nobody is typing;
 * a handler that answers false lets the browser have the key. Answers a function that takes the keys away.
 */
export function keys(map) {
  for (const [name, value] of Object.entries(map)) {
    table.set(name, typeof value === "function" ? { run: value } : value);
  }
  return () => Object.keys(map).forEach((name) => table.delete(name));
}

addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented) return;
  const name = nameOf(event);
  const plain = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (plain && typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  if (name === "?") {
    showHelp();
    event.preventDefault();
    return;
  }
  const entry = table.get(name);
  if (entry && entry.run(event) !== false) event.preventDefault();
});

/** The overlay: every key of this page that has a label. */
export function showHelp() {
  const rows = [...table].filter(([, entry]) => entry.label)
    .map(([name, entry]) => [el("dt", {}, el("kbd", {}, name)), el("dd", {}, entry.label)]);
  const close = () => dialog.close();
  const dialog = el("dialog", { class: "help-dialog", "aria-labelledby": "help-title" },
    el("header", { class: "dialog-head" }, icon("help"), el("h2", { id: "help-title" }, t("Keys on this screen")),
      el("button", { type: "button", class: "button button-quiet button-icon", "aria-label": t("Close"), onclick: close }, icon("cross"))),
    el("div", { class: "dialog-body" },
      el("dl", { class: "help-keys" }, rows, el("dt", {}, el("kbd", {}, "?")), el("dd", {}, t("This help")))));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
