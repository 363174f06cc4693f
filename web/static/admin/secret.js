/** Shows a secret once, with a button that copies it: it is not kept and cannot be shown again. */
import { button, el, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { toast } from "../shared/toast.js";

async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast(t("Copied"), "good");
}

/** Each value with a button that copies it. */
export const secretLines = (lines) => lines.map(([label, value]) => el("div", { class: "secret" }, el("span", { class: "field-label" }, label),
  el("div", { class: "secret-line" }, el("code", {}, value),
    navigator.clipboard && button(t("Copy"), () => copy(value), { icon: "copy" }))));

/** showSecret({title, text, lines: [[label, value]], after: [nodes]}) → resolves when it was read. */
export function showSecret({ title, text, lines, after = [] }) {
  return new Promise((resolve) => {
    const dialog = el("dialog", { "aria-labelledby": "secret-title" },
      el("header", { class: "dialog-head" }, icon("lock"), el("h2", { id: "secret-title" }, title)),
      el("div", { class: "dialog-body" },
        el("div", { class: "notice tone-amber" }, icon("warning"), el("p", {}, text)),
        secretLines(lines),
        after),
      el("footer", { class: "dialog-foot" }, button(t("I have noted it"), () => dialog.close(), { tone: "primary", autofocus: true })));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
