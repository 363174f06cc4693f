/** What lies under everything on a map: our own map by itself, or the one this person chose. */
import { t } from "../shared/i18n.js";
import { toast } from "../shared/toast.js";
import { basemapChooser, titleOf } from "./basemap-chooser.js";
import { pictureLayer, vectorLayer } from "./basemap-layers.js";
import { declared } from "./declared.js";

const KEY = `basemap:${document.body.dataset.user ?? ""}`;
export { FONT } from "./basemap-layers.js";

const shadeNow = () => (document.documentElement.dataset.theme === "light" ? "light" : "dark");
const chosen = () => localStorage.getItem(KEY);
function keep(id, own) {
  if (id === own) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, id);
}

/** keepBasemap(map): draws it, lets people choose, follows the colours of the page. Kept when tiles may be drawn. */
export async function keepBasemap(map) {
  let layer = null;
  let away = null;
  let gone = false;

  async function draw() {
    const { basemaps, problems } = await declared();
    const own = basemaps[0];
    const wanted = basemaps.find((one) => one.id === chosen()) ?? own;
    const basemap = wanted.id === away ? own : wanted;
    const shade = shadeNow();
    const next = basemap.kind === "raster"
      ? pictureLayer(basemap, { silent: () => giveUp(basemap) })
      : await vectorLayer(basemap, own, shade);
    if (gone) return;
    if (layer) map.removeLayer(layer);
    layer = next.addTo(map);
    // What is looked for when somebody asks how soon a map is there.
    layer.once("load", () => {
      performance.mark("basemap");
      map.getContainer().dataset.basemap = basemap.id;
    });
    layer.bringToBack();
    map.getContainer().style.backgroundColor = own.background[shade];
    map.getContainer().classList.toggle("is-picture", basemap.kind === "raster");
    chooser.show({ basemaps, problems, current: basemap.id, away });
  }

  function drawOrSay() {
    return draw().catch((problem) => {
      console.error("The basemap cannot be drawn:", problem);
      map.fire("basemaperror", { problem });
    });
  }

  /** An online map does not answer: ours is drawn, which needs nobody. */
  function giveUp(basemap) {
    if (away === basemap.id) return;
    away = basemap.id;
    toast(t("The map “{name}” does not answer. Our own map is shown.", { name: titleOf(basemap) }), "warning");
    drawOrSay();
  }

  const chooser = basemapChooser(map, {
    async choose(id) {
      const { basemaps } = await declared();
      away = null;
      keep(id, basemaps[0].id);
      drawOrSay();
    },
  });
  document.addEventListener("themechange", drawOrSay);
  map.on("unload", () => {
    gone = true;
    document.removeEventListener("themechange", drawOrSay);
  });
  await drawOrSay();
}
