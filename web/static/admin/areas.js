/** Areas for which other response plans hold: drawn on the map, or read from a GeoJSON file. */
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { button, el, fill, icon } from "../shared/dom.js";
import { number, t } from "../shared/i18n.js";
import { toastProblem } from "../shared/toast.js";
import { drawClosure } from "../map/closures.js";
import { createMap } from "../map/map.js";
import { act, head } from "./lists.js";

const hectares = (size_m2) => t("{n} ha", { n: number(size_m2 / 10000, 1) });

export async function show(box) {
  const face = el("div", { class: "map" });
  const side = el("div", { class: "admin-list" });
  const file = el("input", { type: "file", accept: ".geojson,.json,application/geo+json", class: "visually-hidden", id: "area-file", tabindex: -1 });
  fill(box, head({ title: t("Areas of response plans"), add: { label: t("Draw an area"), run: draw },
    extra: [file, button(t("From a GeoJSON file"), () => file.click(), { icon: "upload" })],
    note: t("A plan for an area holds before one for a village, a district or the whole city; of two areas the smaller one.") }),
  el("div", { class: "admin-map" }, face, side));
  const shapes = L.featureGroup();
  let map = null;

  const save = (geometry, row = null) => ask({ title: row ? row.name : t("New area"), icon: "map", confirm: t("Save"),
    fields: [{ name: "name", label: t("Name"), required: true, value: row?.name ?? "" }],
    submit: ({ name }) => (row ? api.put(`/plan-areas/${row.id}`, { name, geometry }) : api.post("/plan-areas", { name, geometry })) });

  async function draw() {
    const geometry = await drawClosure(map, "polygon");
    if (geometry && await save(geometry)) await reload();
  }
  async function fromFile() {
    const [chosen] = file.files;
    file.value = "";
    if (!chosen) return;
    try {
      const geometry = JSON.parse(await chosen.text());
      if (await save(geometry)) await reload();
    } catch (problem) {
      toastProblem(problem.name === "SyntaxError" ? new Error(t("{name} is not GeoJSON.", { name: chosen.name })) : problem);
    }
  }
  file.addEventListener("change", fromFile);
  async function rename(row) {
    if (await save(row.geometry, row)) await reload();
  }

  const rowOf = (row, shape) => el("article", { class: "station-row" }, icon("map"),
    el("span", {}, el("strong", {}, row.name), el("small", {}, hectares(row.size_m2), " · ", t("plans: {n}", { n: row.plan_count }))),
    el("div", { class: "actions" },
      button("", () => map.fitBounds(shape.getBounds(), { padding: [30, 30] }), { icon: "pin", tone: "quiet", class: "button-icon", title: t("Show"), "aria-label": t("Show {name}", { name: row.name }) }),
      button("", () => rename(row), { icon: "edit", tone: "quiet", class: "button-icon", title: t("Rename"), "aria-label": t("Rename {name}", { name: row.name }) }),
      button("", () => act(() => api.del(`/plan-areas/${row.id}`), null, reload), { icon: "trash", tone: "quiet", class: "button-icon", title: t("Remove"), "aria-label": t("Remove {name}", { name: row.name }) })));

  async function reload() {
    const { items } = await api.get("/plan-areas");
    shapes.clearLayers();
    fill(side, items.length ? items.map((row) => {
      const shape = L.geoJSON(row.geometry, { className: "plan-area" }).bindTooltip(row.name);
      shapes.addLayer(shape);
      return rowOf(row, shape);
    }) : el("div", { class: "empty" }, icon("map", { large: true }), el("p", {}, t("No area yet: draw one, or read it from a file."))));
  }
  // The map measures its box, which is on the page only after this returns.
  const here = reload();
  requestAnimationFrame(async () => {
    map = createMap(face);
    shapes.addTo(map);
    await here.catch(() => {}); // who opened the page is told
    if (shapes.getLayers().length) map?.fitBounds(shapes.getBounds(), { padding: [30, 30] });
  });
  await here;
  return {
    leave() {
      map?.remove();
      map = null;
    },
  };
}
