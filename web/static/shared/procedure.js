/** The SOP as a line: what is done, when and by whom, what is next and whose turn it is. */
import { el, icon } from "./dom.js";
import { localName, t } from "./i18n.js";
import { clock } from "./time.js";

const PEOPLE = {
  public: t("the public"), caller: t("the caller"), operator: t("the operator"), dispatcher: t("the agency's dispatcher"),
  agency: t("the agency's dispatcher"), crew: t("the field crew"), field: t("the field crew"), system: t("the system"),
};
const STATES = { done: t("done"), current: t("now"), waiting: t("waiting"), skipped: t("skipped") };

export const whose = (who) => PEOPLE[who] ?? who ?? "";

/** renderProcedure(steps) → node. `narrow` shows only the dots and the sentence for what is next. */
export function renderProcedure(steps, { narrow = false } = {}) {
  const current = steps.find((s) => s.state === "current");
  const line = el("ol", { class: `procedure${narrow ? " is-narrow" : ""}` },
    steps.map((step) => el("li", {
      class: `procedure-step is-${step.state}`, "aria-current": step.state === "current" ? "step" : null,
      title: [`${step.number}. ${localName(step, "label")}`, step.by].filter(Boolean).join(" · "),
    },
      el("span", { class: "procedure-dot" }, step.state === "done" ? icon("check") : String(step.number)),
      el("span", { class: "procedure-label" }, localName(step, "label")),
      el("span", { class: "procedure-time" }, step.at ? clock(step.at) : ""),
      el("span", { class: "visually-hidden" },
        `${step.number}. ${STATES[step.state] ?? step.state}${step.by ? `, ${step.by}` : ""}`))));
  line.style.setProperty("--steps", String(steps.length));
  const next = current && el("p", { class: "procedure-next" }, icon("arrow-right"),
    el("span", {}, t("Step {number}: {label}", { number: current.number, label: localName(current, "label") }),
      current.whose_turn ? [" – ", t("it is the turn of {who}", { who: whose(current.whose_turn) })] : ""));
  const drawings = { done: "check", current: "arrow-right", skipped: "minus", waiting: "clock" };
  const all = el("details", { class: "procedure-all" }, el("summary", {}, t("All steps, when and by whom")),
    el("ol", {}, steps.map((step) => el("li", { class: `is-${step.state}` }, icon(drawings[step.state] ?? "clock"), `${step.number}.`,
      el("span", {}, localName(step, "label"), step.by && el("small", {}, ` · ${step.by}`)), el("span", {}, step.at ? clock(step.at) : STATES[step.state])))));
  return el("section", { class: "procedure-box", "aria-label": t("Procedure") }, line, next, narrow ? null : all);
}
