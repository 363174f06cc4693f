/** Picking one road: click near it, or put it under the cross and press Enter; it is shown with its name before anything happens. */
import { api } from "../shared/api.js";
import { button, el, fill, icon } from "../shared/dom.js";
import { distance, t } from "../shared/i18n.js";

/** "Jl. Alianyang, 230 m": a road as a sentence can name it. */
export const roadName = (road) => [road.street ?? t("a road without a name"), distance(road.length_m)].join(", ");

/** pickRoad(map) → Promise of {geometry, street, length_m, …} exactly as the roads have it, or null if given up (Esc). */
export function pickRoad(map) {
  return new Promise((resolve) => {
    const box = map.getContainer();
    const words = el("div", { class: "map-hint road-pick", role: "status" });
    const cross = el("div", { class: "map-crosshair" }, icon("crosshair"));
    const shown = L.featureGroup().addTo(map);
    let road = null;
    let asked = 0;

    const say = (...inside) => fill(words, el("p", {}, ...inside), el("div", { class: "actions" },
      road && button(t("Close this road"), () => stop(road), { icon: "closed-road", key: "Enter", tone: "danger-solid", class: "road-pick-yes" }),
      button(t("Go back"), () => stop(null), { key: "Esc" })));
    const begin = () => say(t("Click the road to close. Or move the map with the arrows until the cross is on it, and press Enter."));

    function stop(answer) {
      asked += 1;
      removeEventListener("keydown", key, true);
      map.off("click", clicked).off("movestart", moved);
      box.classList.remove("is-picking");
      [shown, cross, words].forEach((part) => part.remove());
      resolve(answer);
    }

    async function look({ lng, lat }) {
      const mine = ++asked;
      forget();
      say(t("Looking for the road…"));
      try {
        const found = await api.get("/roads/edge", { lon: lng, lat });
        if (mine !== asked) return;
        road = found;
        draw();
        say(el("strong", {}, roadName(road)));
      } catch (problem) {
        if (mine === asked) say(icon("warning"), " ", problem.detail || problem.message);
      }
    }

    function draw() {
      const line = road.geometry.coordinates.map(([lon, lat]) => [lat, lon]);
      L.polyline(line, { className: "picked-casing", weight: 15, interactive: false }).addTo(shown);
      L.polyline(line, { className: "picked-road", weight: 8, dashArray: "14 8", lineCap: "butt", interactive: false }).addTo(shown);
    }

    function forget() {
      road = null;
      shown.clearLayers();
    }

    const clicked = (event) => look(event.latlng);
    // Once the cross is somewhere else, Enter asks again instead of closing the road that was picked before.
    const moved = () => {
      if (!road) return;
      forget();
      begin();
    };
    const key = (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      if (event.key === "Enter" && words.contains(event.target)) return; // the button under the finger says what it does
      event.preventDefault();
      event.stopPropagation();
      if (event.key === "Escape") stop(null);
      else if (road) stop(road);
      else look(map.getCenter());
    };

    box.append(words, cross);
    L.DomEvent.disableClickPropagation(words);
    box.classList.add("is-picking");
    box.focus({ preventScroll: true });
    map.on("click", clicked).on("movestart", moved);
    addEventListener("keydown", key, true);
    begin();
  });
}
