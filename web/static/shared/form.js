/** Forms that lose nothing: values in and out, drafts that survive a reload, errors at their field. */
import { el, icon } from "./dom.js";
import { toastProblem } from "./toast.js";

/** Every named control as {name: value}; empty text is null, number inputs are numbers, checkboxes booleans. */
export function values(form) {
  const out = {};
  for (const control of form.elements) {
    if (!control.name || control.disabled) continue;
    if (control.type === "checkbox") out[control.name] = control.checked;
    else if (control.type === "radio") {
      if (control.checked) out[control.name] = control.value;
      else out[control.name] ??= null;
    } else if (control.type === "number") out[control.name] = control.value === "" ? null : Number(control.value);
    else out[control.name] = control.value.trim() === "" ? null : control.value.trim();
  }
  return out;
}

export function setValues(form, data) {
  for (const control of form.elements) {
    if (!control.name || !(control.name in data)) continue;
    const value = data[control.name];
    if (control.type === "checkbox") control.checked = Boolean(value);
    else if (control.type === "radio") control.checked = String(value) === control.value;
    else control.value = value ?? "";
  }
}

/** A small box in sessionStorage: draft("call-12").save({…}), .load(), .clear(). */
export function draft(key) {
  const name = `draft:${key}`;
  return {
    load() {
      const text = sessionStorage.getItem(name);
      return text ? JSON.parse(text) : null;
    },
    save(data) { sessionStorage.setItem(name, JSON.stringify(data)); },
    clear() { sessionStorage.removeItem(name); },
  };
}

/** Keep a form's values as they are typed, and bring them back after a reload; answers the draft. */
export function bindDraft(form, key) {
  const kept = draft(key);
  const before = kept.load();
  if (before) setValues(form, before);
  form.addEventListener("input", () => kept.save(values(form)));
  return kept;
}

export function clearProblems(form) {
  form.querySelectorAll(".field-error").forEach((node) => node.remove());
  form.querySelectorAll("[aria-invalid]").forEach((node) => {
    node.removeAttribute("aria-invalid");
    node.removeAttribute("aria-describedby");
  });
}

let serial = 0;
/** A refusal goes to its field ("location.lat" finds lat, then location); without one it is a toast. */
export function showProblem(form, problem, aliases = {}) {
  clearProblems(form);
  const wanted = (problem.field ?? "").split(".").reverse().flatMap((n) => [aliases[n], n]).filter(Boolean);
  const control = wanted.map((n) => form.querySelector(`[name="${CSS.escape(n)}"]`)).find(Boolean);
  if (!control) {
    toastProblem(problem);
    return null;
  }
  const id = `problem-${++serial}`;
  const box = control.closest(".field") ?? control.parentElement;
  box.append(el("p", { class: "field-error", id, role: "alert" }, icon("warning"), problem.detail));
  control.setAttribute("aria-invalid", "true");
  control.setAttribute("aria-describedby", id);
  control.focus();
  control.addEventListener("input", () => clearProblems(form), { once: true });
  return control;
}
