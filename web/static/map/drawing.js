/** Lines and areas drawn with the mouse. The library is large and rarely needed: it comes when somebody draws. */
import { loadClassic } from "../shared/classic.js";

const LIBRARY = "/vendor/@geoman-io/leaflet-geoman-free/dist/leaflet-geoman";

/** drawingOn(map) → Promise of map.pm, as Leaflet-Geoman has it. */
export async function drawingOn(map) {
  if (!document.head.querySelector(`link[href="${LIBRARY}.css"]`)) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = `${LIBRARY}.css`;
    document.head.append(link);
  }
  await loadClassic(`${LIBRARY}.js`);
  // It gives itself to maps that are made after it; this one was there before.
  map.pm ??= new L.PM.Map(map);
  return map.pm;
}
