/** A vector map whose layers we do not know: drawn plainly, by what its layers are called, in our own colours. */
import { widthAt } from "./basemap-style.js";

const WATER = /water|ocean|sea|river|lake|sungai|laut/i;
const ROADS = /road|street|highway|transport|jalan/i;
const BUILDINGS = /building|bangunan|structure/i;
const GREEN = /park|wood|forest|green|grass|landcover|landuse|natural|hutan/i;
const LINE = 2;
const AREA = 3;
const POINT = 1;
const isShape = (kind) => (zoom, feature) => feature.geomType === kind;

const fillOf = (own, kind, shade) => own.areas.findLast((group) => group.kind === kind)?.[shade].fill;

function fillFor(name, own, shade) {
  if (WATER.test(name)) return fillOf(own, "water", shade);
  if (BUILDINGS.test(name)) return fillOf(own, "building", shade);
  return GREEN.test(name) ? fillOf(own, "green", shade) : null;
}

/** Areas first, then lines, each layer in the order of the file. */
export function plainPaintRules(protomaps, basemap, own, shade) {
  const road = own.roads.at(-3); // as wide as a street where people live
  const areas = basemap.layers.map((name) => {
    const fill = fillFor(name, own, shade);
    return {
      dataLayer: name,
      filter: isShape(AREA),
      symbolizer: new protomaps.PolygonSymbolizer({ fill: fill ?? own.background[shade], opacity: fill ? 1 : 0.3, stroke: own.boundary[shade], width: fill ? 0 : 1 }),
    };
  });
  const lines = basemap.layers.map((name) => ({
    dataLayer: name,
    filter: isShape(LINE),
    symbolizer: new protomaps.LineSymbolizer(ROADS.test(name)
      ? { color: road[shade].thin ?? road[shade].fill, width: (zoom) => widthAt(road.width, zoom), lineCap: "round" }
      : { color: WATER.test(name) ? fillOf(own, "water", shade) : own.boundary[shade], width: 1.4 }),
  }));
  return [...areas, ...lines];
}

/** Names of points and along roads. */
export function plainLabelRules(protomaps, basemap, own, shade, font) {
  const look = { fill: own.text[shade].colour, stroke: own.text[shade].halo, fontFamily: font, labelProps: ["name"], fontWeight: 600, width: 3, lineHeight: 1.4 };
  const points = basemap.layers.map((name) => ({
    dataLayer: name, filter: isShape(POINT), symbolizer: new protomaps.CenteredTextSymbolizer({ ...look, fontSize: 15 }),
  }));
  const roads = basemap.layers.filter((name) => ROADS.test(name)).map((name) => ({
    dataLayer: name, minzoom: 14, filter: isShape(LINE),
    symbolizer: new protomaps.LineLabelSymbolizer({ ...look, fontSize: 14, position: protomaps.LineLabelPlacement?.Center ?? 2, repeatDistance: 420 }),
  }));
  return [...points, ...roads];
}
