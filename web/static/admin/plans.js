/** Response plans: for a kind, priority and place, which agencies, with which capability, how many units. */
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { button, el, fill, icon } from "../shared/dom.js";
import { showProblem } from "../shared/form.js";
import { localName, t } from "../shared/i18n.js";
import { capabilityName } from "../shared/names.js";
import { priorityBadge, priorityName } from "../shared/status.js";
import { head } from "./lists.js";

const ROLES = [["lead", t("Leads")], ["support", t("Supports")]];
const ALARMS = [1, 2, 3, 4, 5].map((n) => [String(n), n === 1 ? t("at once") : t("Alarm {n}", { n })]);
const PLACES = ["area_id", "village_code", "district_code"];
/** "village_code:61.72.01.1001", empty for the whole city. */
const placeKey = (plan) => PLACES.filter((field) => plan[field] != null).map((field) => `${field}:${plan[field]}`)[0] ?? "";
const placeOf = (key) => {
  const [field, value] = key.split(":");
  return field ? { [field]: field === "area_id" ? Number(value) : value } : {};
};
const select = (label, rows, value) => {
  const node = el("select", { class: "input", "aria-label": label }, rows.map(([code, words]) => el("option", { value: code }, words)));
  node.value = value ?? "";
  return node;
};

export async function show(box) {
  const [agencies, kinds] = await Promise.all([api.get("/agencies"), api.get("/kinds")]);
  const short = new Map(agencies.items.map((row) => [row.code, row.short_name]));
  const kindOf = new Map(kinds.items.map((row) => [row.code, row]));
  const body = el("div", { class: "admin-stack" });
  let capabilities = [];
  let places = [];
  let areas = [];
  let plans = [];
  let wanted = "";
  const ability = (code) => code && capabilityName(code);

  function itemRow(item) {
    const controls = {
      agency: select(t("Agency"), agencies.items.filter((row) => row.active || row.code === item.agency).map((row) => [row.code, row.short_name]), item.agency),
      role: select(t("Part"), ROLES, item.role),
      capability: select(t("Capability"), [["", t("any unit")], ...capabilities.map((code) => [code, ability(code)])], item.capability),
      number: el("input", { class: "input", type: "number", min: 1, max: 50, value: item.number, "aria-label": t("How many units") }),
      alarm: select(t("From which alarm"), ALARMS, String(item.alarm ?? 1)),
    };
    const node = el("div", { class: "plan-row" }, Object.values(controls), button("", () => node.remove(), { icon: "trash", tone: "quiet", class: "button-icon", title: t("Remove this row"), "aria-label": t("Remove this row") }));
    node.read = () => ({ agency: controls.agency.value, role: controls.role.value, capability: controls.capability.value || null, number: Number(controls.number.value), alarm: Number(controls.alarm.value) });
    return node;
  }

  function edit(plan) {
    const isNew = !plan.kind;
    const rows = el("div", { class: "dialog-body" }, plan.items.map(itemRow));
    const kind = select(t("Kind"), kinds.items.filter((row) => row.active).map((row) => [row.code, row.parent_code ? `– ${localName(row)}` : localName(row)]), plan.kind ?? kinds.items[0].code);
    const priority = select(t("Priority"), [["", t("every priority")], ...[1, 2, 3, 4].map((n) => [String(n), `P${n} · ${priorityName(n)}`])], plan.priority ? String(plan.priority) : "");
    const place = select(t("Place"), [["", t("the whole city")],
      ...areas.map((row) => [`area_id:${row.id}`, [t("area"), row.name].join(" · ")]),
      ...places.map((row) => [`${row.level}_code:${row.code}`, row.level === "district" ? [t("district"), row.name].join(" · ") : `${row.name} (${row.district})`])], placeKey(plan));
    kind.disabled = priority.disabled = place.disabled = !isNew;
    kind.name = "kind";
    const form = el("form", { method: "dialog", novalidate: true },
      el("header", { class: "dialog-head" }, icon("send"), el("h2", { id: "plan-title" }, t("Response plan"))),
      el("div", { class: "dialog-body" }, el("div", { class: "fields-2" },
        el("div", { class: "field" }, el("span", { class: "field-label" }, t("Kind")), kind),
        el("div", { class: "field" }, el("span", { class: "field-label" }, t("Priority")), priority),
        el("div", { class: "field" }, el("span", { class: "field-label" }, t("Place")), place))),
      rows,
      el("div", { class: "dialog-body" }, el("div", {}, button(t("Add a row"), () => rows.append(itemRow({ agency: "damkar", role: "support", capability: null, number: 1, alarm: 1 })), { icon: "plus" }))),
      el("footer", { class: "dialog-foot" }, button(t("Go back"), () => dialog.close(), { key: "Esc" }), button(t("Save"), null, { type: "submit", tone: "primary" })));
    const dialog = el("dialog", { class: "is-wide", "aria-labelledby": "plan-title" }, form);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        await api.put("/response-plans", { kind: kind.value, priority: priority.value ? Number(priority.value) : null, ...placeOf(place.value), items: [...rows.children].map((row) => row.read()) });
        dialog.close();
        await reload();
      } catch (problem) {
        showProblem(form, problem);
      }
    });
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }
  async function remove(plan) {
    const done = await ask({ title: t("Remove this response plan?"), text: t("A sub-kind without a plan follows the plan of its kind."), icon: "trash", danger: true,
      confirm: t("Remove"), submit: async () => { await api.del(`/response-plans/${plan.id}`); return true; } });
    if (done) await reload();
  }

  const chip = (item) => el("span", { class: `badge tone-${item.alarm > 1 ? "red" : item.role === "lead" ? "blue" : "grey"}` }, icon(item.role === "lead" ? "flag" : "people"),
    item.alarm > 1 && [t("Alarm {n}", { n: item.alarm }), ": "], `${short.get(item.agency) ?? item.agency} × ${item.number}`, item.capability && ` · ${ability(item.capability)}`);
  function draw() {
    const found = plans.filter((plan) => `${plan.kind} ${localName(kindOf.get(plan.kind))} ${plan.place_name ?? ""} ${plan.items.map((item) => short.get(item.agency)).join(" ")}`.toLowerCase().includes(wanted));
    fill(body, found.map((plan) => el("article", { class: "plan" },
      el("div", { class: "plan-head" }, el("h3", {}, icon(kindOf.get(plan.kind)?.icon ?? "other"), localName(kindOf.get(plan.kind))),
        plan.priority ? priorityBadge(plan.priority) : el("span", { class: "muted" }, t("every priority")),
        plan.place_name && el("span", { class: "badge tone-cyan" }, icon("pin"), plan.place_name),
        button(t("Edit"), () => edit(plan), { icon: "edit", tone: "quiet" }), button(t("Remove"), () => remove(plan), { icon: "trash", tone: "quiet" })),
      el("div", { class: "plan-items" }, plan.items.map(chip)))));
  }
  async function reload() {
    ({ items: plans, capabilities, places, areas } = await api.get("/response-plans"));
    const order = kinds.items.map((row) => row.code);
    plans.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (a.priority ?? 0) - (b.priority ?? 0) || (a.place_name ?? "").localeCompare(b.place_name ?? ""));
    draw();
  }
  await reload();
  fill(box, head({ title: t("Response plans"), add: { label: t("New plan"), run: () => edit({ items: [{ agency: "damkar", role: "lead", capability: null, number: 1 }] }) },
    filter: (text) => { wanted = text; draw(); }, note: t("Which agencies the operator is offered for a kind, who leads, and what their units must be able to do.") }), body);
}
