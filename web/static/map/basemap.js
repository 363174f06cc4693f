/** Our own basemap: vector tiles from our own PostGIS, drawn here, so that it needs no Internet. */
import { api } from "../shared/api.js";
import { locale } from "../shared/i18n.js";
import { labelRules } from "./basemap-labels.js";
import { paintRules } from "./basemap-style.js";

const RENDERER = "/vendor/protomaps-leaflet/dist/protomaps-leaflet.js";
export const FONT = '"Inter Variable"';

let renderer;
let facts;

/** The renderer is a classic script with a global; it is loaded once, by whoever needs it first. */
function loadRenderer() {
  if (window.protomapsL) return Promise.resolve(window.protomapsL);
  renderer ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = RENDERER;
    script.addEventListener("load", () => resolve(window.protomapsL));
    script.addEventListener("error", () => reject(new Error(`${RENDERER} did not load`)));
    document.head.append(script);
  });
  return renderer;
}

/** What the basemap files say; asked once a page, and again after a failure. */
function loadFacts() {
  facts ??= api.get("/layers").catch((problem) => {
    facts = undefined;
    throw problem;
  });
  return facts;
}

/**
 * Draws the basemap under everything else.
 * @param {L.Map} map
 * @param {{theme?: "dark"|"light", id?: string}} [options]
 * @returns {{ready: Promise<void>, remove: () => void}} `ready` is kept when the first tiles may be drawn.
 */
export function addBasemap(map, { theme = "dark", id = "city" } = {}) {
  let layer = null;
  let removed = false;

  async function draw() {
    const [protomaps, answer] = await Promise.all([loadRenderer(), loadFacts()]);
    if (removed) return;
    const basemap = answer.basemaps.find((one) => one.id === id) ?? answer.basemaps[0];
    const shade = theme === "light" ? "light" : "dark";
    map.getContainer().style.backgroundColor = basemap.background[shade];
    layer = protomaps.leafletLayer({
      url: basemap.tiles,
      maxDataZoom: basemap.zoom[1],
      maxZoom: 22,
      attribution: basemap.attribution,
      backgroundColor: basemap.background[shade],
      paintRules: paintRules(protomaps, basemap, shade),
      labelRules: labelRules(protomaps, basemap, shade, FONT),
      lang: locale,
      // A canvas does not wait for a font by itself: names drawn before it came would stay in another one.
      tasks: [document.fonts.load(`600 14px ${FONT}`)],
    });
    layer.addTo(map);
    layer.bringToBack();
  }

  const ready = draw();
  ready.catch((problem) => {
    console.error("The basemap cannot be drawn:", problem);
    map.fire("basemaperror", { problem });
  });
  return {
    ready,
    remove() {
      removed = true;
      if (layer) map.removeLayer(layer);
    },
  };
}
