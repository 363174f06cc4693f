/** Say better where an incident is: search again, click or drag the pin; the old place stays in the history. */
import { api } from "../shared/api.js";
import { button, el, fill } from "../shared/dom.js";
import { showProblem } from "../shared/form.js";
import { t } from "../shared/i18n.js";
import { toast } from "../shared/toast.js";
import { showPlaces } from "../map/map.js";
import { isName, pinAccuracy, placeLine, searchPlaces } from "./places.js";

/** relocateForm(incident, desk, done) → {node, point({lon, lat}), destroy()} */
export function relocateForm(incident, desk, done) {
  let place = null;
  let busy = false;
  const search = el("input", { name: "location", id: "re-location", "aria-label": t("Search the place"), placeholder: t("Street, place, coordinates or plus code") });
  const address = el("input", { name: "address", id: "re-address", autocomplete: "off" });
  address.value = incident.location.address ?? "";
  const line = el("div", {});
  const form = el("form", { novalidate: true, class: "panel panel-body" },
    el("div", { class: "field" }, el("label", { for: "re-location" }, t("Where is it really?")), el("div", { class: "combo" }, search), line),
    el("div", { class: "field" }, el("label", { for: "re-address" }, t("Address or directions")), address),
    el("div", { class: "actions" }, button(t("Save the place"), null, { type: "submit", tone: "primary", icon: "check" }), button(t("Go back"), () => done(false))));

  function set(next) {
    place = next;
    desk.pin.set(place);
    fill(line, placeLine(place));
  }
  searchPlaces(search, {
    near: () => incident.location,
    pick: (found) => {
      search.value = found.label;
      if (isName(found)) address.value = found.label;
      set(found);
      showPlaces(desk.map, [found]);
    },
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    if (!place) {
      showProblem(form, { field: "location", detail: t("Set the place: search for it, or click on the map.") });
      return;
    }
    busy = true;
    try {
      const { lon, lat, accuracy_m, method } = place;
      await api.put(`/incidents/${incident.id}/location`, { lon, lat, accuracy_m, method, address: address.value.trim() || null });
      toast(t("Place saved."), "good");
      done(true);
    } catch (problem) {
      showProblem(form, problem, { lon: "location", lat: "location" });
    } finally {
      busy = false;
    }
  });
  desk.pin.enable(true);
  desk.pin.set({ ...incident.location });
  fill(line, placeLine(null));
  return {
    node: form,
    focus: () => search.focus(),
    point: ({ lon, lat }) => set({ lon, lat, method: "pin", accuracy_m: pinAccuracy(desk.map), label: "" }),
    destroy() { desk.pin.clear(); desk.pin.enable(false); },
  };
}
