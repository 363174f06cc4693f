/** The readiness check (SOP step 6): crew, equipment, vehicle, each answered by a person. */
import { button, el, icon } from "../shared/dom.js";
import { bindDraft, clearProblems, showProblem, values } from "../shared/form.js";
import { t } from "../shared/i18n.js";
import { attempt, desk } from "./store.js";

const CHECKS = [
  ["crew_ok", () => t("Crew complete"), "crew"],
  ["equipment_ok", () => t("Equipment complete"), "tools"],
  ["vehicle_ok", () => t("Vehicle fit to drive"), "truck"],
];

function freeUnits() {
  const free = desk.units.filter((u) => u.active && u.duty === "available" && !u.busy);
  if (!free.length) {
    return el("p", { class: "notice tone-red" }, icon("warning"), t("No unit of this agency is free now."));
  }
  return el("details", { class: "free-units" },
    el("summary", {}, t("{n} units are free: crew and equipment", { n: free.length })),
    el("ul", {}, free.map((unit) => el("li", {},
      el("strong", {}, unit.call_sign), " ",
      el("span", { class: "muted" }, unit.crew.map((c) => c.name).join(", ") || t("no crew entered")),
      unit.equipment.some((e) => !e.fit) && el("span", { class: "badge tone-red" }, icon("warning"),
        t("unfit: {names}", { names: unit.equipment.filter((e) => !e.fit).map((e) => e.name).join(", ") }))))));
}

export function readinessForm(referral) {
  const form = el("form", { class: "readiness", novalidate: true, dataset: { referral: referral.id, status: referral.status } },
    el("h3", {}, t("Check crew and equipment")),
    freeUnits(),
    CHECKS.map(([name, word, drawing]) => el("label", { class: "check" },
      el("input", { type: "checkbox", name }), icon(drawing), word())),
    el("div", { class: "field" }, el("label", { for: "missing" }, t("What is missing")),
      el("input", { id: "missing", name: "missing", autocomplete: "off" })),
    el("div", { class: "actions" },
      button(t("Ready"), null, { type: "submit", tone: "good", icon: "check", name: "ready", value: "yes" }),
      button(t("Not ready"), null, { type: "submit", tone: "danger", icon: "warning", name: "ready", value: "no" })));
  const kept = bindDraft(form, `readiness-${referral.id}`);
  form.addEventListener("input", () => { form.dataset.touched = "yes"; });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearProblems(form);
    const ready = event.submitter?.value !== "no";
    const data = values(form);
    const ticked = CHECKS.every(([name]) => data[name]);
    if (ready && !ticked) {
      showProblem(form, { field: CHECKS.find(([name]) => !data[name])[0], detail: t("Ready needs crew, equipment and vehicle ticked.") });
      return;
    }
    if (!ready && !data.missing) {
      showProblem(form, { field: "missing", detail: t("Say what is missing.") });
      return;
    }
    delete form.dataset.touched;
    const done = await attempt(`/referrals/${referral.id}/readiness`, {
      crew_ok: data.crew_ok, equipment_ok: data.equipment_ok, vehicle_ok: data.vehicle_ok, ready, missing: data.missing });
    if (done) kept.clear();
  });
  return form;
}
