/** The way there: time, roads, what it avoids, the phone's own navigation, and its map kept for when the signal goes. */
import { api } from "../shared/api.js";
import { el, icon } from "../shared/dom.js";
import { distance, t } from "../shared/i18n.js";
import { duration } from "../shared/time.js";

export function renderWay(incident, route) {
  const { lon, lat } = incident.location;
  return el("div", { class: "field-way" },
    route && el("p", {}, icon("navigation"), " ", el("strong", {}, duration(route.driving_time_s)), " · ", distance(route.length_m)),
    route?.closures_avoided?.length > 0 && el("p", { class: "notice tone-amber" }, icon("closed-road"),
      t("The way avoids: {reasons}", { reasons: route.closures_avoided.map((c) => c.reason).join(", ") })),
    el("div", { class: "field-pair" },
      el("a", { class: "button field-step", href: `geo:${lat},${lon}?q=${lat},${lon}` }, icon("map"), el("span", {}, t("Navigate"))),
      el("a", { class: "button field-step", target: "_blank", rel: "noopener",
        href: `https://www.google.com/maps/dir/?api=1&destination=${lat},${lon}&travelmode=driving` }, icon("navigation"), el("span", {}, "Google Maps"))),
    route?.streets?.length > 0 && el("p", { class: "muted" }, route.streets.join(" → ")),
    route?.closures_avoided?.length > 0 && el("p", { class: "muted" }, t("Other navigation does not know today's road closures.")));
}

// A tile is drawn over twice its own size, so the nearest view asks for less than its own zoom.
const ZOOMS = [11, 12, 13, 14, 15];
const MOST_TILES = 400;

/** Addresses of the tiles along a line of [lon, lat], with those beside it, coarse ones first. */
export function tilesAlong(line, template, largest = 15) {
  const found = new Set();
  for (const z of ZOOMS.filter((zoom) => zoom <= largest)) {
    const side = 2 ** z;
    for (const [lon, lat] of line) {
      const sin = Math.sin((lat * Math.PI) / 180);
      const x = Math.floor(((lon + 180) / 360) * side);
      const y = Math.floor((0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * side);
      for (const [dx, dy] of [[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1]]) {
        found.add(template.replace("{z}", z).replace("{x}", x + dx).replace("{y}", y + dy));
        if (found.size >= MOST_TILES) return [...found];
      }
    }
  }
  return [...found];
}

let keptFor = null;
/** Ask for the tiles of the way once, so that the service worker has them. */
export async function keepMap(assignment, route) {
  if (keptFor === assignment.id || !route || !navigator.serviceWorker?.controller) return;
  keptFor = assignment.id;
  const { basemaps: [own] } = await api.get("/layers");
  for (const address of tilesAlong(route.route.coordinates, own.tiles, own.zoom[1])) {
    // A tile that cannot be had now is a hole in the map later, no more.
    const answer = await fetch(address).catch(() => null);
    if (!answer) {
      keptFor = null;
      return;
    }
  }
}
