/** Agencies (OPD): add one, rename one, take one out of use. */
import { api } from "../shared/api.js";
import { ask, checked } from "../shared/ask.js";
import { button, el } from "../shared/dom.js";
import { number, t } from "../shared/i18n.js";
import { capabilityCodes, capabilityName } from "../shared/names.js";
import { act, inUse, list, name, options } from "./lists.js";

const OWN_KINDS = { public: t("Public agency"), private: t("Private brigade (BPKS)"), volunteer: t("Volunteers") };
const KINDS = { ...OWN_KINDS, neighbour: t("Neighbour") };

export async function show(box) {
  const { items: areas } = await api.get("/plan-areas");
  const minutes = (seconds) => (seconds ? Math.round(seconds / 60) : "");
  const neighbourFields = (row = {}) => [
    { name: "name", label: t("Full name"), required: true, value: row.name ?? "" },
    { name: "short_name", label: t("Short name"), required: true, value: row.short_name ?? "" },
    { name: "phone", label: t("Telephone"), required: true, value: row.phone ?? "" },
    { name: "capabilities", label: t("What it can send"), type: "checks", value: row.capabilities, options: capabilityCodes().map((code) => [code, capabilityName(code)]) },
    { name: "area_id", label: t("Where it comes to"), type: "select", options: options(areas, "id", (area) => area.name, t("Everywhere in the city")), value: row.area_id ?? "" },
    { name: "arrival_min", label: t("Minutes from the call to there"), type: "number", min: 1, value: minutes(row.arrival_s), hint: t("As agreed with it. From a station of its own on our roads the time is worked out.") },
  ];
  const neighbour = (data) => ({ name: data.name, short_name: data.short_name, phone: data.phone, kind: "neighbour", capabilities: checked(data, "capabilities"),
    area_id: data.area_id ? Number(data.area_id) : null, arrival_s: data.arrival_min ? data.arrival_min * 60 : null });
  const fields = (row = {}) => [
    { name: "name", label: t("Full name"), required: true, value: row.name ?? "" },
    { name: "short_name", label: t("Short name"), required: true, value: row.short_name ?? "" },
    { name: "phone", label: t("Telephone"), value: row.phone ?? "" },
    { name: "kind", label: t("Kind of agency"), type: "select", options: Object.entries(OWN_KINDS), value: row.kind ?? "public", hint: t("A private brigade sees its own units and the incidents referred to it, nothing else.") },
    { name: "shift_starts", label: t("Shifts change at"), required: true, value: (row.shift_starts ?? ["07:00", "19:00"]).join(", "), hint: t("Times of day, such as 07:00, 19:00") },
  ];
  const body = (data) => ({ ...data, shift_starts: data.shift_starts.split(",").map((one) => one.trim()).filter(Boolean) });
  async function add(title, text, own, said) {
    const done = await ask({ title, text, icon: "building", confirm: t("Add"),
      fields: [{ name: "code", label: t("Code"), required: true, hint: t("Small letters and digits; it stays for good.") }, ...own()],
      submit: ({ code, ...data }) => api.put(`/agencies/${encodeURIComponent(code)}`, said(data)) });
    if (done) await reload();
  }
  const addOwn = () => add(t("New agency"), "", fields, body);
  const addNeighbour = () => add(t("New neighbour"), t("Another city's brigade or service that helps on request. It has no desk here: 112 calls it and notes what it says."), neighbourFields, neighbour);
  async function edit(row) {
    const [own, said] = row.kind === "neighbour" ? [neighbourFields, neighbour] : [fields, body];
    const done = await ask({ title: row.short_name, icon: "edit", confirm: t("Save"), fields: own(row),
      submit: (data) => api.put(`/agencies/${row.code}`, { ...said(data), active: row.active }) });
    if (done) await reload();
  }
  const toggle = (row) => act(() => api.put(`/agencies/${row.code}`, {
    name: row.name, short_name: row.short_name, phone: row.phone, kind: row.kind, shift_starts: row.shift_starts, active: !row.active,
    capabilities: row.capabilities, area_id: row.area_id, arrival_s: row.arrival_s }),
    row.active ? t("{name} gets no new incidents.", { name: row.short_name }) : t("{name} is in use again.", { name: row.short_name }), reload);
  const reload = await list(box, {
    title: t("Agencies"), add: { label: t("New agency"), run: addOwn },
    extra: button(t("New neighbour"), addNeighbour, { icon: "plus", id: "new-neighbour" }),
    load: async () => (await api.get("/agencies")).items, off: (row) => !row.active,
    matches: (row) => `${row.code} ${row.name} ${row.short_name}`,
    columns: [
      [t("Agency"), (row) => name("building", row.short_name, row.name)],
      [t("Code"), (row) => row.code],
      [t("Kind of agency"), (row) => (row.kind === "neighbour" ? el("span", {}, KINDS.neighbour, el("small", { class: "muted" }, " ", row.capabilities.map(capabilityName).join(", "))) : KINDS[row.kind])],
      [t("Shifts change at"), (row) => (row.kind === "neighbour" ? "" : row.shift_starts.join(", "))],
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
