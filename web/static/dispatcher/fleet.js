/** Who is free: this agency's units, with what each is doing, and the duty switch. */
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { el, fill, icon } from "../shared/dom.js";
import { etaLine } from "../shared/eta.js";
import { localName, t } from "../shared/i18n.js";
import { iconName, status, unitState } from "../shared/status.js";
import { ago } from "../shared/time.js";
import { desk, refresh, when } from "./store.js";

const ORDER = { available: 0, busy: 1, off_duty: 3, out_of_service: 4 };

const changeDuty = (unit) => ask({
  title: unit.call_sign, icon: "power", confirm: t("Change"),
  fields: [
    { name: "duty", label: t("Duty"), type: "select", value: unit.duty,
      options: ["available", "off_duty", "out_of_service"].map((code) => [code, status("duty", code).word]) },
    { name: "reason", label: t("Reason"), hint: t("Needed for out of service."), value: unit.duty_reason ?? "" },
  ],
  submit: async (data) => { await api.put(`/units/${unit.id}/duty`, data); refresh.units(); refresh.ranking(); return true; },
});

function chip(unit, onPick) {
  const state = unitState(unit);
  const where = unit.busy ? unit.incident_number : unit.station?.name;
  return el("li", { class: `fleet-unit tone-${state.tone}` },
    el("button", { type: "button", class: "fleet-main", onclick: () => onPick(unit), title: localName(unit.type) },
      icon(iconName(unit.type.icon, "truck"), { large: true }),
      el("span", { class: "fleet-name" }, el("strong", {}, unit.call_sign), el("small", {}, where ?? "")),
      el("span", { class: "fleet-state" }, icon(state.icon), state.word),
      el("small", { class: "fleet-age" }, unit.position
        ? el("span", { dataset: { ago: unit.position.recorded_at } }, ago(unit.position.recorded_at)) : t("no position")),
      unit.assignment_status === "en_route" && etaLine(unit.id, unit.eta)),
    el("button", { type: "button", class: "button button-quiet button-icon", "aria-label": t("Duty of {unit}", { unit: unit.call_sign }),
      onclick: () => changeDuty(unit) }, icon("power")));
}

export function showFleet(root, { onPick }) {
  when("units", () => {
    const units = desk.units.filter((u) => u.active)
      .sort((a, b) => (ORDER[unitState(a).code] ?? 2) - (ORDER[unitState(b).code] ?? 2) || a.call_sign.localeCompare(b.call_sign));
    const free = units.filter((u) => u.duty === "available" && !u.busy).length;
    fill(root, el("h2", { class: "fleet-title" }, t("Units"), " ", el("span", { class: "count" }, `${free}/${units.length}`),
      " ", el("small", { class: "muted" }, t("free"))),
      el("ul", { class: "fleet" }, units.map((u) => chip(u, onPick))));
  });
}
