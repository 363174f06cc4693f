/** What the layer and basemap files say, for this person: asked for once a page, and again when somebody needs news. */
import { api } from "../shared/api.js";

let asked = null;

/** declared() → Promise of {items, basemaps, problems} */
export function declared({ again = false } = {}) {
  if (again || !asked) {
    const asking = api.get("/layers");
    asked = asking;
    asking.catch(() => { if (asked === asking) asked = null; });
  }
  return asked;
}
