/** The people of an agency's crews: what each can do, and the unit they usually ride on. */
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { button, el, fill, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { skillCodes, skillName } from "../shared/names.js";
import { pick } from "../shared/pick.js";
import { toastProblem } from "../shared/toast.js";

let root = null;
let agency = null;
let units = [];
let people = [];

export async function loadPeople(box, code) {
  root = box;
  agency = code;
  [people, units] = (await Promise.all([api.get("/people", { agency }), api.get("/units", { agency })])).map(({ items }) => items);
  draw();
}
const reload = () => loadPeople(root, agency).catch(toastProblem);
const saved = async (request) => { await request; await reload(); return true; };

const fields = (one = {}) => [
  { name: "name", label: t("Name"), required: true, value: one.name ?? "" },
  { name: "duty_role", label: t("Role on the unit"), required: true, value: one.duty_role ?? "", hint: t("Such as pengemudi, operator pompa, petugas, perawat") },
  { name: "number", label: t("Staff number"), value: one.number ?? "" },
  { name: "phone", label: t("Telephone"), value: one.phone ?? "" },
  { name: "unit_id", label: t("Usually on"), type: "select", value: one.unit_id ?? "", options: [["", t("None")], ...units.map((unit) => [unit.id, unit.call_sign])] },
];
const body = (data) => ({ ...data, unit_id: data.unit_id ? Number(data.unit_id) : null });

const add = () => ask({ title: t("New crew member"), icon: "crew", confirm: t("Add"), fields: fields(),
  submit: (data) => saved(api.post("/people", { ...body(data), agency_code: agency })) });
const edit = (one) => ask({ title: one.name, icon: "edit", confirm: t("Save"), fields: fields(one), submit: (data) => saved(api.patch(`/people/${one.id}`, body(data))) });
const skills = (one) => pick({ title: t("What {name} can do", { name: one.name }), icon: "tools", chosen: one.skills,
  options: skillCodes().map((code) => ({ value: code, label: skillName(code) })), submit: (chosen) => saved(api.patch(`/people/${one.id}`, { skills: chosen })) });
const leave = (one) => ask({ title: t("Take {name} off the list?", { name: one.name }), icon: "trash", danger: true, confirm: t("Take off the list"),
  text: t("Shifts that are planned stay; what was done stays in the record."), submit: () => saved(api.patch(`/people/${one.id}`, { active: false, unit_id: null })) });

function draw() {
  fill(root,
    el("div", { class: "shift-head" }, el("h2", {}, t("{n} people", { n: people.length })), button(t("New crew member"), add, { icon: "plus", tone: "primary", key: "N" })),
    people.length ? el("div", { class: "table-scroll" }, el("table", { class: "table people-table" },
      el("thead", {}, el("tr", {}, [t("Name"), t("Role on the unit"), t("Skills"), t("Usually on"), ""].map((words) => el("th", { scope: "col" }, words)))),
      el("tbody", {}, people.map((one) => el("tr", {},
        el("td", { "data-label": t("Name") }, el("strong", {}, one.name), one.number && el("small", { class: "muted" }, ` ${one.number}`)),
        el("td", { "data-label": t("Role on the unit") }, one.duty_role),
        el("td", { "data-label": t("Skills") }, one.skills.length ? one.skills.map(skillName).join(", ") : el("span", { class: "muted" }, t("as the role says"))),
        el("td", { "data-label": t("Usually on") }, one.unit_call_sign ?? ""),
        el("td", {}, el("div", { class: "actions" },
          button(t("Skills"), () => skills(one), { icon: "tools", tone: "quiet" }), button(t("Edit"), () => edit(one), { icon: "edit", tone: "quiet" }),
          button(t("Remove"), () => leave(one), { icon: "trash", tone: "quiet" }))))))))
      : el("div", { class: "empty" }, icon("people", { large: true }), t("There is nobody here yet. Add people, or let an administrator import them.")));
}

export const peopleKeys = { N: () => { add(); return true; } };
