/** Where a unit has been: its track from the server, with times along it; what nobody knows is dashed. */
import { api } from "../shared/api.js";
import { el } from "../shared/dom.js";
import { clock } from "../shared/time.js";

const AGAIN_MS = 10000;
const GAP_S = 60;
const TIMES = 6;
const TIMES_APART_PX = 56;

/** Runs of points without a gap, and the gaps between them. A doubted point is left out. */
export function pieces(points) {
  const [runs, gaps] = [[], []];
  let before = null;
  for (const point of points.filter((one) => !one.doubted)) {
    const gap = before && (Date.parse(point.recorded_at) - Date.parse(before.recorded_at)) / 1000 > GAP_S;
    if (gap) gaps.push([before, point]);
    if (!before || gap) runs.push([]);
    runs[runs.length - 1].push(point);
    before = point;
  }
  return { runs, gaps };
}

const line = (points) => points.map(({ lon, lat }) => [lat, lon]);

/** unitTrail(map) → {show(unitId, minutes) → Promise, hide(), minutes} */
export function unitTrail(map) {
  if (!map.getPane("trails")) map.createPane("trails");
  const group = L.layerGroup().addTo(map);
  let [shown, minutes, timer, asked, points] = [null, 0, 0, 0, []];

  /** Times stand where there is room for them, evenly over the span that was asked for. */
  function times() {
    const every_ms = (minutes * 60000) / TIMES;
    let [next, last] = [-Infinity, null];
    for (const point of points.filter((one) => !one.doubted)) {
      const at_ms = Date.parse(point.recorded_at);
      const at = map.latLngToLayerPoint([point.lat, point.lon]);
      if (at_ms < next || (last && at.distanceTo(last) < TIMES_APART_PX)) continue;
      [next, last] = [at_ms + every_ms, at];
      L.circleMarker([point.lat, point.lon], { pane: "trails", radius: 4, className: "trail-dot", interactive: false }).addTo(group);
      L.marker([point.lat, point.lon], { pane: "trails", interactive: false, keyboard: false,
        icon: L.divIcon({ className: "", iconSize: [0, 0], html: el("span", { class: "trail-time" }, clock(point.recorded_at)) }) }).addTo(group);
    }
  }

  function draw() {
    group.clearLayers();
    const { runs, gaps } = pieces(points);
    const look = { pane: "trails", interactive: false, lineJoin: "round" };
    for (const run of runs) L.polyline(line(run), { ...look, className: "trail-casing", weight: 7 }).addTo(group);
    for (const gap of gaps) L.polyline(line(gap), { ...look, className: "trail-line", weight: 2, dashArray: "2 8" }).addTo(group);
    for (const run of runs) L.polyline(line(run), { ...look, className: "trail-line", weight: 4 }).addTo(group);
    times();
  }

  async function read() {
    const mine = ++asked;
    const track = await api.get(`/units/${shown}/track`, { minutes });
    if (mine !== asked) return;
    points = track.points;
    draw();
  }

  map.on("zoomend", () => { if (shown !== null) draw(); });
  return {
    async show(unitId, span) {
      [shown, minutes] = [unitId, span];
      clearInterval(timer);
      timer = setInterval(() => { if (!document.hidden) read().catch((problem) => console.error("The trail cannot be read again:", problem)); }, AGAIN_MS);
      await read();
    },
    hide() {
      clearInterval(timer);
      asked += 1;
      [shown, minutes, points] = [null, 0, []];
      group.clearLayers();
    },
    get minutes() { return minutes; },
  };
}
