/** Agencies (OPD): add one, rename one, take one out of use. */
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { button, el } from "../shared/dom.js";
import { number, t } from "../shared/i18n.js";
import { act, inUse, list, name } from "./lists.js";

const KINDS = { public: t("Public agency"), private: t("Private brigade (BPKS)"), volunteer: t("Volunteers") };

export async function show(box) {
  const fields = (row = {}) => [
    { name: "name", label: t("Full name"), required: true, value: row.name ?? "" },
    { name: "short_name", label: t("Short name"), required: true, value: row.short_name ?? "" },
    { name: "phone", label: t("Telephone"), value: row.phone ?? "" },
    { name: "kind", label: t("Kind of agency"), type: "select", options: Object.entries(KINDS), value: row.kind ?? "public", hint: t("A private brigade sees its own units and the incidents referred to it, nothing else.") },
    { name: "shift_starts", label: t("Shifts change at"), required: true, value: (row.shift_starts ?? ["07:00", "19:00"]).join(", "), hint: t("Times of day, such as 07:00, 19:00") },
  ];
  const body = (data) => ({ ...data, shift_starts: data.shift_starts.split(",").map((one) => one.trim()).filter(Boolean) });
  async function add() {
    const done = await ask({ title: t("New agency"), icon: "building", confirm: t("Add"),
      fields: [{ name: "code", label: t("Code"), required: true, hint: t("Small letters and digits; it stays for good.") }, ...fields()],
      submit: ({ code, ...data }) => api.put(`/agencies/${encodeURIComponent(code)}`, body(data)) });
    if (done) await reload();
  }
  async function edit(row) {
    const done = await ask({ title: row.short_name, icon: "edit", confirm: t("Save"), fields: fields(row),
      submit: (data) => api.put(`/agencies/${row.code}`, { ...body(data), active: row.active }) });
    if (done) await reload();
  }
  const toggle = (row) => act(() => api.put(`/agencies/${row.code}`, {
    name: row.name, short_name: row.short_name, phone: row.phone, kind: row.kind, shift_starts: row.shift_starts, active: !row.active }),
    row.active ? t("{name} gets no new incidents.", { name: row.short_name }) : t("{name} is in use again.", { name: row.short_name }), reload);
  const reload = await list(box, {
    title: t("Agencies"), add: { label: t("New agency"), run: add },
    load: async () => (await api.get("/agencies")).items, off: (row) => !row.active,
    matches: (row) => `${row.code} ${row.name} ${row.short_name}`,
    columns: [
      [t("Agency"), (row) => name("building", row.short_name, row.name)],
      [t("Code"), (row) => row.code],
      [t("Kind of agency"), (row) => KINDS[row.kind]],
      [t("Shifts change at"), (row) => row.shift_starts.join(", ")],
      [t("Telephone"), (row) => row.phone ?? ""],
      [t("Stations"), (row) => number(row.station_count)],
      [t("Units"), (row) => number(row.unit_count)],
      [t("Users"), (row) => number(row.user_count)],
      [t("State"), (row) => inUse(row.active)],
      ["", (row) => el("div", { class: "actions" },
        button(t("Edit"), () => edit(row), { icon: "edit", tone: "quiet" }),
        button(row.active ? t("Deactivate") : t("Restore"), () => toggle(row), { icon: "power", tone: "quiet" }))],
    ],
  });
}
