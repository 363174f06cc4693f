/** A layer that is served whole: the part around the view as GeoJSON, drawn on one canvas for all such layers. */
import { api } from "../shared/api.js";
import { debounce } from "../shared/dom.js";
import { areaLook, drawBadge, drawWords, pointSize, widthOfWords } from "./layer_ink.js";
import { caseOf, labelOf } from "./layer_style.js";

const AROUND = 0.5; // as much again on every side is asked for, so that small moves ask nothing
const GRID_DEG = 0.02; // boxes on a grid: consoles beside each other ask for the same one
const LABELS_FROM_ZOOM = 15;

/** A point with its drawing, or only the label of an area or a line, on Leaflet's canvas. */
const Mark = L.CircleMarker.extend({
  _updateBounds() {
    const half = Math.max(pointSize(this._map.getZoom()), this.options.words ? 90 : 0);
    this._pxBounds = new L.Bounds(this._point.subtract([half, half]), this._point.add([half, half]));
  },
  _containsPoint(at) {
    return Boolean(this.options.style) && at.distanceTo(this._point) <= pointSize(this._map.getZoom()) / 2 + this._clickTolerance();
  },
  _updatePath() {
    const { _ctx: ctx, _drawing: drawing } = this._renderer;
    if (!drawing) return;
    const { style, words, room } = this.options;
    const zoom = this._map.getZoom();
    const size = pointSize(zoom);
    ctx.globalAlpha = 1;
    if (style) drawBadge(ctx, this._point.x, this._point.y, style, size);
    if (!words || (style && zoom < LABELS_FROM_ZOOM)) return;
    if (room && room(this._map) < widthOfWords(ctx, words)) return;
    drawWords(ctx, words, this._point.x, style ? this._point.y + size / 2 + 2 : this._point.y - 7);
  },
});

function boxAround(map) {
  const bounds = map.getBounds().pad(AROUND);
  const down = (value) => Math.floor(value / GRID_DEG) * GRID_DEG;
  const [west, south] = [Math.max(-180, down(bounds.getWest())), Math.max(-90, down(bounds.getSouth()))];
  const [east, north] = [Math.min(180, down(bounds.getEast()) + GRID_DEG), Math.min(90, down(bounds.getNorth()) + GRID_DEG)];
  return [west, south, east, north].map((value) => Number(value.toFixed(4)));
}

/** geojsonLayer(map, layer, {renderer, onState}) → {setVisible(yes), refresh(), repaint()} */
export function geojsonLayer(map, layer, { renderer, onState, about }) {
  const group = L.layerGroup();
  let on = false;
  let box = null;
  let asked = 0;

  const inZoom = () => map.getZoom() >= layer.zoom[0] && map.getZoom() <= layer.zoom[1];
  const covers = () => box && L.latLngBounds([box[1], box[0]], [box[3], box[2]]).contains(map.getBounds());

  function draw(features) {
    group.clearLayers();
    L.geoJSON({ type: "FeatureCollection", features }, {
      renderer, pane: "layers",
      style: ({ properties, geometry }) => {
        if (geometry.type.endsWith("LineString")) return { color: caseOf(layer, properties).colour, weight: 3.5, opacity: 0.95 };
        const look = areaLook(layer, properties);
        return { color: look.edge, weight: look.width, fillColor: look.fill, fillOpacity: 1, opacity: 1 };
      },
      pointToLayer: ({ properties }, latlng) => new Mark(latlng, {
        renderer, pane: "layers", style: caseOf(layer, properties), words: labelOf(layer, properties) }),
      onEachFeature: (feature, shape) => {
        shape.bindTooltip(() => about(layer, feature.properties), { sticky: true });
        group.addLayer(shape);
        const words = labelOf(layer, feature.properties);
        if (!words || feature.geometry.type.endsWith("Point")) return;
        const bounds = shape.getBounds();
        const room = (onMap) => (feature.geometry.type.endsWith("Polygon")
          ? onMap.project(bounds.getNorthEast()).x - onMap.project(bounds.getSouthWest()).x : Infinity);
        const at = feature.geometry.type === "LineString" ? shape.getLatLngs()[Math.floor(shape.getLatLngs().length / 2)] : bounds.getCenter();
        group.addLayer(new Mark(at, { renderer, pane: "layers", words, room, interactive: false }));
      },
    });
  }

  async function load() {
    if (!on || !inZoom()) return;
    const mine = ++asked;
    const wanted = boxAround(map);
    onState({ busy: true });
    try {
      const { features } = await api.get(`/layers/${encodeURIComponent(layer.id)}`, { bbox: wanted.join() });
      if (mine !== asked) return;
      box = wanted;
      draw(features);
      onState({ busy: false, good: true });
    } catch (problem) {
      if (mine === asked) onState({ busy: false, problem });
    }
  }

  function look() {
    if (!on) return;
    if (!inZoom()) group.remove();
    else {
      group.addTo(map);
      if (!covers()) load();
    }
  }
  map.on("moveend", debounce(look, 150));

  return {
    setVisible(yes) {
      on = yes;
      if (yes) look();
      else group.remove();
    },
    refresh: load,
    repaint: () => group.eachLayer((one) => one.redraw?.()),
  };
}
