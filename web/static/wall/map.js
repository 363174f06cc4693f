/** The map of the wall: nobody moves it. Coverage of one group after another, incidents, units, closures. */
import { el, fill, icon } from "../shared/dom.js";
import { localName, number, t } from "../shared/i18n.js";
import { ago, nowMs } from "../shared/time.js";
import { keepBasemap } from "../map/basemap.js";
import { closureLayer } from "../map/closures.js";
import { incidentLayer } from "../map/incidents.js";
import { unitLayer } from "../map/units.js";

const TURN_EVERY_MS = 20000;
const BASEMAP_AGAIN_MS = 30000;
const CLOSEST_ZOOM = 15;
const NEAR_DEG = 0.15;
const LEVELS = ["none", "one", "several"];
const SVG = "http://www.w3.org/2000/svg";

/** Hatching tells what is not reached, and dots what one unit reaches, also to who sees no colours. */
function patterns() {
  const part = (tag, attrs, ...inside) => {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attrs)) node.setAttribute(name, value);
    node.append(...inside);
    return node;
  };
  return part("svg", { width: "0", height: "0", class: "wall-patterns" }, part("defs", {},
    part("pattern", { id: "cover-none", width: "14", height: "14", patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      part("rect", { class: "cover-none-bg", width: "14", height: "14" }), part("rect", { class: "cover-none-line", width: "5", height: "14" })),
    part("pattern", { id: "cover-one", width: "12", height: "12", patternUnits: "userSpaceOnUse" },
      part("rect", { class: "cover-one-bg", width: "12", height: "12" }), part("circle", { class: "cover-one-dot", cx: "6", cy: "6", r: "2.4" }))));
}

export function wallMap(node, cover) {
  document.body.append(patterns());
  const map = L.map(node, {
    zoomControl: false, keyboard: false, dragging: false, scrollWheelZoom: false, doubleClickZoom: false, boxZoom: false,
    touchZoom: false, zoomSnap: 0.25, minZoom: 4, maxZoom: 18, zoomAnimation: false, fadeAnimation: false,
  });
  map.attributionControl.setPrefix(false);
  map.createPane("coverage").style.zIndex = 340;
  map.setView([0.906, 108.987], 12);
  // Nobody will press anything: what could not be drawn is tried again.
  map.on("basemaperror", () => setTimeout(() => document.dispatchEvent(new Event("themechange")), BASEMAP_AGAIN_MS));
  keepBasemap(map);
  new ResizeObserver(() => { map.invalidateSize({ animate: false }); framed = ""; }).observe(node);

  const incidents = incidentLayer(map);
  const units = unitLayer(map);
  const closures = closureLayer(map);
  const areas = L.geoJSON(null, {
    pane: "coverage", renderer: L.svg({ pane: "coverage" }), interactive: false,
    style: ({ properties }) => ({ className: `cover cover-${LEVELS[properties.level]}`, weight: 1,
      fillColor: properties.level === 2 ? undefined : `url(#cover-${LEVELS[properties.level]})`, fillOpacity: 1 }),
  }).addTo(map);

  let groups = [];
  let turn = 0;
  let drawn = "";
  let framed = "";
  let closed = "";

  async function draw(group) {
    const wanted = `${group.code} ${group.made_at}`;
    if (wanted === drawn) return;
    drawn = wanted;
    try {
      const answer = await fetch(`/api/v1/layers/coverage_${group.code}`, { signal: AbortSignal.timeout(15000) });
      if (!answer.ok) throw new Error(`coverage: ${answer.status}`);
      const features = await answer.json();
      if (drawn !== wanted) return;
      areas.clearLayers();
      areas.addData(features);
    } catch (problem) {
      drawn = "";
      console.warn("Coverage could not be drawn:", problem);
    }
  }

  function caption(group) {
    const [standard] = group.limits;
    const share = (part) => `${number(Math.floor(part * 100))} %`;
    const worst = group.villages.filter((village) => village.by_one < 0.995).slice(0, 3);
    fill(cover,
      el("h2", {}, t("Reached now: {group}", { group: localName(group) })),
      standard && el("strong", { class: "wall-share" }, share(standard.by_one)),
      standard && el("span", { class: "wall-share-words" }, t("of the roads within {minutes} min, {count} free", { minutes: Math.round(standard.limit_s / 60), count: group.units })),
      standard && el("ul", { class: "wall-legend" },
        el("li", { class: "legend-none" }, t("none")), el("li", { class: "legend-one" }, t("1 unit")), el("li", { class: "legend-several" }, t("2 or more"))),
      worst.length > 0 && el("p", { class: "wall-worst" }, icon("warning"), worst.map((village) => `${village.name} ${share(village.by_one)}`).join(" · ")),
      !standard && el("p", {}, t("Not reckoned yet")),
      standard && group.stale && el("p", { class: "wall-old" }, icon("warning"), t("Not brought up to date for {age}", { age: ago(new Date(nowMs() - group.age_s * 1000).toISOString()) })));
    cover.dataset.stale = group.stale ? "yes" : "no";
  }

  function show() {
    const group = groups[turn % groups.length];
    if (!group) return;
    caption(group);
    if (group.made_at) draw(group);
  }
  setInterval(() => { turn += 1; show(); }, TURN_EVERY_MS);

  /** Everything that is to be seen, or where most of it is; the view is left alone while that stays the same. */
  function frame(answer) {
    const base = answer.units.map((unit) => [unit.lat, unit.lon]);
    if (!base.length && !answer.incidents.length) return;
    const middle = (index) => base.map((place) => place[index]).sort((a, b) => a - b)[Math.floor(base.length / 2)];
    const near = base.length ? base.filter(([lat, lon]) => Math.abs(lat - middle(0)) < NEAR_DEG && Math.abs(lon - middle(1)) < NEAR_DEG) : [];
    const bounds = L.latLngBounds([...near, ...answer.incidents.map((one) => [one.lat, one.lon])]).pad(0.04);
    if (framed && framed.pad(-0.001).contains(bounds) && framed.pad(-0.25).getNorthEast().lat < bounds.getNorth()) return;
    framed = bounds.pad(0.1);
    map.fitBounds(framed, { animate: false, maxZoom: CLOSEST_ZOOM });
    const zoom = map.getZoom();
    map.getContainer().classList.toggle("is-far", zoom < 14);
  }

  return {
    set(answer) {
      incidents.set(answer.incidents.map((one) => ({ ...one, location: { lon: one.lon, lat: one.lat, verified: one.verified } })));
      units.set(answer.units);
      const now = JSON.stringify(answer.closures);
      if (now !== closed) {
        closed = now;
        closures.set(answer.closures.map(({ geometry, ...properties }) => ({ type: "Feature", geometry, properties })));
      }
      groups = answer.coverage;
      frame(answer);
      show();
    },
  };
}
