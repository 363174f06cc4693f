/** Units: type, station, crew, equipment and duty. */
import { api, getReference } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { button, el } from "../shared/dom.js";
import { localName, t } from "../shared/i18n.js";
import { statusName, unitBadge } from "../shared/status.js";
import { act, list, name, options, sampleMark } from "./lists.js";
import { crewText, equipmentText, readCrew, readEquipment } from "./rows.js";

const DUTIES = ["available", "off_duty", "out_of_service"].map((code) => [code, statusName("duty", code)]);

export async function show(box) {
  const [agencies, stations, reference] = await Promise.all([api.get("/agencies"), api.get("/stations"), getReference()]);
  const short = new Map(agencies.items.map((row) => [row.code, row.short_name]));
  const fields = (unit = null) => [
    { name: "call_sign", label: t("Call sign"), required: true, value: unit?.call_sign ?? "" },
    { name: "agency_code", label: t("Agency"), type: "select", value: unit?.agency_code ?? "damkar",
      options: options(agencies.items.filter((row) => row.active), "code", (row) => row.short_name) },
    { name: "type_code", label: t("Type"), type: "select", value: unit?.type.code ?? "pemadam", options: options(reference.unit_types, "code", localName) },
    { name: "station_id", label: t("Station"), type: "select", value: unit?.station?.id ?? "",
      options: options(stations.items, "id", (row) => `${row.name} · ${short.get(row.agency_code)}`, t("None")) },
    { name: "crew", label: t("Crew"), type: "textarea", value: crewText(unit?.crew ?? []), hint: t("One a line: Name (role)") },
    { name: "equipment", label: t("Equipment"), type: "textarea", value: equipmentText(unit?.equipment ?? []), hint: t("One a line: Thing x4, and (rusak) after what is broken") },
  ];
  const body = (data, unit) => ({ ...data, station_id: data.station_id ? Number(data.station_id) : null,
    crew: readCrew(data.crew, unit?.crew), equipment: readEquipment(data.equipment) });

  async function add() {
    const done = await ask({ title: t("New unit"), icon: "fire-engine", confirm: t("Add"), fields: fields(), submit: (data) => api.post("/units", body(data)) });
    if (done) await reload();
  }
  async function edit(unit) {
    const done = await ask({ title: unit.call_sign, icon: "edit", confirm: t("Save"), fields: fields(unit), submit: (data) => api.patch(`/units/${unit.id}`, body(data, unit)) });
    if (done) await reload();
  }
  async function duty(unit) {
    const done = await ask({ title: t("Duty of {unit}", { unit: unit.call_sign }), icon: "power", confirm: t("Save"),
      fields: [{ name: "duty", label: t("Duty"), type: "select", options: DUTIES, value: unit.duty }, { name: "reason", label: t("Reason"), value: unit.duty_reason ?? "", hint: t("Needed when it is out of service.") }],
      submit: (data) => api.put(`/units/${unit.id}/duty`, data) });
    if (done) await reload();
  }
  async function remove(unit) {
    const done = await ask({ title: t("Take {unit} out of use?", { unit: unit.call_sign }), text: t("It disappears from every list; what it did stays in the record."),
      icon: "trash", danger: true, confirm: t("Take out of use"), submit: async () => { await api.del(`/units/${unit.id}`); return true; } });
    if (done) await reload();
  }
  const restore = (unit) => act(() => api.patch(`/units/${unit.id}`, { active: true }), null, reload);

  const reload = await list(box, {
    title: t("Units"), add: { label: t("New unit"), run: add },
    load: async () => (await api.get("/units", { all: true })).items, off: (row) => !row.active,
    order: (rows) => [...rows].sort((a, b) => Number(b.active) - Number(a.active)),
    matches: (row) => [row.call_sign, short.get(row.agency_code), localName(row.type), row.station?.name, ...row.crew.map((one) => one.name), ...row.equipment.map((one) => one.name)].join(" "),
    columns: [
      [t("Unit"), (row) => name(row.type.icon, [row.call_sign, " ", sampleMark(row)], localName(row.type))],
      [t("Agency"), (row) => short.get(row.agency_code)],
      [t("Station"), (row) => row.station?.name ?? t("None")],
      [t("Crew"), (row) => el("span", { class: "nowrap" }, t("{n} people", { n: row.crew.length }))],
      [t("Equipment"), (row) => el("span", { class: "nowrap" }, t("{n} items", { n: row.equipment.length }),
        row.equipment.some((one) => !one.fit) && el("small", {}, t("Not fit: {what}", { what: row.equipment.filter((one) => !one.fit).map((one) => one.name).join(", ") })))],
      [t("Duty"), (row) => (row.active ? [unitBadge(row), row.duty_reason && el("small", {}, row.duty_reason)] : t("Not in use"))],
      ["", (row) => el("div", { class: "actions" }, row.active ? [
        button(t("Edit"), () => edit(row), { icon: "edit", tone: "quiet" }),
        button(t("Duty"), () => duty(row), { icon: "power", tone: "quiet" }),
        button(t("Remove"), () => remove(row), { icon: "trash", tone: "quiet" })]
        : button(t("Restore"), () => restore(row), { icon: "power", tone: "quiet" }))],
    ],
  });
  return { refresh: { prefix: "unit.", fn: reload } };
}
