/** The map: density in metres, the same at every zoom, or each incident coloured by its total response. */
import { el, fill } from "../shared/dom.js";
import { localName, t } from "../shared/i18n.js";
import { clockOrDate, duration } from "../shared/time.js";
import { createMap } from "../map/map.js";

// From hardly any to the most: the colours of heat, each more opaque than the one before.
const RAMP = [[0, [58, 80, 200, 0]], [0.15, [64, 120, 220, 90]], [0.4, [60, 190, 160, 140]], [0.65, [250, 200, 60, 180]], [1, [235, 60, 40, 215]]];

function colourOf(weight) {
  const upper = Math.max(1, RAMP.findIndex(([stop]) => weight <= stop));
  const [[from, a], [to, b]] = [RAMP[upper - 1], RAMP[upper]];
  const part = (weight - from) / (to - from);
  return a.map((value, i) => Math.round(value + (b[i] - value) * part));
}

/** The grid as a picture: one pixel a cell; the browser smooths between them. */
function picture({ grid, cells }) {
  const canvas = el("canvas", { width: grid.columns, height: grid.rows });
  const ctx = canvas.getContext("2d");
  const image = ctx.createImageData(grid.columns, grid.rows);
  for (const [column, row, weight] of cells) {
    image.data.set(colourOf(weight), 4 * ((grid.rows - 1 - row) * grid.columns + column));
  }
  ctx.putImageData(image, 0, 0);
  return canvas.toDataURL();
}

const bands = (target_s) => [
  ["in-time", t("within {minutes} min", { minutes: target_s / 60 }), (s) => s !== null && s <= target_s],
  ["late", t("up to twice as long"), (s) => s !== null && s > target_s && s <= 2 * target_s],
  ["very-late", t("longer still"), (s) => s !== null && s > 2 * target_s],
  ["unknown", t("no arrival recorded"), (s) => s === null],
];

/** whereMap(node, legend, empty) → {map, show(heat, {mode, target_s, kinds}), underlay(heat, {target_s, kinds})} */
export function whereMap(node, legend, empty) {
  const map = createMap(node);
  const layers = L.layerGroup().addTo(map);
  let framed = "";

  function drawHeat(heat) {
    const { grid } = heat;
    L.imageOverlay(picture(heat), [[grid.south, grid.west], [grid.north, grid.east]], { className: "heat-picture", interactive: false }).addTo(layers);
    fill(legend, el("strong", {}, t("Density of incidents")), el("span", { class: "ramp", "aria-hidden": "true" }),
      el("span", { class: "ramp-ends" }, el("span", {}, t("few")), el("span", {}, t("most"))),
      el("small", {}, t("Each incident is spread over about {metres} m.", { metres: heat.bandwidth_m })));
  }

  function drawPoints(heat, target_s, kinds, { small = false } = {}) {
    const kinds_of = bands(target_s);
    for (const point of heat.points) {
      const [band, words] = kinds_of.find(([, , fits]) => fits(point.total_response_s));
      const kind = kinds.find((one) => one.code === point.kind);
      L.circleMarker([point.lat, point.lon], { radius: small ? 5 : 8, className: `response response-${band}` })
        .bindTooltip(el("div", {}, el("strong", {}, `${point.number} · ${localName(kind) || point.kind}`), el("br"),
          clockOrDate(point.received_at), el("br"), [t("Total response"), ": ", duration(point.total_response_s), ` (${words})`]))
        .addTo(layers);
    }
    if (small) return;
    fill(legend, el("strong", {}, t("Total response")), el("ul", {}, kinds_of.map(([band, words, fits]) => el("li", {},
      el("i", { class: `dot response-${band}` }), words, el("small", {}, String(heat.points.filter((p) => fits(p.total_response_s)).length))))));
  }

  return {
    map,
    /** Incidents without a legend of their own: something else is shown among them. */
    underlay(heat, { target_s, kinds }) {
      layers.clearLayers();
      empty.hidden = true;
      drawPoints(heat, target_s, kinds, { small: true });
    },
    show(heat, { mode, target_s, kinds }) {
      layers.clearLayers();
      empty.hidden = heat.points.length > 0;
      empty.textContent = t("Nothing in this period.");
      legend.hidden = heat.points.length === 0;
      if (!heat.points.length) return;
      if (mode === "heat") drawHeat(heat);
      else drawPoints(heat, target_s, kinds);
      const { west, south, east, north } = heat.grid;
      const frame = [west, south, east, north].join();
      if (frame !== framed) map.fitBounds([[south, west], [north, east]], { animate: false });
      framed = frame;
    },
  };
}
