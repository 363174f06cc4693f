/** Areas reached within a time: each band its own pattern and outline, so that no colour is needed to tell them apart. */
import { shape } from "./svg.js";

/** From the soonest to the latest: the class of its outline and pattern. */
export const BANDS = ["soonest", "middle", "latest"];
const ID = (band) => `reach-${band}`;

const PATTERNS = {
  soonest: () => [shape("rect", { width: 10, height: 10, class: "reach-tint" })],
  middle: () => [shape("rect", { width: 10, height: 10, class: "reach-tint reach-tint-faint" }), shape("path", { d: "M-2 12L12 -2M-2 2L2 -2M8 12L12 8", class: "reach-line" })],
  latest: () => [shape("rect", { width: 10, height: 10, class: "reach-tint reach-tint-fainter" }), shape("circle", { cx: 5, cy: 5, r: 1.5, class: "reach-dot" })],
};
const patternOf = (band, prefix) => shape("pattern", { id: `${prefix}${ID(band)}`, width: 10, height: 10, patternUnits: "userSpaceOnUse" }, ...PATTERNS[band]());

/** A small square that looks as the band does on the map, for the legend. */
export function swatch(band) {
  return shape("svg", { class: "reach-swatch", viewBox: "0 0 34 22", "aria-hidden": "true" }, shape("defs", {}, patternOf(band, "key-")),
    shape("rect", { x: 2, y: 2, width: 30, height: 18, fill: `url(#key-${ID(band)})`, class: `reach-outline reach-outline-${band}` }));
}

const polygons = (geometry) => (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates);
const turned = (ring) => ring.map(([lon, lat]) => [lat, lon]);
const rings = (geometry) => polygons(geometry).flat().map(turned);
/** Without the holes: a block that no street enters needs no line around it. */
const outerRings = (geometry) => polygons(geometry).map(([outer]) => turned(outer));

/** Whether [lon, lat] lies inside a (Multi)Polygon: a ray to the east crosses its rings an odd number of times. */
export function inside(geometry, [lon, lat]) {
  let odd = false;
  for (const ring of rings(geometry)) {
    for (let i = 1; i < ring.length; i += 1) {
      const [[latA, lonA], [latB, lonB]] = [ring[i - 1], ring[i]];
      if ((latA > lat) !== (latB > lat) && lon < ((lonB - lonA) * (lat - latA)) / (latB - latA) + lonA) odd = !odd;
    }
  }
  return odd;
}

// The legend lies over the left of a wide map.
const LEGEND_PX = 290;

/** reachLayer(map) → {show(features, place), clear()}; features as the API gives them: the largest first. */
export function reachLayer(map) {
  const group = L.featureGroup().addTo(map);

  function definePatterns() {
    const svg = map.getPane("overlayPane").querySelector("svg");
    if (svg && !svg.querySelector(`#${ID("soonest")}`)) svg.prepend(shape("defs", {}, ...BANDS.map((band) => patternOf(band, ""))));
  }

  return {
    show(features, place) {
      group.clearLayers();
      const soonestFirst = [...features].reverse();
      // A band is what its limit reaches and the one before does not: rings of both, filled where an odd number encloses.
      soonestFirst.forEach((feature, i) => {
        const within = i ? rings(soonestFirst[i - 1].geometry) : [];
        L.polygon([...rings(feature.geometry), ...within], { stroke: false, fillRule: "evenodd", fillColor: `url(#${ID(BANDS[i])})`, fillOpacity: 1, interactive: false }).addTo(group);
      });
      [...soonestFirst.entries()].reverse().forEach(([i, feature]) => {
        L.polyline(outerRings(feature.geometry), { fill: false, interactive: false, className: `reach-outline reach-outline-${BANDS[i]}` }).addTo(group);
      });
      definePatterns();
      const bounds = group.getBounds();
      L.circleMarker([place.lat, place.lon], { radius: 9, className: "reach-place", interactive: false }).addTo(group);
      if (bounds.isValid()) map.fitBounds(bounds, { paddingTopLeft: [map.getSize().x > 2 * LEGEND_PX ? LEGEND_PX : 15, 15], paddingBottomRight: [15, 15] });
    },
    clear() { group.clearLayers(); },
  };
}
