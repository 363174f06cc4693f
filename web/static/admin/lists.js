/** A list with a head, a filter and a table that becomes cards on a phone. */
import { button, debounce, el, fill, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { toast, toastProblem } from "../shared/toast.js";

/** head({title, note, add: {label, run}, filter: fn(text)}) → nodes */
export function head({ title, note = null, add = null, filter = null, extra = [] }) {
  const search = filter && el("input", { class: "input", type: "search", placeholder: t("Filter"), "aria-label": t("Filter the list"),
    dataset: { filter: "" }, oninput: debounce((event) => filter(event.target.value.trim().toLowerCase()), 120) });
  return [
    el("div", { class: "admin-head" }, el("h2", {}, title), search, extra,
      add && button(add.label, add.run, { icon: "plus", tone: "primary", key: "N", "data-new": true })),
    note && el("p", { class: "admin-note" }, note),
  ];
}

/** table({columns: [[head, cell(row)]], rows, off(row), empty}) → node; a cell may be text or nodes. */
export function table({ columns, rows, off = () => false, empty = t("There is nothing here yet.") }) {
  if (!rows.length) return el("div", { class: "empty" }, icon("inbox", { large: true }), el("p", {}, empty));
  return el("div", { class: "table-scroll" }, el("table", { class: "table" },
    el("thead", {}, el("tr", {}, columns.map(([words]) => el("th", { scope: "col" }, words)))),
    el("tbody", {}, rows.map((row) => el("tr", { class: off(row) ? "is-off" : null },
      columns.map(([words, cell]) => el("td", { "data-label": words || null }, cell(row))))))));
}

/** list(box, {…head, load(), matches(row, text), columns, off, empty}) → reload() */
export async function list(box, { load, matches, columns, off, empty, order = (rows) => rows, ...rest }) {
  const body = el("div", {});
  let rows = [];
  let wanted = "";
  const draw = () => {
    const found = wanted ? rows.filter((row) => matches(row).toLowerCase().includes(wanted)) : rows;
    fill(body, table({ columns, rows: order(found), off, empty: wanted ? t("Nothing matches the filter.") : empty }));
  };
  const reload = async () => {
    rows = await load();
    draw();
  };
  await reload();
  fill(box, head({ ...rest, filter: matches && ((text) => { wanted = text; draw(); }) }), body);
  return reload;
}

/** Do something, say that it is done, and look again; a refusal is a toast. */
export async function act(run, done, reload) {
  try {
    await run();
    if (done) toast(done, "good");
    await reload?.();
  } catch (problem) {
    toastProblem(problem);
  }
}

export const inUse = (yes) => el("span", { class: `badge tone-${yes ? "green" : "grey"}` },
  icon(yes ? "check" : "cross"), yes ? t("In use") : t("Not in use"));
export const sampleMark = (row) => row.sample && el("span", { class: "sample-mark" }, t("sample"));
export const name = (drawing, words, small = null, { sub = false } = {}) =>
  el("span", { class: `cell-name${sub ? " is-sub" : ""}` }, drawing && icon(drawing), el("span", { class: "cell-words" }, words, small && el("small", {}, small)));
export const options = (rows, value, word, none = null) =>
  [...(none === null ? [] : [["", none]]), ...rows.map((row) => [row[value], word(row)])];
