/** A layer that is served as vector tiles: fetched, drawn on canvases, asked again when its data change. */
import { drawFeatures, pointSize } from "./layer_ink.js";
import { readTile } from "./mvt.js";

export const TILE_PX = 512;
const NEAREST_DATA_ZOOM = 18;

const Tiles = L.GridLayer.extend({
  initialize(layer, { onState }) {
    L.GridLayer.prototype.initialize.call(this, {
      tileSize: TILE_PX, minZoom: layer.zoom[0], maxZoom: Math.max(layer.zoom[1], 20), pane: "layers", updateWhenZooming: false,
      maxNativeZoom: Math.min(NEAREST_DATA_ZOOM, layer.zoom[1]), keepBuffer: 1, className: "layer-tile",
    });
    this.facts = layer;
    this.say = onState;
    this.waiting = 0;
  },

  createTile(coords, done) {
    const canvas = L.DomUtil.create("canvas", "layer-tile");
    const tile = { canvas, coords, features: [], etag: null, stop: new AbortController() };
    canvas.tile = tile;
    this.load(tile).then(() => done(null, canvas), (problem) => done(problem, canvas));
    return canvas;
  },

  async load(tile) {
    this.waiting += 1;
    this.say({ busy: true });
    try {
      const { x, y, z } = tile.coords;
      const side = 2 ** (z - 1);
      const address = `/tiles/layers/${encodeURIComponent(this.facts.id)}/${z - 1}/${((x % side) + side) % side}/${y}.mvt`;
      const answer = await fetch(address, { signal: tile.stop.signal, credentials: "same-origin" });
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      const etag = answer.headers.get("ETag");
      if (etag !== tile.etag || !etag) {
        const read = readTile(new Uint8Array(await answer.arrayBuffer()))[0];
        tile.features = read ? scaled(read) : [];
        tile.etag = etag;
        this.draw(tile);
      }
      this.say({ good: true });
    } catch (problem) {
      if (problem.name !== "AbortError") this.say({ problem });
      throw problem;
    } finally {
      this.waiting -= 1;
      this.say({ busy: this.waiting > 0 });
    }
  },

  draw({ canvas, coords, features }) {
    const ratio = window.devicePixelRatio || 1;
    canvas.width = canvas.height = TILE_PX * ratio;
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    drawFeatures(ctx, this.facts, features, coords.z);
  },

  each(fn) { for (const { el } of Object.values(this._tiles ?? {})) if (el.tile) fn(el.tile); },

  /** Ask for what is on the screen again; a tile that has not changed is not drawn again. */
  refresh() { this.each((tile) => this.load(tile).catch(() => {})); },
  repaint() { this.each((tile) => this.draw(tile)); },

  /** The feature at a place of the map, the one drawn last first; null when there is none. */
  featureAt(latlng) {
    let found = null;
    this.each(({ coords, features }) => {
      if (coords.z !== this._tileZoom) return;
      const at = this._map.project(latlng, coords.z).subtract(L.point(coords.x, coords.y).multiplyBy(TILE_PX));
      if (at.x < 0 || at.y < 0 || at.x >= TILE_PX || at.y >= TILE_PX) return;
      found ??= [...features].reverse().find((feature) => hits(feature, at, pointSize(coords.z))) ?? null;
    });
    return found;
  },
});

function scaled({ extent, features }) {
  const scale = TILE_PX / extent;
  return features.map((feature) => ({ ...feature, parts: feature.parts.map((part) => part.map(([x, y]) => [x * scale, y * scale])) }));
}

function hits({ kind, parts }, at, size) {
  if (kind === 1) return parts.some(([[x, y]]) => Math.abs(x - at.x) <= size / 2 && Math.abs(y - at.y) <= size / 2);
  if (kind === 2) {
    return parts.some((part) => part.some(([x, y], i) => i
      && L.LineUtil.pointToSegmentDistance(at, L.point(part[i - 1]), L.point(x, y)) < 8));
  }
  let inside = false;
  for (const ring of parts) {
    ring.forEach(([x, y], i) => {
      if (!i) return;
      const [px, py] = ring[i - 1];
      if ((y > at.y) !== (py > at.y) && at.x < ((px - x) * (at.y - y)) / (py - y) + x) inside = !inside;
    });
  }
  return inside;
}

/** tileLayer(map, layer, {onState({busy, good, problem})}) → {setVisible(yes), refresh(), repaint(), featureAt(latlng)} */
export function tileLayer(map, layer, { onState }) {
  const tiles = new Tiles(layer, { onState });
  map.on("layerremove", ({ layer: gone }) => { if (gone === tiles) tiles.each((tile) => tile.stop.abort()); });
  tiles.on("tileunload", ({ tile }) => tile.tile?.stop.abort());
  return {
    setVisible(yes) { if (yes) tiles.addTo(map); else tiles.remove(); },
    refresh: () => tiles.refresh(),
    repaint: () => tiles.repaint(),
    featureAt: (latlng) => (map.hasLayer(tiles) ? tiles.featureAt(latlng) : null),
  };
}
