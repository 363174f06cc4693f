/** How the basemap is drawn, back to front: land, waters and rails, roads with their casings, outlines. */
import { OnewayArrows } from "./basemap-arrows.js";

const ARROWS_FROM_ZOOM = 16;
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

/** Which roads belong to a group; the group without classes takes all that no other names. */
export function isRoadOf(group, basemap) {
  const own = new Set(group.classes);
  if (own.size) return (zoom, feature) => own.has(feature.props.class);
  const named = new Set(basemap.roads.flatMap((other) => other.classes));
  return (zoom, feature) => !named.has(feature.props.class);
}

/** Which areas or lines belong to a group, in the same way within its kind. */
export function isLandOf(group, groups) {
  const { kind } = group;
  const own = new Set(group.classes);
  if (own.size) return (zoom, feature) => feature.props.kind === kind && own.has(feature.props.class);
  const named = new Set(groups.filter((other) => other.kind === kind).flatMap((other) => other.classes));
  return (zoom, feature) => feature.props.kind === kind && !named.has(feature.props.class);
}

const isBuildings = (group) => group.kind === "building";

function areaRules(protomaps, basemap, shade) {
  return basemap.areas.map((group) => ({
    dataLayer: isBuildings(group) ? "buildings" : "areas",
    minzoom: group.from_zoom + 1,
    ...(isBuildings(group) ? {} : { filter: isLandOf(group, basemap.areas) }),
    symbolizer: new protomaps.PolygonSymbolizer({
      fill: group[shade].fill,
      ...(group[shade].edge ? { stroke: group[shade].edge, width: (zoom) => (zoom >= 16 ? 1 : 0.6) } : {}),
    }),
  }));
}

/** A line with a casing is dashed on it (rails); where both have one colour it is drawn once. */
function lineRules(protomaps, basemap, shade) {
  return [...basemap.lines].reverse().flatMap((group) => {
    const { fill, casing } = group[shade];
    const line = (options) => ({
      dataLayer: "lines",
      minzoom: group.from_zoom + 1,
      filter: isLandOf(group, basemap.lines),
      symbolizer: new protomaps.LineSymbolizer({ lineJoin: "round", ...options }),
    });
    const under = line({ color: casing, width: (zoom) => widthAt(group.width, zoom) });
    if (casing === fill) return [under];
    const inner = (zoom) => Math.max(0.6, widthAt(group.width, zoom) - 1.4);
    return [under, line({ color: fill, width: inner, lineCap: "butt", ...(group.dash ? { dash: group.dash } : {}) })];
  });
}

function roadRules(protomaps, basemap, shade) {
  const backToFront = [...basemap.roads].reverse();
  const hasCasing = (group, zoom) => widthAt(group.width, zoom) >= NARROWEST_WITH_CASING_PX;
  const line = (group, options) => ({
    dataLayer: "roads",
    minzoom: group.from_zoom + 1,
    filter: isRoadOf(group, basemap),
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
  return [...casings, ...fills];
}

/** Everything but names, in the order in which it is painted. */
export function paintRules(protomaps, basemap, shade) {
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
  return [
    ...areaRules(protomaps, basemap, shade), ...lineRules(protomaps, basemap, shade),
    ...roadRules(protomaps, basemap, shade), outlines, arrows,
  ];
}
