/**
 * The layers of a map: what the files say is drawn, switched, explained and kept fresh; a console that draws one of
 * them itself (units that glide, incidents that can be picked) only lends its switch.
 */
import { debounce, el } from "../shared/dom.js";
import { nowMs } from "../shared/time.js";
import { declared } from "./declared.js";
import { geojsonLayer } from "./geojson_layer.js";
import { layerPanel } from "./layer_panel.js";
import { caseOf, labelOf, named } from "./layer_style.js";
import { tileLayer } from "./tile_layer.js";

const POLL_S = 30; // where no events are sent to this role
const LIST_AGAIN_S = 120;
const BURST_MS = 800;
const KEPT = `layers:${document.body.dataset.user ?? ""}`;

function chosenBefore() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {}; // a browser that keeps nothing, or something that was not ours
  }
}

/** What is said of a feature under the pointer: its label, what it is, and of an uploaded one its own columns. */
function about(layer, properties) {
  const own = layer.id.startsWith("upload-") ? Object.entries(properties).filter(([name, value]) => name !== "id" && name !== "label" && value !== null && value !== "") : [];
  return el("div", { class: "layer-about" }, el("strong", {}, labelOf(layer, properties) || named(layer, "title")), " ",
    el("span", {}, named(caseOf(layer, properties), "name")),
    own.slice(0, 8).map(([name, value]) => el("div", {}, `${name}: ${value}`)));
}

/**
 * mapLayers(map, {own: {incidents: {setVisible(yes), setStyles(cases)}}}) → Promise of {refresh(id)}. `own` are the layers
 * that the console draws itself: they are given the cases of the layer's file and told when to be there.
 */
export async function mapLayers(map, { own = {} } = {}) {
  map.createPane("layers").style.zIndex = 350;
  const renderer = L.canvas({ pane: "layers", padding: 0.4 });
  const chosen = chosenBefore();
  const entries = new Map();
  const live = document.body.dataset.live === "yes" ? (await import("../shared/live.js")).live : null;
  const panel = layerPanel(map, { entries, toggle });

  function toggle(id, yes) {
    chosen[id] = yes;
    try {
      localStorage.setItem(KEPT, JSON.stringify(chosen));
    } catch (problem) {
      console.warn("The choice of layers is not kept:", problem);
    }
    turn(entries.get(id), yes);
    panel.draw();
  }

  function turn(entry, yes) {
    entry.on = yes;
    entry.drawing.setVisible(yes);
  }

  function drawingOf(entry) {
    const { layer } = entry;
    const onState = (state) => {
      Object.assign(entry, state, state.good ? { problem: null, at_ms: nowMs() } : {});
      panel.drawSoon();
    };
    if (layer.served === "tiles") return tileLayer(map, layer, { onState });
    return geojsonLayer(map, layer, { renderer, onState, about });
  }

  function add(layer) {
    const entry = { layer, on: false, busy: false, problem: null, at_ms: null, own: layer.id in own };
    entry.drawing = own[layer.id] ?? drawingOf(entry);
    own[layer.id]?.setStyles(layer.styles);
    entries.set(layer.id, entry);
    turn(entry, chosen[layer.id] ?? layer.shown);
  }

  function drop(id) {
    turn(entries.get(id), false);
    entries.delete(id);
  }

  /** What there is now: layers come and go while the page is open. */
  async function list({ again = true } = {}) {
    const { items } = await declared({ again });
    for (const [id, { layer }] of entries) {
      const now = items.find((one) => one.id === id);
      if (JSON.stringify(now) !== JSON.stringify(layer)) drop(id);
    }
    for (const layer of items) if (!entries.has(layer.id)) add(layer);
    panel.draw();
  }

  function refresh(id) {
    const entry = entries.get(id);
    if (entry?.on && !entry.own) entry.drawing.refresh();
  }
  const kept = (fits) => [...entries.values()].filter((entry) => entry.on && !entry.own && fits(entry.layer));
  const listAgain = () => list().catch((problem) => console.warn("The list of layers could not be read:", problem));

  if (live) {
    const due = new Set();
    const refreshDue = debounce(() => { due.forEach(refresh); due.clear(); }, BURST_MS);
    live.on("", ({ kind, data }) => {
      if (kind.startsWith("layer.")) {
        listAgain().then(() => refresh(data?.layer));
        return;
      }
      const told = kept(({ refresh: when, events }) => when === "live" && (!events.length || events.some((one) => kind.startsWith(one))));
      told.forEach(({ layer }) => due.add(layer.id));
      if (told.length) refreshDue();
    });
    live.onResume(() => { listAgain(); kept(() => true).forEach(({ layer }) => refresh(layer.id)); });
  }
  let second = 0;
  setInterval(() => {
    second += 1;
    if (document.hidden) return;
    const due = kept(({ refresh: when }) => (when === "live" ? !live && second % POLL_S === 0 : when !== "once" && second % when === 0));
    due.forEach(({ layer }) => refresh(layer.id));
    if (second % LIST_AGAIN_S === 0) listAgain();
    if (second % 10 === 0) panel.drawSoon();
  }, 1000);
  document.addEventListener("themechange", () => entries.forEach((entry) => entry.drawing.repaint?.()));
  map.on("zoomend", () => panel.drawSoon());

  const busy = () => ["is-placing", "is-drawing", "is-picking"].some((name) => map.getContainer().classList.contains(name));
  map.on("click", ({ latlng }) => {
    if (busy()) return;
    for (const { layer, drawing, on } of entries.values()) {
      const feature = on ? drawing.featureAt?.(latlng) : null;
      if (feature) {
        L.popup({ maxWidth: 320 }).setLatLng(latlng).setContent(about(layer, feature.properties)).openOn(map);
        return;
      }
    }
  });

  await list({ again: false });
  return { refresh };
}
