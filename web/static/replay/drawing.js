/** The map of a replay: units between their points, the way they came, late points by shape, incidents and closures. */
import { el } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { clock, duration } from "../shared/time.js";
import { closureLayer } from "../map/closures.js";
import { incidentLayer } from "../map/incidents.js";
import { createMap, showPlaces } from "../map/map.js";
import { unitLayer } from "../map/units.js";
import { stateOf } from "./panels.js";

const TRAIL_MS = 300_000;
const MOST_LATE = 80;

/** makeDrawing(node, {kinds, types, stations, onIncident, onUnit}) → {show(view, ms, book), focus(place), select(incidentId)} */
export function makeDrawing(node, { kinds, types, stations, onIncident, onUnit }) {
  const map = createMap(node);
  const units = unitLayer(map, { onPick: (position) => onUnit(position.unit_id) });
  const incidents = incidentLayer(map, { onPick: (incident) => onIncident(incident.id) });
  const closures = closureLayer(map);
  const canvas = L.canvas({ padding: 0.3 });
  const ways = L.layerGroup().addTo(map);
  const late = L.layerGroup().addTo(map);
  let shownClosures = "";
  const lines = new Map();
  const posts = new Map(stations.map((station) => [station.id, station]));
  const drawingOf = new Map(types.map((type) => [type.code, type.icon]));

  function placeOf(unit, ms, book) {
    const place = book.placeAt(unit.id, ms);
    if (place) return place;
    const post = posts.get(unit.station_id);
    return post ? { lon: post.lon, lat: post.lat, recorded_ms: null, speed_kph: 0, heading_deg: null } : null;
  }

  function drawUnits(all, ms, book) {
    const items = all.map((unit) => [unit, placeOf(unit, ms, book)]).filter(([, place]) => place).map(([unit, place]) => ({
      unit_id: unit.id, call_sign: unit.call_sign, agency_code: unit.agency_code, icon: drawingOf.get(unit.type_code),
      ...stateOf(unit), lon: place.lon, lat: place.lat, speed_kph: place.speed_kph, heading_deg: place.heading_deg,
      // Ages are told in the list: the layer would count them up to today.
      recorded_at: null, age_s: 0, eta: null }));
    units.set(items);
  }

  function drawWays(all, ms, book) {
    late.clearLayers();
    let marks = 0;
    const seen = new Set();
    for (const unit of all) {
      const points = book.trail(unit.id, ms, TRAIL_MS);
      for (const point of points) {
        if (!(point.late || point.doubted) || marks >= MOST_LATE) continue;
        marks += 1;
        lateMark(unit, point, ms).addTo(late);
      }
      const way = points.filter((point) => !point.doubted && point.known_ms <= ms).map((point) => [point.lat, point.lon]);
      if (way.length < 2) continue;
      const here = book.placeAt(unit.id, ms);
      if (here) way.push([here.lat, here.lon]);
      seen.add(unit.id);
      const line = lines.get(unit.id) ?? L.polyline(way, { renderer: canvas, weight: 4, opacity: 0.75, interactive: false });
      line.setStyle({ color: getComputedStyle(document.documentElement).getPropertyValue("--action").trim(), dashArray: unit.assignment ? null : "2 7" });
      line.setLatLngs(way);
      if (!lines.has(unit.id)) ways.addLayer(line);
      lines.set(unit.id, line);
    }
    for (const [id, line] of lines) if (!seen.has(id)) { ways.removeLayer(line); lines.delete(id); }
  }

  function lateMark(unit, point, ms) {
    const [sign, kind, words] = point.doubted ? ["×", "is-doubted", t("not believed, and not shown then")]
      : point.known_ms <= ms ? ["◆", "is-late", t("entered later: at {time}, after {delay}", { time: clock(new Date(point.known_ms).toISOString()), delay: duration((point.known_ms - point.ms) / 1000) })]
        : ["◇", "is-unknown", t("not known then: entered only at {time}, {delay} later", { time: clock(new Date(point.known_ms).toISOString()), delay: duration((point.known_ms - point.ms) / 1000) })];
    const node = el("span", { class: `replay-point ${kind}` }, sign);
    return L.marker([point.lat, point.lon], { icon: L.divIcon({ html: node, className: "", iconSize: [0, 0] }), keyboard: false })
      .bindTooltip(`${unit.call_sign} ${clock(new Date(point.ms).toISOString(), { seconds: true })}: ${words}`);
  }

  function drawRest(view) {
    incidents.set(view.incidents.map((row) => {
      const kind = kinds.find((one) => one.code === row.kind);
      return { ...row, icon: kind?.icon, kind_name_id: kind?.name_id ?? row.kind, kind_name_en: kind?.name_en ?? row.kind,
        location: { lon: row.lon, lat: row.lat, verified: row.verified } };
    }));
    const key = view.closures.map((shape) => shape.id).join();
    if (key !== shownClosures) closures.set(view.closures);
    shownClosures = key;
  }

  return {
    map,
    show(view, ms, book) {
      drawUnits(view.units, ms, book);
      drawWays(view.units, ms, book);
    },
    showPicture: drawRest,
    focus: (place) => showPlaces(map, [place]),
    frame: (places) => showPlaces(map, places, { maxZoom: 15 }),
    select: (incidentId) => incidents.select(incidentId),
    selectUnit: (unitId) => units.select(unitId),
  };
}
