/** The plan of a day: a line for each unit, a column for each shift; a cell is who is on it. */
import { api } from "../shared/api.js";
import { button, el, fill, find, findAll, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { skillName } from "../shared/names.js";
import { pick } from "../shared/pick.js";
import { iconName } from "../shared/status.js";
import { cityDay, clock, date } from "../shared/time.js";
import { toast, toastProblem } from "../shared/toast.js";

let root = null;
let agency = null;
let day = cityDay();
let plan = null;
let people = [];
let focused = null;

const later = (from, days) => new Date(Date.parse(`${from}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
const shortOf = (short) => short.map((one) => `${one.number} ${skillName(one.skill)}`).join(", ");

export async function loadShifts(box, code) {
  root = box;
  agency = code;
  [plan, people] = await Promise.all([api.get("/shifts", { agency, day }), api.get("/people", { agency }).then(({ items }) => items)]);
  draw();
}
const reload = () => loadShifts(root, agency).catch(toastProblem);

function turn(days) {
  day = later(day, days);
  reload();
}

async function act(run, words) {
  try {
    const { planned } = await run();
    toast(words(planned), "good");
  } catch (problem) {
    toastProblem(problem);
  }
  await reload();
}
const copy = (days) => act(() => api.post("/shifts/copy", { agency, from_day: later(day, -days), to_day: day }), (n) => t("{n} shifts planned as on {date}.", { n, date: later(day, -days) }));
const usual = (span) => act(() => api.post("/shifts/usual", { agency, day, starts_at: span.starts_at }), (n) => t("{n} units have their usual crew.", { n }));

/** Who takes part, and what would still lack: counted by what each person can do at most once by the server. */
function choose(unit, span, cell) {
  const on = cell.people.map((one) => one.id);
  const usually = people.filter((one) => one.unit_id === unit.id).map((one) => one.id);
  return pick({
    title: `${unit.call_sign} · ${clock(span.starts_at)}–${clock(span.ends_at)}`, icon: "crew",
    options: [...people].sort((a, b) => Number(b.unit_id === unit.id) - Number(a.unit_id === unit.id) || a.name.localeCompare(b.name))
      .map((one) => ({ value: one.id, label: one.name, note: [one.duty_role, one.unit_call_sign].filter(Boolean).join(" · ") })),
    chosen: on.length ? on : usually,
    said: (ids) => el("p", { class: "muted" }, t("{n} chosen. This unit needs: {needs}", { n: ids.length, needs: shortOf(unit.needs) || t("nobody in particular") })),
    submit: async (ids) => {
      await api.put(`/units/${unit.id}/shift`, { starts_at: span.starts_at, ends_at: span.ends_at, people: ids });
      await reload();
      return true;
    },
  });
}

function cellButton(unit, span, cell, key) {
  const partly = (one) => (one.starts_at !== span.starts_at || one.ends_at !== span.ends_at ? ` ${clock(one.starts_at)}–${clock(one.ends_at)}` : "");
  return el("button", { type: "button", class: "shift-cell", dataset: { cell: key }, onclick: () => choose(unit, span, cell), onfocus: () => { focused = key; } },
    cell.people.length ? el("span", {}, cell.people.map((one) => `${one.name}${partly(one)}`).join(", ")) : el("span", { class: "muted" }, t("nobody yet")),
    cell.people.length > 0 && (cell.short.length
      ? el("span", { class: "badge tone-red" }, icon("warning"), t("lacks {what}", { what: shortOf(cell.short) }))
      : el("span", { class: "badge tone-green" }, icon("check"), t("complete"))));
}

function draw() {
  const { spans, units } = plan;
  fill(root,
    el("div", { class: "shift-head" },
      button("", () => turn(-1), { icon: "arrow-left", class: "button-icon", "aria-label": t("Day before") }),
      el("h2", {}, date(`${day}T12:00:00Z`)),
      button("", () => turn(1), { icon: "arrow-right", class: "button-icon", "aria-label": t("Day after") }),
      button(t("As yesterday"), () => copy(1), { icon: "copy" }), button(t("As a week ago"), () => copy(7), { icon: "copy" })),
    el("div", { class: "table-scroll" }, el("table", { class: "table shift-table" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("Unit")), spans.map((span) => el("th", { scope: "col" },
        `${clock(span.starts_at)}–${clock(span.ends_at)} `, button(t("Usual crews"), () => usual(span), { icon: "people", tone: "quiet" }))))),
      el("tbody", {}, units.map((unit, row) => el("tr", {},
        el("th", { scope: "row" }, el("span", { class: "cell-unit" }, icon(iconName(unit.icon, "truck")), el("strong", {}, unit.call_sign)), el("small", { class: "muted" }, unit.station_name ?? "")),
        unit.shifts.map((cell, column) => el("td", { "data-label": `${clock(spans[column].starts_at)}–${clock(spans[column].ends_at)}` },
          cellButton(unit, spans[column], cell, `${row}-${column}`)))))))));
  if (focused) find(`[data-cell="${focused}"]`, root)?.focus({ preventScroll: true });
}

function move(rows, columns) {
  const [row, column] = (focused ?? "0-0").split("-").map(Number);
  const wanted = focused && document.activeElement?.dataset.cell === focused ? `${row + rows}-${column + columns}` : focused ?? "0-0";
  const node = findAll("[data-cell]", root).find((one) => one.dataset.cell === wanted);
  node?.focus();
  return Boolean(node);
}
export const shiftKeys = {
  ArrowDown: () => move(1, 0), ArrowUp: () => move(-1, 0), ArrowRight: () => move(0, 1), ArrowLeft: () => move(0, -1),
};
