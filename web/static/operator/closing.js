/** The operator's closing report: how it ended, in words, who was harmed; kept as it is typed. */
import { api } from "../shared/api.js";
import { button, el, icon } from "../shared/dom.js";
import { bindDraft, clearProblems, showProblem, values } from "../shared/form.js";
import { t } from "../shared/i18n.js";
import { offerUndo } from "../shared/undo.js";
import { CASUALTIES, OUTCOMES } from "./case_parts.js";

/** closingForm(incident, done) → form */
export function closingForm(incident, done) {
  const form = el("form", { class: "case-part", novalidate: true, id: "closing" },
    el("h3", {}, icon("document"), t("Closing report")),
    el("div", { class: "field" }, el("label", { for: "closing-outcome" }, t("Outcome")),
      el("select", { name: "outcome", id: "closing-outcome" }, OUTCOMES.map((word) => el("option", { value: word }, word)))),
    el("div", { class: "field" }, el("label", { for: "closing-summary" }, t("Summary")),
      el("textarea", { name: "summary", id: "closing-summary", rows: 4, maxlength: 8000 })),
    el("div", { class: "fields-2" }, Object.entries(CASUALTIES).map(([code, word]) => el("div", { class: "field" },
      el("label", { for: `closing-${code}` }, word), el("input", { type: "number", min: 0, step: 1, name: code, id: `closing-${code}`, value: "0" })))),
    el("div", { class: "actions" }, button(t("Close the case"), null, { type: "submit", tone: "primary", icon: "lock", key: "Ctrl+Enter" })));
  const kept = bindDraft(form, `closing-${incident.id}`);
  let busy = false;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    clearProblems(form);
    const { outcome, summary, ...harmed } = values(form);
    if (!summary) {
      showProblem(form, { field: "summary", detail: t("Write in a sentence or two what happened and what was done.") });
      return;
    }
    busy = true;
    try {
      const casualties = Object.fromEntries(Object.entries(harmed).map(([who, n]) => [who, n ?? 0]));
      await api.post(`/incidents/${incident.id}/close`, { outcome, summary, casualties });
      kept.clear();
      offerUndo(t("{number} closed. The case is on its way to the data centre.", { number: incident.number }), `/incidents/${incident.id}`, done);
      done();
    } catch (problem) {
      showProblem(form, problem);
    } finally {
      busy = false;
    }
  });
  return form;
}
