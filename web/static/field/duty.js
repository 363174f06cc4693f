/** No assignment: the crew sees its own state and can go on or off duty. */
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { button, el, icon } from "../shared/dom.js";
import { localName, t } from "../shared/i18n.js";
import { toastProblem } from "../shared/toast.js";

async function set(unit, duty, after) {
  try {
    await api.put(`/units/${unit.id}/duty`, { duty, reason: null });
  } catch (problem) {
    toastProblem(problem);
  }
  after();
}

const outOfService = (unit, after) => ask({
  title: t("Out of service"), icon: "cross", danger: true, confirm: t("Out of service"),
  fields: [{ name: "reason", label: t("Reason"), required: true }],
  submit: async ({ reason }) => {
    await api.put(`/units/${unit.id}/duty`, { duty: "out_of_service", reason });
    after();
    return true;
  },
});

export function renderDuty(unit, after) {
  const ready = unit.duty === "available";
  return el("article", { class: "field-job" },
    el("div", { class: "empty" }, icon(ready ? "check-double" : "moon", { large: true }),
      el("h2", {}, ready ? t("Ready. No assignment now.") : t("Not on duty.")),
      el("p", {}, ready ? t("A new assignment appears here with a sound.") : (unit.duty_reason ?? ""))),
    el("div", { class: "field-steps" },
      !ready && button(t("On duty"), () => set(unit, "available", after), { tone: "good", icon: "check", class: "field-step field-step-main" }),
      ready && button(t("Off duty"), () => set(unit, "off_duty", after), { icon: "moon", class: "field-step" }),
      unit.duty !== "out_of_service" && button(t("Out of service"), () => outOfService(unit, after), { tone: "danger", icon: "cross", class: "field-step" })),
    el("details", {}, el("summary", {}, localName(unit.type), " · ", unit.station?.name ?? ""),
      el("h3", {}, t("Crew")), el("ul", {}, unit.crew.map((c) => el("li", {}, c.name, " ", el("span", { class: "muted" }, c.duty_role)))),
      el("h3", {}, t("Equipment")), el("ul", {}, unit.equipment.map((e) => el("li", {}, `${e.quantity} × ${e.name}`,
        e.fit ? "" : [" ", el("span", { class: "badge tone-red" }, icon("warning"), t("unfit"))])))));
}
