/** The readiness check (SOP step 6): filled in by what is known of each unit, answered by a person. */
import { api } from "../shared/api.js";
import { button, el, fill, icon } from "../shared/dom.js";
import { bindDraft, clearProblems, setValues, showProblem, values } from "../shared/form.js";
import { localName, t } from "../shared/i18n.js";
import { toastProblem } from "../shared/toast.js";
import { knownUnits } from "./readiness_units.js";
import { attempt } from "./store.js";

const CHECKS = [
  ["crew_ok", () => t("Crew complete"), "crew"],
  ["equipment_ok", () => t("Equipment complete"), "tools"],
  ["vehicle_ok", () => t("Vehicle fit to drive"), "truck"],
];

/** What was known last of the referral on screen: a form that is drawn again begins with it. */
let last = { id: null, known: null };

/** The ticks and the words that follow from what is known; what a person typed stays. */
function prefill(form, known, touched) {
  if (!touched) {
    const { crew_ok, equipment_ok, vehicle_ok } = known.prefilled;
    setValues(form, { crew_ok, equipment_ok, vehicle_ok, missing: localName(known.prefilled, "missing") });
  }
}

export function readinessForm(referral) {
  const units = el("div", { class: "known-units", "aria-live": "polite" },
    el("p", { class: "muted" }, icon("clock"), " ", t("Looking up what is known of the units…")));
  const form = el("form", { class: "readiness", novalidate: true, dataset: { referral: referral.id, status: referral.status } },
    el("h3", {}, t("Check crew and equipment")),
    units,
    CHECKS.map(([name, word, drawing]) => el("label", { class: "check" },
      el("input", { type: "checkbox", name }), icon(drawing), word())),
    el("div", { class: "field" }, el("label", { for: "missing" }, t("What is missing")),
      el("textarea", { id: "missing", name: "missing", rows: 2, autocomplete: "off" })),
    el("div", { class: "actions" },
      button(t("Ready"), null, { type: "submit", tone: "good", icon: "check", name: "ready", value: "yes" }),
      button(t("Not ready"), null, { type: "submit", tone: "danger", icon: "warning", name: "ready", value: "no" })));
  const kept = bindDraft(form, `readiness-${referral.id}`);
  const touched = () => form.dataset.touched === "yes" || Boolean(kept.load());
  const show = (known) => {
    fill(units, knownUnits(known));
    prefill(form, known, touched());
  };
  if (last.id === referral.id) show(last.known);
  api.get(`/referrals/${referral.id}/readiness`).then((known) => {
    last = { id: referral.id, known };
    show(known);
  }).catch(toastProblem);
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
      crew_ok: data.crew_ok, equipment_ok: data.equipment_ok, vehicle_ok: data.vehicle_ok, ready, missing: ready ? null : data.missing });
    if (done) kept.clear();
  });
  return form;
}
