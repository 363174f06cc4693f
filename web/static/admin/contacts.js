/** Contacts of agencies: who hears by e-mail, SMS or WhatsApp, in which language, of what. */
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { button, el } from "../shared/dom.js";
import { describe } from "../shared/events.js";
import { t } from "../shared/i18n.js";
import { act, inUse, list, name } from "./lists.js";

const WAYS = [["whatsapp", t("WhatsApp")], ["sms", t("SMS")], ["email", t("E-mail")]];
const LANGUAGES = [["id", "Bahasa Indonesia"], ["en", "English"]];
const wayName = (code) => WAYS.find(([way]) => way === code)?.[1] ?? code;
const topicName = (kind) => describe({ kind, agency_code: t("the agency") }, { unit: () => t("Unit") }).text;

export async function show(box) {
  const agencies = (await api.get("/agencies")).items.filter((row) => row.active);
  let topics = [];

  const fields = (row) => [
    { name: "agency_code", label: t("Agency"), type: "select", options: agencies.map((one) => [one.code, one.short_name]), value: row.agency_code ?? agencies[0]?.code },
    { name: "name", label: t("Name"), required: true, value: row.name ?? "" },
    { name: "way", label: t("By which way"), type: "select", options: WAYS, value: row.way ?? "whatsapp" },
    { name: "address", label: t("Number or e-mail address"), required: true, value: row.address ?? "", hint: t("A number like +6281234567890.") },
    { name: "locale", label: t("Language"), type: "select", options: LANGUAGES, value: row.locale ?? "id" },
    ...topics.map((topic) => ({ name: `topic:${topic}`, label: topicName(topic), type: "select", options: [["yes", t("told")], ["no", t("not told")]],
      value: !row.topics || row.topics.includes(topic) ? "yes" : "no" })),
  ];
  const bodyOf = (data, active) => ({
    agency_code: data.agency_code, name: data.name, way: data.way, address: data.address, locale: data.locale, active,
    topics: topics.filter((topic) => data[`topic:${topic}`] === "yes"),
  });
  const edit = (row, path, send, title) => ask({ title, icon: "phone", confirm: t("Save"), fields: fields(row),
    submit: (data) => send(path, bodyOf(data, row.active ?? true)) });
  async function add() {
    if (await edit({}, "/contacts", api.post, t("New contact"))) await reload();
  }
  async function change(row) {
    if (await edit(row, `/contacts/${row.id}`, api.put, row.name)) await reload();
  }
  const toggle = ({ id, agency_name: _shown, ...row }) => act(() => api.put(`/contacts/${id}`, { ...row, active: !row.active }), null, reload);
  async function remove(row) {
    const done = await ask({ title: t("Remove {name}?", { name: row.name }), icon: "trash", danger: true, confirm: t("Remove"),
      submit: async () => { await api.del(`/contacts/${row.id}`); return true; } });
    if (done) await reload();
  }
  const reload = await list(box, {
    title: t("Who is told"), note: t("People of an agency who hear by e-mail, SMS or WhatsApp, through the gateway. Crews and desks are told on their own devices."),
    add: { label: t("New contact"), run: add },
    load: async () => { const found = await api.get("/contacts"); topics = found.topics; return found.items; },
    off: (row) => !row.active, matches: (row) => `${row.name} ${row.agency_name} ${row.address}`,
    columns: [
      [t("Name"), (row) => name("person", row.name, row.agency_name)],
      [t("By which way"), (row) => wayName(row.way)],
      [t("Number or e-mail address"), (row) => row.address],
      [t("Told of"), (row) => el("span", {}, row.topics.map(topicName).join(", "))],
      [t("State"), (row) => inUse(row.active)],
      ["", (row) => el("div", { class: "actions" },
        button(t("Edit"), () => change(row), { icon: "edit", tone: "quiet" }),
        button(row.active ? t("Deactivate") : t("Restore"), () => toggle(row), { icon: "power", tone: "quiet" }),
        button(t("Remove"), () => remove(row), { icon: "trash", tone: "quiet" }))],
    ],
  });
}
