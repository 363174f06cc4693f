/** The extent of a file and some of its features on a map, before anything is saved. */
import { createMap } from "../map/map.js";
import { FIRST_COLOUR } from "./layer_form.js";

/** previewMap(node, report) → fn(colour) that paints the features anew. */
export function previewMap(node, { bounds, preview }) {
  const [west, south, east, north] = bounds;
  const map = createMap(node, { bounds: [west, south, east + 1e-4, north + 1e-4] });
  const extent = L.rectangle([[south, west], [north, east]], { fill: false, weight: 2, dashArray: "6 5", color: FIRST_COLOUR, interactive: false }).addTo(map);
  const look = (colour) => ({ color: colour, fillColor: colour, weight: 3, opacity: 1, fillOpacity: 0.3 });
  const shapes = L.geoJSON(preview, { renderer: L.canvas(), style: look(FIRST_COLOUR), pointToLayer: (feature, latlng) => L.circleMarker(latlng, { radius: 6 }) }).addTo(map);
  // It has no size before it is on the page; only then can the extent be brought into view.
  map.once("resize", () => map.fitBounds(extent.getBounds(), { padding: [24, 24], maxZoom: 16, animate: false }));
  return (colour) => {
    shapes.setStyle(look(colour));
    extent.setStyle({ color: colour });
  };
}
