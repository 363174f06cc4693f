/** Short messages that do not steal the focus; errors stay until they are read. */
import { el, icon } from "./dom.js";
import { t } from "./i18n.js";

const TONES = {
  info: ["blue", "info"], good: ["green", "check"], warning: ["amber", "warning"], error: ["red", "warning"],
};

function shelf() {
  return document.querySelector(".toasts") ?? document.body.appendChild(el("div", { class: "toasts" }));
}

/** toast("Saved", "good"); answers the node, so that it can be removed early. */
export function toast(text, kind = "info", ms = kind === "error" ? 20000 : 6000) {
  const [tone, drawing] = TONES[kind] ?? TONES.info;
  const node = el("div", { class: `toast tone-${tone}`, role: kind === "error" ? "alert" : "status" },
    icon(drawing), el("p", {}, text),
    el("button", { type: "button", "aria-label": t("Dismiss"), onclick: () => node.remove() }, icon("cross")));
  shelf().append(node);
  setTimeout(() => node.remove(), ms);
  return node;
}

/** Show a refusal (or any error) as a toast. */
export function toastProblem(problem) {
  toast(problem.detail || problem.message, "error");
  if (problem.name !== "Problem") console.error(problem);
}
