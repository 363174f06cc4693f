/** The Leaflet layer of a basemap: vector tiles drawn here, or pictures drawn elsewhere. */
import { loadClassic } from "../shared/classic.js";
import { locale } from "../shared/i18n.js";
import { labelRules } from "./basemap-labels.js";
import { plainLabelRules, plainPaintRules } from "./basemap-plain.js";
import { paintRules } from "./basemap-style.js";

const RENDERER = "/vendor/protomaps-leaflet/dist/protomaps-leaflet.js";
const GIVE_UP_AFTER_ERRORS = 4;
export const FONT = '"Inter Variable"';

/** Most pages have it in their head; a page that may do without a map does not. */
async function loadRenderer() {
  if (!window.protomapsL) await loadClassic(RENDERER);
  return window.protomapsL;
}

/** Whose map it is, and how they let it be used. */
export const credit = (basemap) => [basemap.attribution, basemap.licence].filter((words) => words && words !== "-").join(" · ");

/** Vector tiles: our own as its file says, a foreign file plainly in the colours of our own. */
export async function vectorLayer(basemap, own, shade) {
  const protomaps = await loadRenderer();
  const isOwn = basemap.kind === "vector";
  return protomaps.leafletLayer({
    url: basemap.tiles,
    maxDataZoom: basemap.zoom[1],
    maxZoom: 22,
    attribution: basemap.attribution,
    backgroundColor: own.background[shade],
    paintRules: isOwn ? paintRules(protomaps, basemap, shade) : plainPaintRules(protomaps, basemap, own, shade),
    labelRules: isOwn ? labelRules(protomaps, basemap, shade, FONT) : plainLabelRules(protomaps, basemap, own, shade, FONT),
    lang: locale,
    // A canvas does not wait for a font by itself: names drawn before it came would stay in another one.
    tasks: [document.fonts.load(`600 14px ${FONT}`)],
  });
}

/** Pictures; `silent` is told when their server has refused or missed several and sent none. */
export function pictureLayer(basemap, { silent }) {
  let failures = 0;
  const layer = L.tileLayer(basemap.tiles, {
    minNativeZoom: basemap.zoom[0],
    maxNativeZoom: basemap.zoom[1],
    maxZoom: 22,
    attribution: credit(basemap),
    // Some servers answer nobody who does not say where the pictures are shown.
    referrerPolicy: "origin",
  });
  layer.on("tileload", () => { failures = 0; });
  layer.on("tileerror", () => {
    failures += 1;
    if (basemap.online && failures >= GIVE_UP_AFTER_ERRORS) silent();
  });
  return layer;
}
