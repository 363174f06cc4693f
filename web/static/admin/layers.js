/** Map layers that were uploaded: look into a file, choose how it looks, change it, give it another file, remove it. */
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { button, el, fill, icon } from "../shared/dom.js";
import { showProblem } from "../shared/form.js";
import { locale, number, t } from "../shared/i18n.js";
import { clockOrDate } from "../shared/time.js";
import { toast, toastProblem } from "../shared/toast.js";
import { swatch } from "../map/layer_panel.js";
import { layerForm, valuesOf } from "./layer_form.js";
import { previewMap } from "./layer_preview.js";
import { act, head, table } from "./lists.js";
import { roleName } from "./words.js";

const KINDS = ".geojson,.json,.gpkg,.kml,.zip";
const MOST_MB = 16;
const SHAPES = { point: t("Points"), line: t("Lines"), polygon: t("Areas") };

const title = (row) => (locale === "id" ? row.title_id : row.title_en);

export async function show(box) {
  const listed = el("div", {});
  const work = el("div", { class: "admin-stack" });
  let icons = [];

  async function reload() {
    const answer = await api.get("/uploaded-layers");
    icons = answer.icons;
    fill(listed, table({
      rows: answer.items, empty: t("No layer has been uploaded yet."),
      columns: [
        [t("Layer"), (row) => el("span", { class: "cell-name" }, swatch(row), el("span", { class: "cell-words" }, title(row), el("small", {}, row.file_name)))],
        [t("What it holds"), (row) => [number(row.features), " · ", SHAPES[row.shape]]],
        [t("Who sees it"), (row) => row.roles.map(roleName).join(", ")],
        [t("Uploaded"), (row) => [clockOrDate(row.uploaded_at), row.uploaded_by ? ` · ${row.uploaded_by}` : ""]],
        ["", (row) => el("div", { class: "actions" },
          button(t("Change"), () => change(row), { icon: "edit", tone: "quiet" }),
          button(t("New file"), () => choose(row), { icon: "upload", tone: "quiet" }),
          button(t("Remove"), () => remove(row), { icon: "trash", tone: "quiet" }))],
      ],
    }));
  }

  const picker = el("input", { type: "file", accept: KINDS, class: "visually-hidden", id: "layer-file", onchange: () => take(picker.files[0]) });
  let target = null;
  const drop = el("div", { class: "drop",
    ondragover: (event) => { event.preventDefault(); drop.classList.add("is-over"); },
    ondragleave: () => drop.classList.remove("is-over"),
    ondrop: (event) => { event.preventDefault(); drop.classList.remove("is-over"); target = null; take(event.dataTransfer.files[0]); } },
    icon("layers", { large: true }), el("p", {}, t("Drop a GeoJSON, GeoPackage or KML file here, or a shapefile in a zip. At most {mb} MB.", { mb: MOST_MB })), picker,
    button(t("Choose a file"), () => choose(null), { icon: "document", tone: "primary" }));

  function choose(row) {
    target = row;
    picker.click();
  }

  function sent(file, sourceLayer, more = {}) {
    const form = new FormData();
    form.append("file", file);
    if (sourceLayer) form.append("source_layer", sourceLayer);
    for (const [name, value] of Object.entries(more)) if (value !== null && value !== "") form.append(name, value);
    return form;
  }
  const say = (tone, drawing, ...words) => el("div", { class: `notice tone-${tone}`, role: tone === "red" ? "alert" : "status" }, icon(drawing), el("div", {}, words));

  /** Look into the file first; nothing is saved by that. */
  async function take(file, sourceLayer = null) {
    if (!file) return;
    picker.value = "";
    if (file.size > MOST_MB * 1024 * 1024) {
      fill(work, say("red", "warning", el("p", {}, t("{name} is larger than {mb} MB. Send it in parts.", { name: file.name, mb: MOST_MB }))));
      return;
    }
    fill(work, say("blue", "refresh", el("p", {}, t("Looking into {name}…", { name: file.name })), el("progress", {})));
    try {
      found(file, await api.post("/uploaded-layers/preview", sent(file, sourceLayer)));
    } catch (problem) {
      fill(work, say("red", "warning", el("p", {}, problem.detail || problem.message)));
    }
  }

  function found(file, report) {
    const several = report.layers.length > 1 && el("div", { class: "field" }, el("label", { for: "source-layer" }, t("Layer of the file")),
      el("select", { id: "source-layer", onchange: (event) => take(file, event.target.value) }, el("option", { value: "" }, t("Choose one")),
        report.layers.map((one) => el("option", { value: one, selected: one === report.layer }, one))));
    if (report.problems.length) {
      fill(work, several, say("red", "warning", el("p", {}, el("strong", {}, file.name), ": ",
        t("{n} problems. Nothing can be saved until the file is right.", { n: number(report.problem_count) })),
        el("ul", { class: "problem-list" }, report.problems.map((one) => el("li", {}, one.sentence)))));
      return;
    }
    const types = Object.entries(report.geometry_types).map(([name, n]) => `${number(n)} ${name}`).join(", ");
    const map = el("div", { class: "map layer-preview" });
    const facts = el("div", { class: "panel panel-body" }, el("h3", {}, file.name), el("p", {}, types),
      el("h4", {}, t("Columns")), el("dl", { class: "layer-columns" }, report.columns.map(({ name, examples }) => [el("dt", {}, name), el("dd", { class: "muted" }, examples.join(" · "))])));
    const look = el("div", { class: "admin-stack" });
    fill(work, several, say("green", "check", el("p", {}, el("strong", {}, file.name), ": ", t("{n} features, all right. Nothing is saved yet.", { n: number(report.features) }))),
      el("div", { class: "layer-found" }, map, facts), look);
    const colours = previewMap(map, report);
    if (target) fill(look, el("div", { class: "actions" }, button(t("Replace the features of “{name}”", { name: title(target) }), () => replace(file, report), { icon: "upload", tone: "primary" })));
    else fill(look, layerForm({ icons, columns: report.columns.map(({ name }) => name), name: file.name.replace(/\.[^.]+$/, ""), onColour: colours,
      save: (form) => save(form, file, report) }));
    look.querySelector("input, button")?.focus();
  }

  async function save(form, file, report) {
    try {
      const { roles, ...looks } = valuesOf(form);
      await api.post("/uploaded-layers", sent(file, report.layer, { ...looks, roles: roles.join() }));
      toast(t("The layer is on the maps."), "good");
      fill(work);
      await reload();
    } catch (problem) {
      showProblem(form, problem);
    }
  }

  async function replace(file, report) {
    try {
      await api.put(`/uploaded-layers/${target.id}/file`, sent(file, report.layer));
      toast(t("The layer has its new features."), "good");
      fill(work);
      await reload();
    } catch (problem) {
      toastProblem(problem);
    }
  }

  function change(row) {
    fill(work, layerForm({ icons, columns: row.columns, row, save: async (form) => {
      try {
        await api.patch(`/uploaded-layers/${row.id}`, valuesOf(form));
        toast(t("Saved."), "good");
        fill(work);
        await reload();
      } catch (problem) {
        showProblem(form, problem);
      }
    } }));
    work.querySelector("input")?.focus();
    work.scrollIntoView({ block: "nearest" });
  }

  async function remove(row) {
    const yes = await ask({ title: t("Remove the layer “{name}”?", { name: title(row) }), icon: "trash", danger: true, confirm: t("Remove"),
      text: t("It disappears from every map at once, with its {n} features.", { n: number(row.features) }), submit: async () => true });
    if (yes) await act(() => api.del(`/uploaded-layers/${row.id}`), t("The layer is removed."), reload);
  }

  await reload();
  fill(box, head({ title: t("Map layers"), note: t("A file becomes a layer on every map at once. First every feature is checked and shown; nothing is saved before you say so, and then the whole file or nothing.") }),
    drop, work, listed);
  return { refresh: { prefix: "layer.", fn: () => reload().catch(toastProblem) } };
}
