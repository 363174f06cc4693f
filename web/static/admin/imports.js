/** Agencies, stations, units, crews, equipment, shifts and kelurahan from CSV or GeoJSON: a preview of every row, then all of the file or nothing. */
import { api } from "../shared/api.js";
import { button, el, fill, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { toast, toastProblem } from "../shared/toast.js";
import { head, table } from "./lists.js";

const WHAT = {
  sheet: [t("All in one file"), "row (agency, station, unit, person, equipment, shift); code; agency; name; short_name; kind; phone; shift_starts; capabilities; area; arrival_min; lon; lat; address; call_sign; type; station; duty; duty_reason; role; number; skills; quantity; fit; valid_days; starts_at; ends_at"],
  stations: [t("Stations"), "name; kind; agency; lon; lat; address"],
  units: [t("Units"), "call_sign; type; agency; station; duty; duty_reason; crew; equipment"],
  people: [t("People"), "agency; name; role; number; skills; phone; call_sign"],
  equipment: [t("Equipment"), "call_sign; name; quantity; fit; valid_days"],
  shifts: [t("Shifts"), "call_sign; name; number; starts_at; ends_at"],
  villages: [t("Kelurahan"), "code; name; district_code; district; postal_code; " + t("and its outline: GeoJSON only")],
};
const KINDS = { agency: t("Agency"), station: t("Station"), unit: t("Unit"), person: t("Person"), equipment: t("Equipment"), shift: t("Shift") };
const ACTIONS = {
  add: [t("Add"), "green", "plus"], change: [t("Change"), "blue", "edit"],
  same: [t("As it is"), "grey", "check"], refused: [t("Wrong"), "red", "warning"],
};

export async function show(box) {
  let what = "sheet";
  let file = null;
  const result = el("div", { class: "admin-stack" });
  const columns = el("code", { class: "import-columns" });
  const picker = el("input", { type: "file", accept: ".csv,.geojson,.json,text/csv,application/geo+json", class: "visually-hidden", id: "import-file",
    onchange: () => take(picker.files[0]) });
  const drop = el("div", { class: "drop",
    ondragover: (event) => { event.preventDefault(); drop.classList.add("is-over"); },
    ondragleave: () => drop.classList.remove("is-over"),
    ondrop: (event) => { event.preventDefault(); drop.classList.remove("is-over"); take(event.dataTransfer.files[0]); } },
    icon("upload", { large: true }), el("p", {}, t("Drop a CSV or GeoJSON file here, or choose it.")), picker,
    button(t("Choose a file"), () => picker.click(), { icon: "document", tone: "primary" }),
    el("p", { class: "muted" }, t("Columns:"), " ", columns));
  const switcher = el("div", { class: "segments", role: "group", "aria-label": t("What is in the file") },
    Object.entries(WHAT).map(([code, [words]]) => el("button", { type: "button", dataset: { what: code }, onclick: () => choose(code) }, words)));

  function choose(code) {
    what = code;
    for (const one of switcher.children) one.setAttribute("aria-pressed", String(one.dataset.what === code));
    columns.textContent = WHAT[code][1];
    fill(result);
  }
  const send = (dryRun) => {
    const form = new FormData();
    form.append("file", file);
    return api.post(`/imports/${what}`, form, { dry_run: dryRun });
  };
  async function take(chosen) {
    if (!chosen) return;
    file = chosen;
    picker.value = "";
    try {
      preview(await send(true));
    } catch (problem) {
      fill(result, el("div", { class: "notice tone-red", role: "alert" }, icon("warning"), el("p", {}, problem.detail || problem.message)));
    }
  }
  async function save() {
    try {
      const saved = await send(false);
      toast(t("Saved: {added} added, {changed} changed.", saved), "good");
      fill(result);
    } catch (problem) {
      toastProblem(problem);
    }
  }
  function preview(report) {
    const sound = report.refused === 0;
    fill(result,
      el("div", { class: `notice tone-${sound ? "green" : "red"}`, role: "status" }, icon(sound ? "check" : "warning"),
        el("p", {}, el("strong", {}, file.name), ": ", t("{added} to add, {changed} to change, {same} as they are, {refused} wrong.", report), " ",
          sound ? t("Nothing is saved yet.") : t("Nothing can be saved until every row is right."))),
      sound && el("div", { class: "actions" }, button(t("Save all rows"), save, { icon: "check", tone: "primary" })),
      table({ rows: [...report.rows].sort((a, b) => b.problems.length - a.problems.length), columns: [
        [t("Row"), (row) => row.where],
        ...(what === "sheet" ? [[t("What"), (row) => KINDS[row.kind] ?? ""]] : []),
        [t("Name"), (row) => row.name],
        ["", (row) => { const [words, tone, drawing] = ACTIONS[row.action]; return el("span", { class: `badge tone-${tone}` }, icon(drawing), words); }],
        ["", (row) => [
          row.problems.length > 0 && el("ul", { class: "problem-list" }, row.problems.map((one) => el("li", {}, one.sentence))),
          row.notes.length > 0 && el("ul", { class: "note-list" }, row.notes.map((one) => el("li", {}, one)))]],
      ] }));
  }
  fill(box, head({ title: t("Import files"), extra: switcher,
    note: t("First every row is checked and shown; nothing is saved before you say so, and then the whole file or nothing. Rows that are already there are changed.") }), drop, result);
  choose(what);
}
