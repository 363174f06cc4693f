/** A map on our own basemap, with controls in the page's language and the page's colours. */
import { keepBasemap } from "./basemap.js";
import { getReference } from "../shared/api.js";
import { t } from "../shared/i18n.js";

const FAR_BELOW_ZOOM = 14;
const NEAR_FROM_ZOOM = 16;

/**
 * createMap(el, {bounds, center: {lon, lat}, zoom}) → L.Map. Without bounds or center it opens where
 * the installation's roads are. Bounds are [west, south, east, north].
 */
export function createMap(node, { bounds = null, center = null, zoom = 14, scale = true } = {}) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(node, {
    zoomControl: false, minZoom: 4, maxZoom: 20, zoomSnap: 0.5, worldCopyJump: true,
    zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm, inertia: !calm,
  });
  node.setAttribute("aria-label", t("Map: arrow keys move it, plus and minus zoom"));
  map.attributionControl.setPrefix(false);
  L.control.zoom({ position: "bottomright", zoomInTitle: t("Zoom in"), zoomOutTitle: t("Zoom out") }).addTo(map);
  if (scale) L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);

  const far = () => {
    node.classList.toggle("is-far", map.getZoom() < FAR_BELOW_ZOOM);
    node.classList.toggle("is-near", map.getZoom() >= NEAR_FROM_ZOOM);
  };
  map.on("zoomend", far);
  let placed = Promise.resolve();
  let gone = false; // the part of the page that it was on was left
  if (center) map.setView([center.lat, center.lon], zoom);
  else if (bounds) map.fitBounds([[bounds[1], bounds[0]], [bounds[3], bounds[2]]]);
  else {
    map.setView([0.906, 108.987], 12);
    placed = getReference().then(({ map: place }) => {
      if (gone) return;
      if (place?.bounds) map.fitBounds([[place.bounds[1], place.bounds[0]], [place.bounds[3], place.bounds[2]]], { animate: false });
      if (place?.lon !== undefined && place?.lon !== null) map.setView([place.lat, place.lon], 14, { animate: false });
    }).catch((problem) => console.error(problem));
  }
  far();

  placed.then(() => !gone && keepBasemap(map)); // before it, tiles of another place would be asked for
  const sizes = new ResizeObserver(() => map.invalidateSize({ animate: false }));
  sizes.observe(node);
  map.on("unload", () => {
    gone = true;
    sizes.disconnect();
  });
  return map;
}

/** Bring places into view, never closer than is useful; with padding so that panels do not hide them. */
export function showPlaces(map, places, { maxZoom = 17, padding = 60 } = {}) {
  const points = places.filter((p) => p && p.lat !== undefined && p.lat !== null).map((p) => [p.lat, p.lon]);
  if (points.length === 1) map.setView(points[0], Math.max(map.getZoom(), Math.min(maxZoom, 16)));
  else if (points.length) map.fitBounds(points, { padding: [padding, padding], maxZoom });
}
