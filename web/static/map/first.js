/**
 * The map of a console whose page is built around one. A script of its own in the page, before the console's: it needs
 * few files and begins to draw while the console's own are still on their way.
 */
import { find } from "../shared/dom.js";
import { createMap } from "./map.js";

export const map = createMap(find("#map"));
