/** How many people of which skill units of each type need: what readiness judges a crew by. */
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { button, el } from "../shared/dom.js";
import { localName, number, t } from "../shared/i18n.js";
import { skillCodes, skillName } from "../shared/names.js";
import { list, name } from "./lists.js";

const words = (needs) => needs.map((one) => `${one.number} × ${skillName(one.skill)}`).join(", ");

export async function show(box) {
  const has = (row, skill) => row.needs.find((one) => one.skill === skill)?.number ?? "";
  async function edit(row) {
    const done = await ask({ title: localName(row), icon: "crew", confirm: t("Save"), text: t("How many people of each skill; an empty field means nobody. Each person counts once."),
      fields: skillCodes().map((skill) => ({ name: skill, label: skillName(skill), type: "number", min: 0, step: 1, value: has(row, skill) })),
      submit: (data) => api.put(`/crew-needs/${row.code}`, { needs: Object.entries(data).filter(([, many]) => many > 0).map(([skill, many]) => ({ skill, number: many })) }) });
    if (done) await reload();
  }
  const reload = await list(box, {
    title: t("Crews needed"), note: t("A unit without these people is said to be incomplete, by name, wherever it is chosen."),
    load: async () => (await api.get("/crew-needs")).items,
    matches: (row) => `${localName(row)} ${words(row.needs)}`,
    columns: [
      [t("Type"), (row) => name(row.icon, localName(row))],
      [t("Needs"), (row) => words(row.needs) || t("nobody in particular")],
      [t("Units"), (row) => number(row.unit_count)],
      ["", (row) => el("div", { class: "actions" }, button(t("Edit"), () => edit(row), { icon: "edit", tone: "quiet" }))],
    ],
  });
}
