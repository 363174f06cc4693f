/** What is written on the basemap, the most important first: where two would collide the earlier one stays. */
import { isLandOf, isRoadOf } from "./basemap-style.js";

// A letter alone is a platform or a stand, not a street.
const SHORTEST_NAME = 2;
const isNamed = (filter) => (zoom, feature) => (feature.props.name?.length ?? 0) > SHORTEST_NAME && filter(zoom, feature);

function placeRules(protomaps, basemap, look) {
  return basemap.places.map((group) => ({
    dataLayer: "places",
    minzoom: group.from_zoom + 1,
    maxzoom: group.to_zoom + 1,
    filter: (zoom, feature) => group.kinds.includes(feature.props.kind),
    symbolizer: new protomaps.CenteredTextSymbolizer({
      ...look, labelProps: ["name"], fontSize: group.text_px, fontWeight: group.weight, width: 3, letterSpacing: 0.3,
    }),
  }));
}

function streetRules(protomaps, basemap, look) {
  return basemap.roads.map((group) => ({
    dataLayer: "roads",
    minzoom: group.names_from,
    filter: isNamed(isRoadOf(group, basemap)),
    symbolizer: new protomaps.LineLabelSymbolizer({
      ...look,
      labelProps: ["name"],
      fontSize: (zoom) => group.text_px + (zoom >= 17 ? 1 : 0),
      fontWeight: 600,
      width: 4,
      position: protomaps.LineLabelPlacement?.Center ?? 2,
      repeatDistance: 420,
    }),
  }));
}

function riverRules(protomaps, basemap, shade, look) {
  return basemap.lines.filter((group) => group.names_from !== null).map((group) => ({
    dataLayer: "lines",
    minzoom: group.names_from,
    filter: isNamed(isLandOf(group, basemap.lines)),
    symbolizer: new protomaps.LineLabelSymbolizer({
      ...look, fill: group.text?.[shade] ?? look.fill, labelProps: ["name"], fontSize: group.text_px, fontWeight: 600, width: 3,
      position: protomaps.LineLabelPlacement?.Center ?? 2, repeatDistance: 520,
    }),
  }));
}

function areaRules(protomaps, basemap, shade, look) {
  return [...basemap.areas].reverse().filter((group) => group.names_from !== null).map((group) => ({
    dataLayer: "area_names",
    minzoom: group.names_from,
    filter: isLandOf(group, basemap.areas),
    symbolizer: new protomaps.CenteredTextSymbolizer({
      ...look, fill: group.text?.[shade] ?? look.fill, labelProps: ["name"], fontSize: group.text_px, fontWeight: 600, width: 3,
    }),
  }));
}

/** Names and numbers for one shade ("dark" or "light"), in one font. */
export function labelRules(protomaps, basemap, shade, font) {
  const ink = basemap.text[shade];
  const look = { fill: ink.colour, stroke: ink.halo, fontFamily: font, lineHeight: 1.4, maxLineChars: 20 };
  const villages = {
    dataLayer: "villages",
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
  const numbers = {
    dataLayer: "numbers",
    // A house number is read standing before the house: only when the houses are large.
    minzoom: basemap.numbers.from_zoom + 3,
    symbolizer: new protomaps.CenteredTextSymbolizer({
      ...look, fill: basemap.numbers.text[shade], labelProps: ["number"], fontSize: basemap.numbers.text_px, fontWeight: 600, width: 2,
    }),
  };
  return [
    ...placeRules(protomaps, basemap, look), villages, stations, ...streetRules(protomaps, basemap, look),
    ...riverRules(protomaps, basemap, shade, look), ...areaRules(protomaps, basemap, shade, look), numbers,
  ];
}
