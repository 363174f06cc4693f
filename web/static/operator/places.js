/** Finding the place: the search box, what its methods mean, and how wrong each may be. */
import { api } from "../shared/api.js";
import { el, icon } from "../shared/dom.js";
import { combo } from "../shared/combo.js";
import { number, t } from "../shared/i18n.js";
import { toastProblem } from "../shared/toast.js";

const METHODS = {
  pin: t("pin on the map"), gazetteer: t("place name"), coordinates: t("coordinates"), plus_code: t("plus code"),
  aml: t("caller's phone"), link: t("map link"),
};
export const methodName = (method) => METHODS[method] ?? method ?? "";

const KINDS = {
  street: [t("Street"), "road", 150], village: [t("Kelurahan"), "map", 900], district: [t("Kecamatan"), "map", 3000],
  address: [t("House number"), "building", 15],
  station: [t("Post"), "station", 40], landmark: [t("Landmark"), "flag", 60], coordinates: [t("Coordinates"), "crosshair", 10],
  plus_code: [t("Plus code"), "crosshair", 14], link: [t("Map link"), "link", 25], aml: [t("Caller's phone"), "phone", 50],
};

/** searchPlaces(input, {near() → {lon, lat}, pick(place)}) puts the list under the box. */
export function searchPlaces(input, { near, pick }) {
  return combo(input, {
    wait_ms: 180,
    empty: t("Nothing found. Try part of the name, coordinates or a plus code, or click on the map."),
    search: async (q) => {
      try {
        const { lon, lat } = near();
        return (await api.get("/places", { q, lon: lon.toFixed(6), lat: lat.toFixed(6) })).items;
      } catch (problem) {
        toastProblem(problem);
        return [];
      }
    },
    row: (place) => {
      const [word, drawing] = KINDS[place.kind] ?? [place.kind, "pin"];
      return [icon(drawing), el("span", {}, place.name, el("small", {}, [word, place.detail].filter(Boolean).join(" · ")))];
    },
    pick: (place) => pick({
      lon: place.lon, lat: place.lat, method: place.method ?? "gazetteer", label: place.name,
      accuracy_m: place.accuracy_m ?? (KINDS[place.kind] ?? KINDS[place.method] ?? [null, null, 100])[2],
    }),
  });
}

/** Whether what was found is a name that people would write as an address; numbers are not. */
export const isName = (place) => !["coordinates", "plus_code", "link", "aml"].includes(place.method);

/** How sure a pin is: a hand on a mouse is good to about a dozen pixels of the map. */
export function pinAccuracy(map) {
  const centre = map.getSize().divideBy(2);
  const width_m = map.distance(map.containerPointToLatLng(centre), map.containerPointToLatLng(centre.add([12, 0])));
  return Math.max(5, Math.round(width_m / 5) * 5);
}

/** The line under the search box: where, how it was found, how exact. */
export function placeLine(place) {
  if (!place) {
    return el("p", { class: "place-line is-missing" }, icon("pin"), el("span", {}, t("No place yet: search, or click on the map.")));
  }
  return el("p", { class: "place-line" }, icon("pin"),
    el("span", {}, place.label || t("Pin on the map"),
      el("small", {}, [methodName(place.method), place.accuracy_m ? t("within about {m} m", { m: number(place.accuracy_m) }) : "",
        `${place.lat.toFixed(5)}, ${place.lon.toFixed(5)}`].filter(Boolean).join(" · "))));
}
