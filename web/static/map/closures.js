/** Closed and slowed roads: hatched red with their reason; drawn with the mouse, or with the keyboard alone. */
import { el, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { clock } from "../shared/time.js";
import { drawingOn } from "./drawing.js";
import { caseOf, inkOn } from "./layer_style.js";

const SVG = "http://www.w3.org/2000/svg";
const HATCH = "closure-hatch";
const EFFECTS = ["closed", "slowed"];

/** Leaflet's own SVG gets a pattern for each effect; a polygon fills itself with url(#closure-hatch-closed). */
function addHatch(map) {
  const svg = map.getPane("overlayPane").querySelector("svg");
  if (!svg || svg.querySelector(`#${HATCH}-closed`)) return;
  const part = (tag, attrs, ...inside) => {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attrs)) node.setAttribute(name, value);
    node.append(...inside);
    return node;
  };
  svg.prepend(part("defs", {}, ...EFFECTS.map((effect) => part("pattern",
    { id: `${HATCH}-${effect}`, class: `closure-hatch-${effect}`, width: "12", height: "12", patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    part("rect", { width: "12", height: "12", "fill-opacity": "0.22" }),
    part("rect", { width: "5", height: "12", "fill-opacity": "0.75" })))));
}

function styleOf(properties) {
  const slowed = properties.effect === "slowed";
  return { className: slowed ? "closure is-slowed" : "closure", weight: 4, opacity: 1, dashArray: slowed ? "3 9" : null,
    fillColor: `url(#${HATCH}-${slowed ? "slowed" : "closed"})`, fillOpacity: slowed ? 0.45 : 1 };
}

export function closureLabel(properties) {
  const head = properties.effect === "slowed"
    ? (properties.speed_kph ? t("Slow, {speed} km/h", { speed: properties.speed_kph }) : t("Slow")) : t("Closed");
  const since = properties.starts_at ? t("since {time}", { time: clock(properties.starts_at) }) : "";
  const depth = properties.depth_cm ? t("{depth} cm deep", { depth: properties.depth_cm }) : "";
  return [`${head}: ${properties.reason ?? ""}`, depth, since].filter(Boolean).join(" · ");
}

function shortLabel(properties) {
  const what = properties.effect === "slowed" && properties.speed_kph ? `≤ ${properties.speed_kph} km/h` : properties.effect === "slowed" ? t("Slow") : t("Closed");
  return `${what}: ${properties.reason ?? ""}`;
}

/** closureLayer(map, {onPick(feature)}) → {set(featureCollection | features), setVisible(yes), setStyles(cases), remove()} */
export function closureLayer(map, { onPick = null } = {}) {
  const layer = L.geoJSON(null, {
    style: (feature) => styleOf(feature.properties),
    pointToLayer: (feature, latlng) => L.circle(latlng, { radius: 25 }),
    onEachFeature: (feature, shape) => {
      const slowed = feature.properties.effect === "slowed" ? " is-slowed" : "";
      const label = el("span", { title: closureLabel(feature.properties) }, shortLabel(feature.properties));
      shape.bindTooltip(label, { permanent: true, direction: "center", className: `closure-label${slowed}` });
      shape.bindPopup(() => closureLabel(feature.properties));
      if (onPick) shape.on("click", () => onPick(feature));
    },
  }).addTo(map);
  return {
    set(collection) {
      layer.clearLayers();
      const features = collection.features ?? collection.items ?? collection;
      layer.addData({ type: "FeatureCollection", features });
      addHatch(map);
    },
    setVisible(yes) {
      if (!yes) layer.remove();
      else {
        layer.addTo(map);
        addHatch(map);
      }
    },
    /** Take the colours of the layer's file. */
    setStyles(styles) {
      for (const effect of EFFECTS) {
        const { colour } = caseOf({ styles }, { effect });
        map.getContainer().style.setProperty(`--closure-${effect}`, colour);
        map.getContainer().style.setProperty(`--closure-${effect}-ink`, inkOn(colour));
      }
    },
    remove() { layer.remove(); },
  };
}

/**
 * drawClosure(map, "line" | "polygon", {keyboard}) → Promise of a GeoJSON geometry, or null if given up (Esc).
 * With the keyboard: arrows move the map under the cross, Enter sets a point, Backspace takes it back, Ctrl+Enter is done.
 */
export function drawClosure(map, kind = "polygon", { keyboard = false } = {}) {
  return keyboard ? drawByKeyboard(map, kind) : drawByPointer(map, kind);
}

function hint(map, text) {
  const node = el("p", { class: "map-hint", role: "status" }, text);
  map.getContainer().append(node);
  return node;
}

async function drawByPointer(map, kind) {
  const pm = await drawingOn(map);
  return new Promise((resolve) => {
    const shape = kind === "line" ? "Line" : "Polygon";
    const words = hint(map, kind === "line"
      ? t("Click along the closed road, double-click to finish. Esc gives up.")
      : t("Click around the closed area, click the first point to finish. Esc gives up."));
    let made = null;
    const stop = () => {
      map.off("pm:create", created);
      removeEventListener("keydown", escape, true);
      pm.disableDraw();
      words.remove();
      made?.remove();
      resolve(made ? made.toGeoJSON().geometry : null);
    };
    const created = (event) => { made = event.layer; stop(); };
    const escape = (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      stop();
    };
    map.on("pm:create", created);
    addEventListener("keydown", escape, true);
    pm.enableDraw(shape, {
      finishOn: kind === "line" ? "dblclick" : null, tooltips: false, continueDrawing: false, snappable: false,
      templineStyle: { className: "closure" }, hintlineStyle: { className: "closure", dashArray: "5 7" }, pathOptions: { className: "closure" },
    });
  });
}

function drawByKeyboard(map, kind) {
  return new Promise((resolve) => {
    const points = [];
    const line = L.polyline([], { className: "closure", weight: 5 }).addTo(map);
    const cross = el("div", { class: "map-crosshair" }, icon("crosshair"));
    const words = hint(map, t("Arrows move the map, Enter sets a point, Backspace takes it back, Ctrl+Enter finishes, Esc gives up."));
    map.getContainer().append(cross);
    map.getContainer().classList.add("is-drawing");
    map.getContainer().focus();
    const draw = () => line.setLatLngs(kind === "polygon" && points.length > 2 ? [...points, points[0]] : points);
    const stop = (geometry) => {
      removeEventListener("keydown", key, true);
      map.getContainer().classList.remove("is-drawing");
      [line, cross, words].forEach((part) => part.remove());
      resolve(geometry);
    };
    const geometry = () => {
      const ring = points.map((p) => [p.lng, p.lat]);
      return kind === "line" ? { type: "LineString", coordinates: ring } : { type: "Polygon", coordinates: [[...ring, ring[0]]] };
    };
    const acts = {
      Enter: (event) => {
        if (!event.ctrlKey) points.push(map.getCenter());
        else if (points.length >= (kind === "line" ? 2 : 3)) stop(geometry());
        draw();
      },
      Backspace: () => { points.pop(); draw(); },
      Escape: () => stop(null),
    };
    const key = (event) => {
      if (!acts[event.key]) return;
      event.preventDefault();
      event.stopPropagation();
      acts[event.key](event);
    };
    addEventListener("keydown", key, true);
  });
}
