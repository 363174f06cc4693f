/** How the basemap is drawn: casing and fill for each group of road classes, arrows, outlines, names. */

const ARROWS_FROM_ZOOM = 16;
const ARROW_EVERY_PX = 110;
const SHORTEST_WITH_ARROW_PX = 60;
// A letter alone is a platform or a stand, not a street.
const SHORTEST_NAME = 2;
const NARROWEST_WITH_CASING_PX = 2.5;

/** Pixels at a zoom, between the stops [[zoom, pixels], …] of the basemap file. */
export function widthAt(stops, zoom) {
  if (zoom <= stops[0][0]) return stops[0][1];
  for (let i = 1; i < stops.length; i += 1) {
    const [[fromZoom, from], [toZoom, to]] = [stops[i - 1], stops[i]];
    if (zoom <= toZoom) return from + ((to - from) * (zoom - fromZoom)) / (toZoom - fromZoom);
  }
  return stops[stops.length - 1][1];
}

const hasCasing = (group, zoom) => widthAt(group.width, zoom) >= NARROWEST_WITH_CASING_PX;

/** Which roads belong to a group; the group without classes takes all that no other names. */
function belongs(group, basemap) {
  const own = new Set(group.classes);
  if (own.size) return (zoom, feature) => own.has(feature.props.class);
  const named = new Set(basemap.roads.flatMap((other) => other.classes));
  return (zoom, feature) => !named.has(feature.props.class);
}

const named = (filter) => (zoom, feature) => (feature.props.name?.length ?? 0) > SHORTEST_NAME && filter(zoom, feature);

/** Small chevrons along a one-way street, pointing where traffic goes. */
class OnewayArrows {
  constructor(colour) {
    this.colour = colour;
  }

  before(ctx) {
    Object.assign(ctx, { strokeStyle: this.colour, lineWidth: 1.6, globalAlpha: 0.9, lineCap: "round", lineJoin: "round" });
  }

  draw(ctx, lines) {
    for (const line of lines) if (lengthOf(line) > SHORTEST_WITH_ARROW_PX) this.along(ctx, line);
  }

  along(ctx, line) {
    let next = ARROW_EVERY_PX / 2;
    for (let i = 1; i < line.length; i += 1) {
      const [dx, dy] = [line[i].x - line[i - 1].x, line[i].y - line[i - 1].y];
      const length = Math.hypot(dx, dy);
      for (; next < length; next += ARROW_EVERY_PX) {
        const [x, y] = [line[i - 1].x + (dx * next) / length, line[i - 1].y + (dy * next) / length];
        chevron(ctx, x, y, Math.atan2(dy, dx));
      }
      next -= length;
    }
  }
}

function lengthOf(line) {
  let sum = 0;
  for (let i = 1; i < line.length; i += 1) sum += Math.hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
  return sum;
}

function chevron(ctx, x, y, angle) {
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(angle);
  ctx.beginPath();
  ctx.moveTo(-4, -3);
  ctx.lineTo(0, 0);
  ctx.lineTo(-4, 3);
  ctx.stroke();
  ctx.restore();
}

/** Back to front: outlines, all casings, then all fills, small roads first; arrows on top. */
export function paintRules(protomaps, basemap, shade) {
  const backToFront = [...basemap.roads].reverse();
  const line = (group, options) => ({
    dataLayer: "roads",
    minzoom: group.from_zoom + 1,
    filter: belongs(group, basemap),
    symbolizer: new protomaps.LineSymbolizer({ lineCap: "round", lineJoin: "round", ...options }),
  });
  const casings = backToFront.filter((group) => !group.dash).map((group) => line(group, {
    color: group[shade].casing,
    width: (zoom) => widthAt(group.width, zoom) + (hasCasing(group, zoom) ? (zoom >= 16 ? 3 : 2) : 0),
  }));
  const fills = backToFront.map((group) => line(group, {
    color: (zoom) => (hasCasing(group, zoom) ? group[shade].fill : group[shade].thin ?? group[shade].fill),
    width: (zoom) => widthAt(group.width, zoom),
    ...(group.dash ? { dash: group.dash, lineCap: "butt" } : {}),
  }));
  const outlines = {
    dataLayer: "boundaries",
    symbolizer: new protomaps.LineSymbolizer({ color: basemap.boundary[shade], width: 1.4, opacity: 0.7, dash: [7, 5] }),
  };
  const arrows = {
    dataLayer: "roads",
    minzoom: ARROWS_FROM_ZOOM,
    filter: (zoom, feature) => feature.props.oneway === true,
    symbolizer: new OnewayArrows(basemap.oneway[shade]),
  };
  return [...casings, ...fills, outlines, arrows];
}

/** Names, the most important first: where two would collide the earlier one stays. */
export function labelRules(protomaps, basemap, shade, font) {
  const ink = basemap.text[shade];
  const look = { fill: ink.colour, stroke: ink.halo, fontFamily: font };
  const streets = basemap.roads.map((group) => ({
    dataLayer: "roads",
    minzoom: group.names_from,
    filter: named(belongs(group, basemap)),
    symbolizer: new protomaps.LineLabelSymbolizer({
      ...look,
      labelProps: ["name"],
      fontSize: (zoom) => group.text_px + (zoom >= 17 ? 1 : 0),
      fontWeight: 550,
      width: 4,
      position: protomaps.LineLabelPlacement?.Center ?? 2,
      repeatDistance: 420,
    }),
  }));
  const areas = {
    dataLayer: "areas",
    minzoom: 12,
    maxzoom: 15,
    symbolizer: new protomaps.CenteredTextSymbolizer({
      ...look, labelProps: ["name"], fontSize: 15, fontWeight: 700, width: 2, letterSpacing: 0.5,
    }),
  };
  const stations = {
    dataLayer: "stations",
    minzoom: 16,
    symbolizer: new protomaps.OffsetTextSymbolizer({
      ...look, fill: basemap.station[shade], labelProps: ["name"], fontSize: 14, fontWeight: 650, width: 2, offsetY: 16,
      placements: [protomaps.TextPlacements?.S ?? 5],
    }),
  };
  return [areas, stations, ...streets];
}
