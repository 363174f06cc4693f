/** A question before an act that cannot be taken back; asks for a reason where the record needs one. */
import { button, el, icon } from "./dom.js";
import { t } from "./i18n.js";
import { clearProblems, showProblem, values } from "./form.js";

/**
 * ask({title, text, confirm, danger, fields, submit}) → the submit's answer, or null when the person said no.
 * fields: [{name, label, type: "text"|"textarea"|"number"|"select"|"checks", required, value, options: [[value, word]], hint}];
 * of "checks" each option is answered as `name:value`, true or false (checked() collects them).
 * submit(values) does the act; if it is refused, the refusal is shown at the field and the question stays open.
 */
export function ask({ title, text = "", confirm = t("Yes"), danger = false, icon: drawing = "other", fields = [], submit = async (v) => v }) {
  return new Promise((resolve) => {
    let answer = null;
    const form = el("form", { method: "dialog", novalidate: true },
      el("header", { class: "dialog-head" }, icon(drawing), el("h2", { id: "ask-title" }, title)),
      el("div", { class: "dialog-body" }, text && el("p", {}, text), fields.map(askField)),
      el("footer", { class: "dialog-foot" },
        button(t("Go back"), () => dialog.close(), { key: "Esc" }),
        button(confirm, null, { type: "submit", tone: danger ? "danger-solid" : "primary", key: "Ctrl+Enter" })));
    const dialog = el("dialog", { "aria-labelledby": "ask-title" }, form);
    let busy = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (busy) return;
      clearProblems(form);
      const data = values(form);
      const missing = fields.find((f) => f.required && (data[f.name] === null || data[f.name] === ""));
      if (missing) {
        showProblem(form, { field: missing.name, detail: t("Please fill this in.") });
        return;
      }
      busy = true;
      try {
        answer = await submit(data);
        dialog.close();
      } catch (problem) {
        showProblem(form, problem);
      } finally {
        busy = false;
      }
    });
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.ctrlKey) form.requestSubmit();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    (form.querySelector("input, textarea, select") ?? form.querySelector("[type=submit]")).focus();
  });
}

/** The ticked options of a field of checks. */
export const checked = (data, name) => Object.keys(data).filter((key) => key.startsWith(`${name}:`) && data[key]).map((key) => key.slice(name.length + 1));

function askField(field) {
  const id = `ask-${field.name}`;
  const attrs = { id, name: field.name, "aria-required": field.required ? "true" : null };
  let control;
  if (field.type === "checks") {
    return el("fieldset", { class: "field" }, el("legend", {}, field.label), el("div", { class: "checks" },
      field.options.map(([value, word]) => el("label", { class: "check" },
        el("input", { type: "checkbox", name: `${field.name}:${value}`, checked: (field.value ?? []).includes(value) }), el("span", {}, word)))),
    field.hint && el("p", { class: "field-hint" }, field.hint));
  }
  if (field.type === "textarea") control = el("textarea", { ...attrs, rows: 3 });
  else if (field.type === "select") {
    control = el("select", attrs, (field.options ?? []).map(([value, word]) => el("option", { value }, word)));
  } else control = el("input", { ...attrs, type: field.type ?? "text", min: field.min, step: field.step, autocomplete: "off" });
  if (field.value !== undefined) control.value = field.value;
  return el("div", { class: "field" }, el("label", { for: id }, field.label), control,
    field.hint && el("p", { class: "field-hint" }, field.hint));
}
