/** Walking through one unit after the other: supplies, the vehicle, every piece of equipment. */
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { button, el, fill, find, findAll, icon } from "../shared/dom.js";
import { localName, t } from "../shared/i18n.js";
import { skillName } from "../shared/names.js";
import { crewLine, readyBadge, unitFindings } from "../shared/readiness.js";
import { iconName, unitState } from "../shared/status.js";
import { ago, date, midnight } from "../shared/time.js";
import { toastProblem } from "../shared/toast.js";

let units = [];
let chosen = null;
let line = 0;
let root = null;

const unit = () => units.find((one) => one.id === chosen) ?? units[0] ?? null;
const when = (at, by) => (at ? el("span", { class: "muted" }, el("span", { dataset: { ago: at } }, ago(at)), by ? ` · ${by}` : "") : el("span", { class: "muted" }, t("never")));

export async function loadChecks(box, agency) {
  root = box;
  units = (await api.get("/readiness", { agency })).items;
  chosen = unit()?.id ?? null;
  draw();
}

async function send(body) {
  const id = chosen;
  const after = await api.post(`/units/${id}/checks`, body);
  units = units.map((one) => (one.id === id ? after : one));
  draw();
  return true;
}
const attempt = (body) => send(body).catch((problem) => { toastProblem(problem); return false; });

function lines(one) {
  return [
    ...one.supplies.map((supply) => ({ kind: "supply", key: `supply-${supply.kind}`, supply })),
    { kind: "vehicle", key: "vehicle" },
    ...one.equipment.map((thing) => ({ kind: "thing", key: `thing-${thing.id}`, thing })),
  ];
}

function supplyLine({ supply }) {
  const low = supply.percent !== null && supply.percent < supply.least_percent;
  const input = el("input", { class: "input supply-input", type: "number", min: 0, max: 100, step: 5, inputmode: "numeric", value: supply.percent ?? "",
    "aria-label": t("{supply} in percent", { supply: localName(supply) }),
    oninput: () => { input.dataset.typing = "yes"; },
    onkeydown: (event) => { if (event.key === "Enter") { event.preventDefault(); note(); } },
    onchange: () => note() });
  let noted = false;
  async function note() {
    if (noted || input.value === "") return;
    noted = true;
    delete input.dataset.typing;
    if (await attempt({ supplies: { [supply.kind]: Number(input.value) } })) go(1);
    else noted = false;
  }
  return [el("span", { class: "line-name" }, icon(supply.kind === "fuel" ? "car" : supply.kind === "water" ? "hydrant" : "medical"), localName(supply)),
    el("span", { class: "line-state" }, input, " %", low && el("span", { class: "badge tone-red" }, icon("warning"), t("at least {percent} %", { percent: supply.least_percent }))),
    when(supply.noted_at, supply.noted_by)];
}

const state = (fit, known) => (!known ? el("span", { class: "badge tone-amber" }, icon("help"), t("not checked yet"))
  : fit ? el("span", { class: "badge tone-green" }, icon("check"), t("fit")) : el("span", { class: "badge tone-red" }, icon("cross"), t("not fit")));
const choices = (right, wrong) => el("div", { class: "actions" },
  button(t("In order"), right, { icon: "check", key: "F" }), button(t("Wrong"), wrong, { icon: "cross", tone: "quiet", key: "X" }));

function vehicleLine(one) {
  const seen = one.vehicle;
  return [el("span", { class: "line-name" }, icon(iconName(one.icon, "truck")), t("Vehicle"),
    button(seen?.permit_until ? t("permit until {date}", { date: date(seen.permit_until) }) : t("Road permit"), permit, { icon: "document", tone: "quiet" })),
    el("span", { class: "line-state" }, state(seen?.fit, seen), seen?.defect && el("span", {}, seen.defect)),
    when(seen?.checked_at, seen?.checked_by)];
}

function thingLine({ thing }) {
  const late = thing.due_at && Date.parse(thing.due_at) < Date.now();
  return [el("span", { class: "line-name" }, icon("tools"), `${thing.name} × ${thing.quantity}`),
    el("span", { class: "line-state" }, state(thing.fit, thing.checked_at || !thing.fit), thing.defect && el("span", {}, thing.defect),
      late && el("span", { class: "badge tone-red" }, icon("clock"), t("check overdue"))),
    el("span", {}, when(thing.checked_at, thing.checked_by), thing.valid_days && el("small", { class: "muted" }, " · ", t("every {n} days", { n: thing.valid_days })))];
}

const fitBody = (row) => (row.kind === "vehicle" ? { vehicle: { fit: true } } : { equipment: [{ id: row.thing.id, fit: true }] });
const inOrder = async (row) => { if (await attempt(fitBody(row))) go(1); };
const wrong = (row) => ask({
  title: row.kind === "vehicle" ? t("Vehicle of {unit}", { unit: unit().call_sign }) : row.thing.name, icon: "warning", danger: true, confirm: t("Not fit"),
  fields: [{ name: "defect", label: t("What is wrong with it"), required: true }],
  submit: async ({ defect }) => {
    await send(row.kind === "vehicle" ? { vehicle: { fit: false, defect } } : { equipment: [{ id: row.thing.id, fit: false, defect }] });
    go(1);
    return true;
  } });

/** Until when the vehicle may be on the road; whether it is fit stays as it was found. */
const permit = () => ask({
  title: t("Road permit of {unit}", { unit: unit().call_sign }), icon: "document", confirm: t("Save"),
  fields: [{ name: "until", label: t("Valid until"), type: "date", required: true, value: (unit().vehicle?.permit_until ?? "").slice(0, 10) }],
  submit: ({ until }) => send({ vehicle: { fit: unit().vehicle?.fit ?? true, defect: unit().vehicle?.defect ?? null, permit_until: midnight(until) } }) });

function lineRow(one, row, at) {
  const cells = { supply: supplyLine, vehicle: () => vehicleLine(one), thing: thingLine }[row.kind](row);
  return el("li", { class: "check-line", tabindex: row.kind === "supply" ? null : "0", id: `line-${row.key}`, "aria-current": at === line ? "true" : null,
    onfocusin: () => mark(at) }, cells, row.kind !== "supply" && choices(() => inOrder(row), () => wrong(row)));
}

function crewPart(one) {
  const short = one.needs.filter((need) => need.short > 0);
  return el("section", { class: "ready-crew" }, el("h3", {}, icon("crew"), t("Crew")), el("p", {}, crewLine(one)),
    short.length > 0 && el("p", { class: "tone-red ready-short" }, icon("warning"), t("Missing: {missing}", {
      missing: short.map((need) => `${need.short} ${skillName(need.skill)}`).join(", ") })),
    el("a", { class: "button button-quiet", href: "#shifts" }, icon("clock"), el("span", {}, t("Shifts"))));
}

function card(one) {
  const doing = unitState({ ...one, busy: Boolean(one.busy_incident), assignment_status: null });
  return el("li", {}, el("button", { type: "button", class: "ready-unit", "aria-current": one.id === chosen ? "true" : null, dataset: { unit: one.id },
    onclick: () => open(one.id) }, icon(iconName(one.icon, "truck"), { large: true }),
  el("span", { class: "ready-name" }, el("strong", {}, one.call_sign), el("small", { class: "muted" }, [doing.word, one.station_name].filter(Boolean).join(" · "))),
  readyBadge(one)));
}

function draw() {
  const one = unit();
  if (!one) {
    fill(root, el("div", { class: "empty" }, icon("inbox", { large: true }), t("This agency has no units yet.")));
    return;
  }
  const rows = lines(one);
  line = Math.min(line, rows.length - 1);
  const complete = units.filter((each) => each.ready).length;
  fill(root, el("div", { class: "ready-desk" },
    el("nav", { class: "panel ready-list", "aria-label": t("Units") },
      el("h2", {}, t("{complete} of {n} units complete", { complete, n: units.length })), el("ul", {}, units.map(card))),
    el("article", { class: "panel ready-one" },
      el("header", { class: "panel-head" }, icon(iconName(one.icon, "truck"), { large: true }), el("h2", {}, one.call_sign, " ", el("small", { class: "muted" }, localName(one.type))),
        readyBadge(one), button(t("All in order"), allInOrder, { icon: "check-double", key: "A" })),
      el("div", { class: "panel-body" }, unitFindings(one), crewPart(one), el("ol", { class: "check-lines" }, rows.map((row, at) => lineRow(one, row, at)))))));
}

function mark(at) {
  line = at;
  findAll(".check-line", root).forEach((node, place) => (place === at ? node.setAttribute("aria-current", "true") : node.removeAttribute("aria-current")));
}

function open(id) {
  chosen = id;
  line = 0;
  draw();
  find(`.ready-unit[data-unit="${id}"]`, root)?.scrollIntoView({ block: "nearest" });
}

/** On to another line of this unit; past the last one to the next unit. */
function go(by) {
  const rows = findAll(".check-line", root);
  if (line + by >= rows.length) {
    next(1);
    return;
  }
  mark(Math.max(0, line + by));
  const node = rows[line];
  (find("input", node) ?? node).focus();
  node.scrollIntoView({ block: "nearest" });
}

function next(by) {
  if (!units.length) return;
  const at = units.findIndex((one) => one.id === chosen);
  open(units[(at + by + units.length) % units.length].id);
  const first = find(".check-line", root);
  (find("input", first) ?? first)?.focus({ preventScroll: true });
}

async function allInOrder() {
  const broken = unit().equipment.filter((thing) => !thing.fit);
  const equipment = unit().equipment.filter((thing) => thing.fit).map((thing) => ({ id: thing.id, fit: true }));
  const fit = unit().vehicle?.fit !== false;
  if (await attempt({ equipment, ...(fit ? { vehicle: { fit: true } } : {}) }) && !broken.length && fit) next(1);
}

const current = () => lines(unit())[line];
const only = (run) => () => {
  const row = unit() && current();
  if (!row || row.kind === "supply") return false;
  run(row);
  return true;
};
export const checkKeys = {
  ArrowDown: () => { go(1); return true; },
  ArrowUp: () => { go(-1); return true; },
  ArrowRight: () => { next(1); return true; },
  ArrowLeft: () => { next(-1); return true; },
  F: only(inOrder),
  X: only(wrong),
  A: () => { if (unit()) allInOrder(); return true; },
};
