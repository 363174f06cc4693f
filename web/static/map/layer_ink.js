/** Draws features of layers on a canvas: icons, lines, areas and labels, the same for tiles and for GeoJSON. */
import { caseOf, faint, inkOn, labelOf, weightOf } from "./layer_style.js";
import { FONT } from "./basemap.js";

const SPRITE_PX = 24;
const AREA_OPACITY = [0.08, 0.7];
const PLAIN_AREA_OPACITY = 0.12;
const drawings = new Map();

/** The strokes of one drawing of the sprite as a path; the sprite is in the page (shared/dom.js). */
function drawingOf(name) {
  if (drawings.has(name)) return drawings.get(name);
  const path = new Path2D();
  for (const node of document.getElementById(`icon-${name}`)?.children ?? []) {
    const at = (attribute) => Number(node.getAttribute(attribute) ?? 0);
    const part = new Path2D(node.tagName === "path" ? node.getAttribute("d") : "");
    if (node.tagName === "circle") part.arc(at("cx"), at("cy"), at("r"), 0, 2 * Math.PI);
    else if (node.tagName === "rect") part.rect(at("x"), at("y"), at("width"), at("height"));
    path.addPath(part);
  }
  drawings.set(name, path);
  return path;
}

const themed = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** How large a point is drawn at a zoom of the map. */
export const pointSize = (zoom) => (zoom < 13 ? 16 : zoom < 16 ? 20 : 24);

/** A badge with its drawing, centred on x, y. */
export function drawBadge(ctx, x, y, { colour, icon }, size) {
  ctx.save();
  ctx.translate(x - size / 2, y - size / 2);
  ctx.beginPath();
  ctx.roundRect(0, 0, size, size, size / 4);
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.lineWidth = 1.2;
  ctx.strokeStyle = "#ffffff";
  ctx.stroke();
  const scale = (size * 0.74) / SPRITE_PX;
  ctx.translate(size * 0.13, size * 0.13);
  ctx.scale(scale, scale);
  Object.assign(ctx, { strokeStyle: inkOn(colour), lineWidth: 1.6 / scale / 1.1, lineCap: "round", lineJoin: "round" });
  ctx.stroke(drawingOf(icon));
  ctx.restore();
}

/** Words with a halo, centred on x, top at y. */
export function drawWords(ctx, words, x, y, size_px = 13) {
  Object.assign(ctx, { font: `650 ${size_px}px ${FONT}`, textAlign: "center", textBaseline: "top", lineJoin: "round" });
  ctx.lineWidth = 4;
  ctx.strokeStyle = themed("--map-halo");
  ctx.strokeText(words, x, y);
  ctx.fillStyle = themed("--text");
  ctx.fillText(words, x, y);
}

export function widthOfWords(ctx, words, size_px = 13) {
  ctx.font = `650 ${size_px}px ${FONT}`;
  return ctx.measureText(words).width;
}

/** The middle of a part, and how wide it is: where its label goes, and whether it fits. */
export function middleOf(part) {
  const [xs, ys] = [part.map(([x]) => x), part.map(([, y]) => y)];
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return { x: (west + east) / 2, y: (north + south) / 2, width: east - west, height: south - north };
}

function trace(ctx, parts) {
  ctx.beginPath();
  for (const part of parts) part.forEach(([x, y], i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
}

/** How an area is filled and edged: by its weight where the layer has one. */
export function areaLook(layer, properties) {
  const { colour } = caseOf(layer, properties);
  const [least, most] = AREA_OPACITY;
  const opacity = layer.weight ? least + (most - least) * weightOf(layer, properties) : PLAIN_AREA_OPACITY;
  return { fill: faint(colour, opacity), edge: faint(colour, layer.weight ? 0.35 : 0.95), width: layer.weight ? 0.7 : 2.2 };
}

/** Everything of a tile, areas first and labels last; `at` tells the zoom and takes places of labels. */
export function drawFeatures(ctx, layer, features, zoom) {
  for (const feature of features.filter(({ kind }) => kind === 3)) {
    const look = areaLook(layer, feature.properties);
    trace(ctx, feature.parts);
    ctx.fillStyle = look.fill;
    ctx.fill("evenodd");
    Object.assign(ctx, { strokeStyle: look.edge, lineWidth: look.width });
    ctx.stroke();
  }
  for (const feature of features.filter(({ kind }) => kind === 2)) {
    trace(ctx, feature.parts);
    Object.assign(ctx, { lineCap: "round", lineJoin: "round", strokeStyle: themed("--map-halo"), lineWidth: 5 });
    ctx.stroke();
    Object.assign(ctx, { strokeStyle: caseOf(layer, feature.properties).colour, lineWidth: 3 });
    ctx.stroke();
  }
  const size = pointSize(zoom);
  for (const feature of features.filter(({ kind }) => kind === 1)) {
    const style = caseOf(layer, feature.properties);
    for (const [[x, y]] of feature.parts) drawBadge(ctx, x, y, style, size);
  }
  drawLabels(ctx, layer, features, zoom, size);
}

function drawLabels(ctx, layer, features, zoom, size) {
  const taken = [];
  for (const feature of features) {
    const words = labelOf(layer, feature.properties);
    if (!words) continue;
    const width = widthOfWords(ctx, words);
    let place;
    if (feature.kind === 1) {
      if (zoom < 15) continue;
      place = { x: feature.parts[0][0][0], y: feature.parts[0][0][1] + size / 2 + 2 };
    } else {
      const middle = middleOf(feature.parts[0]);
      if (middle.width < width + 4 && feature.kind === 3) continue;
      place = { x: middle.x, y: middle.y - 7 };
    }
    const box = [place.x - width / 2, place.y, place.x + width / 2, place.y + 14];
    if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
    taken.push(box);
    drawWords(ctx, words, place.x, place.y);
  }
}
