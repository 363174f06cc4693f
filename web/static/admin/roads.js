/** The road network that travel times come from: which, how large, how old, and how to change it. */
import { api } from "../shared/api.js";
import { el, fill, icon } from "../shared/dom.js";
import { number, t } from "../shared/i18n.js";
import { clockOrDate } from "../shared/time.js";
import { lacksOf } from "../map/basemap-contents.js";
import { head } from "./lists.js";

export async function show(box) {
  let roads = null;
  try {
    roads = await api.get("/roads");
  } catch (problem) {
    if (problem.status !== 503) throw problem;
  }
  const map = (await api.get("/layers")).basemaps[0];
  const fact = (words, value) => [el("dt", {}, words), el("dd", {}, value)];
  fill(box, head({ title: t("Roads") }),
    !roads && el("div", { class: "notice tone-red" }, icon("warning"), el("p", {}, t("No road network is loaded: units cannot be ranked."))),
    roads?.sample && el("div", { class: "notice tone-amber" }, icon("info"), el("p", {}, t("This is the sample city. Import the roads of your own city before real use."))),
    roads && el("div", { class: "panel" }, el("div", { class: "panel-body" }, el("dl", { class: "facts" },
      fact(t("Place"), roads.place), fact(t("Source"), roads.source), fact(t("Version"), roads.version),
      roads.imported_at && fact(t("Imported"), clockOrDate(roads.imported_at)),
      fact(t("Junctions"), number(roads.junction_count)), fact(t("Road directions"), number(roads.edge_count)),
      fact(t("From"), roads.attribution),
      fact(t("Beside the roads"), lacksOf(map) ? t("Not in this map's source: {what}", { what: lacksOf(map) }) : t("The source has everything that the map shows."))))),
    el("div", { class: "panel" }, el("div", { class: "panel-head" }, el("h2", {}, t("Import roads"))),
      el("div", { class: "panel-body" },
        el("p", {}, t("On the server, by place from OpenStreetMap or from a file. The server goes on working meanwhile; the new roads replace the old ones whole or not at all.")),
        el("div", { class: "secret-line" }, el("code", {}, 'script/cli roads import --place "Singkawang, Kalimantan Barat, Indonesia"')),
        el("div", { class: "secret-line" }, el("code", {}, "script/cli roads import singkawang.osm.pbf")))));
}
