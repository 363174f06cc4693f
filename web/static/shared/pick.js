/** Ticks among many: a dialog with a filter; Space ticks, Ctrl+Enter takes it. */
import { button, el, fill, icon } from "./dom.js";
import { t } from "./i18n.js";
import { toastProblem } from "./toast.js";

/**
 * pick({title, icon, options: [{value, label, note}], chosen, confirm, said(chosen) → nodes, submit(values)})
 * → what submit answered, or null when the person went back. A refusal keeps the dialog open.
 */
export function pick({ title, icon: drawing = "people", options, chosen = [], confirm = t("Save"), said = null, submit }) {
  return new Promise((resolve) => {
    const ticked = new Set(chosen);
    const summary = el("div", { class: "pick-said", "aria-live": "polite" });
    const list = el("ul", { class: "pick-list" });
    let answer = null;
    const tell = () => { if (said) fill(summary, said([...ticked])); };
    const draw = (wanted = "") => fill(list, options
      .filter((one) => `${one.label} ${one.note ?? ""}`.toLowerCase().includes(wanted))
      .map((one) => el("li", {}, el("label", { class: "check" },
        el("input", { type: "checkbox", value: String(one.value), checked: ticked.has(one.value), onchange: (event) => {
          if (event.target.checked) ticked.add(one.value);
          else ticked.delete(one.value);
          tell();
        } }),
        el("span", {}, el("strong", {}, one.label), one.note && el("small", { class: "muted" }, ` · ${one.note}`))))));
    const form = el("form", { method: "dialog" },
      el("header", { class: "dialog-head" }, icon(drawing), el("h2", { id: "pick-title" }, title)),
      el("div", { class: "dialog-body" },
        el("input", { class: "input", type: "search", placeholder: t("Filter"), "aria-label": t("Filter the list"),
          oninput: (event) => draw(event.target.value.trim().toLowerCase()) }),
        summary, options.length ? list : el("p", { class: "muted" }, t("There is nothing here yet."))),
      el("footer", { class: "dialog-foot" },
        button(t("Go back"), () => dialog.close(), { key: "Esc" }),
        button(confirm, null, { type: "submit", tone: "primary", key: "Ctrl+Enter" })));
    const dialog = el("dialog", { "aria-labelledby": "pick-title" }, form);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        answer = await submit(options.map((one) => one.value).filter((value) => ticked.has(value)));
        dialog.close();
      } catch (problem) {
        toastProblem(problem);
      }
    });
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.ctrlKey) form.requestSubmit();
      else if (event.key === "Enter" && event.target.type !== "submit") event.preventDefault();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    draw();
    tell();
    document.body.append(dialog);
    dialog.showModal();
    form.querySelector("input[type=search]").focus();
  });
}
